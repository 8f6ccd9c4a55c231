using TicketTriage.Host.Access;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Jobs;

/// <summary>The buttons beside the parked tickets on <c>/jobs</c>.</summary>
internal static class ParkedPages
{
    /// <summary>More than this a person doesn't go through one by one.</summary>
    public const int MostInList = 100;

    public static void MapParkedPages(this IEndpointRouteBuilder routes)
    {
        var buttons = routes.MapGroup("/jobs/parked").RequireAuthorization(Roles.Ops).AddEndpointFilter<FormGuard>()
            .RequireRateLimiting(Paces.Replay);
        buttons.MapPost("/replay", ReplayAllAsync);
        buttons.MapPost("/{helpdesk}/{number}/replay", ReplayAsync);
    }

    private static async Task<IResult> ReplayAllAsync(ParkedTickets parked, HttpContext context, CancellationToken cancellationToken)
    {
        var (count, _) = await parked.ReplayAllAsync(helpdesk: null, By(context), cancellationToken);
        return Results.LocalRedirect($"/jobs?replayed={count}");
    }

    private static async Task<IResult> ReplayAsync(
        string helpdesk, string number, ParkedTickets parked, HttpContext context, CancellationToken cancellationToken)
    {
        var isReplayed = await parked.ReplayAsync(new TicketId(helpdesk, number), By(context), cancellationToken);
        return Results.LocalRedirect($"/jobs?replayed={(isReplayed ? 1 : 0)}");
    }

    private static string By(HttpContext context) => context.User.Identity?.Name ?? "somebody";
}
