using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Host.Access;
using TicketTriage.Knowledge;

namespace TicketTriage.Host.Knowledge;

/// <summary><c>/knowledge</c>: where the team's knowledge comes from, which articles there are, which want looking at.</summary>
internal static class KnowledgePages
{
    private const int MostInList = 200;

    public static void MapKnowledgePages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/knowledge", ShowAsync).RequireAuthorization(Roles.Lead);

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
