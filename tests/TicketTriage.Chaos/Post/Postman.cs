using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Chaos.Post;

/// <summary>
/// Stands between the helpdesk and the product: takes every webhook at once and hands it over until the product accepts it, in time, late,
/// twice or all in a heap. So it is known what was accepted, and no delivery is lost before the product has had it.
/// </summary>
internal sealed class Postman : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private readonly WebApplication door;
    private readonly Sack sack = new();
    private readonly HttpClient http = new() { Timeout = Patience };
    private readonly CancellationTokenSource stopping = new();
    private readonly Task watch;
    private readonly Task[] carriers;
    private readonly string own;
    private readonly Lock chanceGate = new();
    private readonly Random chance;

    private Postman(WebApplication door, Uri target, string own, int seed, int carriers)
    {
        this.door = door;
        Target = target;
        this.own = own;
        chance = new Random(seed);
        watch = sack.WatchAsync(stopping.Token);
        this.carriers = [.. Enumerable.Range(0, carriers).Select(_ => CarryAsync(stopping.Token))];
    }

    public PostBook Book { get; } = new();

    /// <summary>Where the product takes its webhooks.</summary>
    public Uri Target { get; set; }

    /// <summary>The share of letters that are handed over twice, in [0, 1].</summary>
    public double TwiceShare { get; set; }

    /// <summary>The share of letters that are held back by up to <see cref="LateBy"/>, so that later ones overtake them, in [0, 1].</summary>
    public double LateShare { get; set; }

    public TimeSpan LateBy { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The wait before another try.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>True gathers letters without handing them over.</summary>
    public bool HoldsBack
    {
        get => sack.IsClosed;
        set => sack.IsClosed = value;
    }

    /// <summary>True spoils the run on purpose: letters are booked as accepted and thrown away.</summary>
    public bool Swallows { get; set; }

    /// <summary>Letters that are not accepted yet.</summary>
    public int Outstanding => sack.Inside;

    /// <param name="address">Where the helpdesk posts to.</param>
    /// <param name="target">Where the product takes its webhooks.</param>
    /// <param name="own">The user that the product is in the helpdesk.</param>
    /// <param name="carriers">Letters that are carried at once.</param>
    public static async Task<Postman> StartAsync(
        Uri address, Uri target, string own, int seed, int carriers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address.GetLeftPart(UriPartial.Authority));
        builder.Logging.ClearProviders();
        var web = builder.Build();
        Postman? postman = null;
        web.Run(context => postman?.TakeAsync(context) ?? Task.CompletedTask);
        postman = new Postman(web, target, own, seed, carriers);
        await web.StartAsync(cancellationToken);
        return postman;
    }

    public async ValueTask DisposeAsync()
    {
        await door.DisposeAsync();
        await stopping.CancelAsync();
        await watch;
        await Task.WhenAll(carriers);
        http.Dispose();
        stopping.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers;
        var letter = Letter.Read(body.ToArray(), $"{headers[Letter.SignatureHeader]}", $"{headers[Letter.TimestampHeader]}", own);
        Book.NoteTaken(letter);
        if (Swallows)
        {
            Book.Note(letter, new Handover(TimeProvider.System.GetUtcNow(), TimeSpan.Zero, StatusCodes.Status202Accepted));
            return;
        }

        sack.Add(letter, ChooseWait());
        if (IsDrawn(TwiceShare))
        {
            sack.Add(letter, ChooseWait());
        }
    }

    private async Task CarryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var letter in sack.Due.ReadAllAsync(cancellationToken))
            {
                var handover = await HandOverAsync(letter, cancellationToken);
                Book.Note(letter, handover);
                if (handover.IsAccepted)
                {
                    sack.NoteCarried();
                }
                else
                {
                    sack.PutBack(letter, Pause);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<Handover> HandOverAsync(Letter letter, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Target) { Content = new ByteArrayContent(letter.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation(Letter.SignatureHeader, letter.Signature);
        request.Headers.TryAddWithoutValidation(Letter.TimestampHeader, letter.SignedAt);
        var at = TimeProvider.System.GetUtcNow();
        var began = TimeProvider.System.GetTimestamp();
        int? status = null;
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            status = (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // Nobody there: the letter comes again.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody knows whether it was stored: the letter comes again.
        }

        return new Handover(at, TimeProvider.System.GetElapsedTime(began), status);
    }

    private TimeSpan ChooseWait() => IsDrawn(LateShare) ? LateBy * Draw() : TimeSpan.Zero;

    private bool IsDrawn(double share) => share > 0 && Draw() < share;

    private double Draw()
    {
        lock (chanceGate)
        {
            return chance.NextDouble();
        }
    }
}
