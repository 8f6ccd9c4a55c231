using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Tests.Escalations;

/// <summary>Somebody's address over real HTTP, which keeps what it gets and the moment at which it got it.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly TimeProvider clock;
    private readonly ConcurrentQueue<(DateTimeOffset At, string Path, string Body)> calls = new();

    private Receiver(TimeProvider clock)
    {
        this.clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapPost("/{**path}", (Delegate)KeepAsync);
    }

    public Uri Address => new(server.Urls.Single());

    public IReadOnlyList<(DateTimeOffset At, string Path, string Body)> Calls => [.. calls];

    /// <summary>What it answers; 0 for a caller that is killed before the answer.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Called where <see cref="Status"/> is 0, once the call has arrived.</summary>
    public Action KillCaller { get; set; } = () => { };

    public static async Task<Receiver> StartAsync(TimeProvider clock)
    {
        var receiver = new Receiver(clock);
        await receiver.server.StartAsync();
        return receiver;
    }

    public IEnumerable<JsonElement> Bodies()
    {
        foreach (var call in calls)
        {
            using var body = JsonDocument.Parse(call.Body);
            yield return body.RootElement.Clone();
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<IResult> KeepAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        calls.Enqueue((clock.GetUtcNow(), $"{context.Request.Path}", await reader.ReadToEndAsync(context.RequestAborted)));
        if (Status == 0)
        {
            KillCaller();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // The caller is dead: the answer goes to nobody.
            }
        }

        return Results.StatusCode(Status == 0 ? 200 : Status);
    }
}
