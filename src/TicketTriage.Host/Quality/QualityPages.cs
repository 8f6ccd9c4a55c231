using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Host.Access;
using TicketTriage.Host.Pages;
using TicketTriage.Host.Tickets;
using TicketTriage.Insights;
using TicketTriage.Journey;
using TicketTriage.Policies;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Host.Quality;

/// <summary>
/// <c>/quality</c>: how often decisions were right, by people's word. <c>/quality/sample</c>: the week's sample, judged before the decision
/// is shown.
/// </summary>
internal static class QualityPages
{
    private const int MostConfusions = 30;
    private const int WindowInDays = 90;

    public static void MapQualityPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/quality", ShowAsync).RequireAuthorization(Roles.Lead);
        routes.MapGet("/quality/sample", SampleAsync).RequireAuthorization(Roles.Lead);
        routes.MapPost("/quality/sample", JudgeAsync).RequireAuthorization(Roles.Lead).AddEndpointFilter<FormGuard>();
    }

    private static async Task<IResult> ShowAsync(
        QualityFigures figures, BlindSample sample, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var week = BlindSample.LastWeekOf(now);
        return new RazorComponentResult<QualityPage>(new
        {
            Report = await figures.ReadAsync(
                DateOnly.FromDateTime(now.UtcDateTime).AddDays(-WindowInDays), MostConfusions, cancellationToken),
            Sample = await sample.ListAsync(week, cancellationToken),
            Week = DateOnly.FromDateTime(week.UtcDateTime),
        });
    }

    /// <summary>The next of the sample that nobody has judged yet.</summary>
    private static async Task<IResult> SampleAsync(
        Guid? judged,
        BlindSample sample,
        TicketRecords records,
        TaxonomyInForce taxonomy,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var tickets = await sample.ListAsync(BlindSample.LastWeekOf(clock.GetUtcNow()), cancellationToken);
        var next = tickets.FirstOrDefault(ticket => !ticket.IsJudged);
        var before = tickets.FirstOrDefault(ticket => ticket.TriageId == judged);
        return new RazorComponentResult<SamplePage>(new
        {
            Decision = next is null ? null : await FindAsync(next.Ticket, next.TriageId, records, cancellationToken),
            Before = before is null ? null : await FindAsync(before.Ticket, before.TriageId, records, cancellationToken),
            Done = tickets.Count(ticket => ticket.IsJudged),
            Total = tickets.Count,
            Intents = (IReadOnlyList<string>)[.. taxonomy.Current.Content.Intents.Select(intent => intent.Name), Finding.Unclear],
        });
    }

    private static async Task<IResult> JudgeAsync(
        HttpContext context,
        BlindSample sample,
        TicketRecords records,
        Judgements judgements,
        TaxonomyInForce taxonomy,
        TimeProvider clock,
        Words words,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var intent = form["intent"].ToString();
        var priority = form["priority"].ToString();
        var tickets = await sample.ListAsync(BlindSample.LastWeekOf(now), cancellationToken);
        if (!Guid.TryParse(form["triage"], out var id) || tickets.FirstOrDefault(one => one.TriageId == id) is not { } ticket
            || await FindAsync(ticket.Ticket, id, records, cancellationToken) is not { } decision)
        {
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: words["This ticket is not of the week's sample."]);
        }

        if ((intent != Finding.Unclear && taxonomy.Current.Content.FindIntent(intent) is null) || !TicketWords.Priorities.Contains(priority))
        {
            return Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: words["Choose an intent and a priority of the lists."]);
        }

        if (!ticket.IsJudged)
        {
            await AddAsync(JudgedField.Intent, decision.Understanding.Intent.Value, intent, decision.Understanding.Intent.Confidence);
            await AddAsync(JudgedField.Priority, decision.PriorityWord, priority, decision.Priority.Confidence);
        }

        return Results.LocalRedirect($"/quality/sample?judged={id}");

        Task AddAsync(JudgedField field, string decided, string said, double confidence) => judgements.AddAsync(
            new Judgement
            {
                Id = Guid.CreateVersion7(now),
                TriageId = id,
                Ticket = ticket.Ticket,
                Field = field,
                Decided = decided,
                Said = said,
                Confidence = confidence,
                IsBlind = true,
                By = context.User.Identity?.Name ?? "somebody",
                At = now,
            },
            cancellationToken);
    }

    private static async Task<DecisionView?> FindAsync(
        TicketId ticket, Guid triage, TicketRecords records, CancellationToken cancellationToken) =>
        (await records.ListTriagesAsync(ticket, most: 100, cancellationToken)).FirstOrDefault(stored => stored.Id == triage) is { } found
            ? DecisionView.Of(found)
            : null;
}
