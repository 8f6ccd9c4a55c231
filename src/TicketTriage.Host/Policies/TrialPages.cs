using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Helpdesks;
using TicketTriage.Host.Access;
using TicketTriage.Host.Live;
using TicketTriage.Host.Pages;
using TicketTriage.Policies;
using TicketTriage.Rehearsals;

namespace TicketTriage.Host.Policies;

/// <summary>
/// <c>/tries/{id}</c>: what a draft would do to past tickets, and from there the way into force. Nothing is published that was not tried.
/// </summary>
internal static class TrialPages
{
    private const int LongestWindow = 365;
    private const int MostNote = 500;

    public static void MapTrialPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/tries").RequireAuthorization(Roles.Lead);
        pages.MapGet("/{id:guid}", Show);
        pages.MapGet("/{id:guid}/tickets.csv", Download);
        routes.MapGet("/live/tries/{id:guid}", Listen).RequireAuthorization(Roles.Lead);

        var forms = pages.MapGroup("").AddEndpointFilter<FormGuard>();
        forms.MapPost("/of/{kind}", BeginAsync);
        forms.MapPost("/{id:guid}/cancel", Cancel);
        forms.MapPost("/{id:guid}/publish", PublishAsync);
    }

    private static async Task<IResult> BeginAsync(
        string kind,
        HttpContext context,
        PolicyPlaces places,
        PolicyDraftDesk drafts,
        TrialDesk trials,
        HelpdeskDirectory helpdesks,
        TimeProvider clock,
        Words words,
        CancellationToken cancellationToken)
    {
        if (places.Find(kind) is not { } place)
        {
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: words["There is no such kind of policy."]);
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var sheet = await drafts.OpenAsync(place, PolicyPages.By(context), cancellationToken);
        if (sheet.Look.HasFaults || sheet.Look.Canonical is not { } canonical)
        {
            return PolicyPages.Message(
                words, place, "The draft has faults", words["Mend what the lint names first; then it can be tried."],
                StatusCodes.Status400BadRequest);
        }

        var days = int.TryParse(form["days"], CultureInfo.InvariantCulture, out var given) ? Math.Clamp(given, 1, LongestWindow) : 7;
        var helpdesk = form["helpdesk"].ToString();
        var trial = trials.Begin(new TrialPlan(
            kind,
            sheet.Look.Version,
            PolicyPages.By(context),
            helpdesks.Names.Contains(helpdesk) ? helpdesk : null,
            clock.GetUtcNow().AddDays(-days),
            place.Try(canonical))
        {
            Taxonomies = place.Understand?.Invoke(canonical),
        });
        return trial is null
            ? PolicyPages.Message(
                words, place, "Too many trials are waiting", words["Wait a moment and try again."], StatusCodes.Status503ServiceUnavailable)
            : Results.LocalRedirect($"/tries/{trial.Id}");
    }

    private static IResult Show(Guid id, TrialDesk trials, PolicyPlaces places, Words words) =>
        trials.Find(id) is { } trial && PlaceOf(trial.Plan, places) is var (title, path)
            ? new RazorComponentResult<TrialPage>(new { Trial = trial, Title = title, Path = path })
            : Gone(words);

    private static RazorComponentResult<MessagePage> Gone(Words words) => new(new
    {
        Title = words["Nothing was found"],
        Message = words["This trial is gone: they are kept until the service starts again. Try the draft once more."],
        Here = "/rules",
        Back = "/rules",
    })
    {
        StatusCode = StatusCodes.Status404NotFound,
    };

    /// <summary>Every ticket that would change, in the words of the page.</summary>
    private static IResult Download(Guid id, TrialDesk trials, Words words)
    {
        if (trials.Find(id) is not { Figures: { } figures } trial)
        {
            return Gone(words);
        }

        var csv = new StringBuilder("helpdesk,ticket,before,after\r\n");
        foreach (var change in figures.Changes)
        {
            csv.AppendJoin(',', ((string[])
            [
                change.Ticket.Helpdesk, change.Ticket.Number, TrialWords.Before(words, change), TrialWords.After(words, change),
            ]).Select(CsvCells.Of)).Append("\r\n");
        }

        return Results.File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", $"trial-{trial.Plan.Kind}-{trial.Plan.Version}.csv");
    }

    private static (string Title, string Path)? PlaceOf(TrialPlan plan, PolicyPlaces places) =>
        plan.Roster is not null ? ("Skills and capacity", "/skills")
        : places.Find(plan.Kind) is { } place ? (place.Title, place.Path)
        : null;

    private static IResult Listen(Guid id, TrialDesk trials, LiveFeed feed, HttpContext context) =>
        trials.Find(id) is { } trial
            ? TypedResults.ServerSentEvents(
                feed.ListenAsync(
                    _ => Task.FromResult(string.Create(CultureInfo.InvariantCulture, $"{trial.State} {trial.Done}")),
                    LiveFeed.Soon,
                    context.RequestAborted))
            : Results.NotFound();

    private static IResult Cancel(Guid id, TrialDesk trials)
    {
        trials.Find(id)?.Cancel();
        return Results.LocalRedirect($"/tries/{id}");
    }

    private static async Task<IResult> PublishAsync(
        Guid id,
        HttpContext context,
        TrialDesk trials,
        PolicyPlaces places,
        PolicyDraftDesk drafts,
        PolicyDesk desk,
        PublicationWatch watch,
        Words words,
        CancellationToken cancellationToken)
    {
        if (trials.Find(id) is not { Figures: { } figures } trial || places.Find(trial.Plan.Kind) is not { } place)
        {
            return Show(id, trials, places, words);
        }

        var by = PolicyPages.By(context);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var sheet = await drafts.OpenAsync(place, by, cancellationToken);
        if (sheet.Draft is null || sheet.Look.HasFaults || sheet.Look.Version != trial.Plan.Version
            || sheet.Look.Canonical is not { } canonical)
        {
            return PolicyPages.Message(
                words, place, "The draft is another by now", words["What was tried is not what the draft says now: try it once more."],
                StatusCodes.Status409Conflict);
        }

        if (figures.Share > TrialFigures.LargeShare && form["sure"] != "on")
        {
            return new RazorComponentResult<TrialPage>(new { Trial = trial, Title = place.Title, place.Path, IsAskedAgain = true })
            {
                StatusCode = StatusCodes.Status409Conflict,
            };
        }

        var note = form["note"].ToString().Trim();
        var published = await desk.PublishAsync(
            place.Kind, sheet.Look.Version, canonical, by, note[..Math.Min(note.Length, MostNote)], sheet.Draft.BasedOn, cancellationToken);
        if (published is null)
        {
            return PolicyPages.Message(
                words,
                place,
                "Somebody was faster",
                words["Another lead has published since you began. Your draft is kept: the page shows what they changed, and how to go on."],
                StatusCodes.Status409Conflict);
        }

        await desk.DiscardDraftAsync(place.Kind, by, cancellationToken);
        await watch.LookAsync(cancellationToken);
        return Results.LocalRedirect($"{place.Path}/history?published={published.Id}");
    }
}
