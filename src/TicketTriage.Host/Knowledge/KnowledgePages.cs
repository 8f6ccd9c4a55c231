using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Drafting;
using TicketTriage.Host.Access;
using TicketTriage.Knowledge;
using TicketTriage.Triages;

namespace TicketTriage.Host.Knowledge;

/// <summary>
/// <c>/knowledge</c>: where the team's knowledge comes from, which articles there are, which want looking at; <c>/knowledge/gaps</c>: what
/// nothing answers, and what contradicts itself. That is counted anew each time, and so has a page of its own.
/// </summary>
internal static class KnowledgePages
{
    private const int MostInList = 200;

    /// <summary>As many as anybody looks through at once; the command <c>knowledge</c> lists all.</summary>
    private const int MostGaps = 30;

    /// <summary>As many as are grouped while somebody waits for the page; the command takes twice as many.</summary>
    public const int MostQuestions = KnowledgeGaps.MostQuestions / 2;

    private static readonly TimeSpan Past = TimeSpan.FromDays(90);

    public static DateTimeOffset Since(TimeProvider clock) => clock.GetUtcNow() - Past;

    public static void MapKnowledgePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/knowledge", ShowAsync).RequireAuthorization(Roles.Lead);
        routes.MapGet("/knowledge/gaps", ShowGapsAsync).RequireAuthorization(Roles.Lead);
        routes.MapGapArticlePages();
    }

    private static async Task<IResult> ShowGapsAsync(
        KnowledgeGaps gaps, StaleKnowledge stale, TimeProvider clock, CancellationToken cancellationToken)
    {
        var all = await gaps.ListAsync(Since(clock), MostQuestions, cancellationToken);
        var contradictions = (await stale.FindAsync(cancellationToken)).Contradictions;
        return new RazorComponentResult<GapsPage>(new
        {
            Gaps = (IReadOnlyList<KnowledgeGap>)[.. all.Take(MostGaps)],
            Contradictions = (IReadOnlyList<Contradiction>)[.. contradictions.Take(MostInList)],
            MostQuestions = MostQuestions,
            MoreGaps = Math.Max(0, all.Count - MostGaps),
            MoreContradictions = Math.Max(0, contradictions.Count - MostInList),
        });
    }

    private static async Task<IResult> ShowAsync(
        string? source, string? q, string? stale, KnowledgeOverview overview, CancellationToken cancellationToken)
    {
        var words = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        var from = string.IsNullOrEmpty(source) ? null : source;
        return new RazorComponentResult<KnowledgePage>(new
        {
            Sources = await overview.ListSourcesAsync(cancellationToken),
            Articles = await overview.ListArticlesAsync(from, words, stale == "on", MostInList, cancellationToken),
            Source = from,
            Query = words ?? "",
            OnlyStale = stale == "on",
            Most = MostInList,
        });
    }
}
