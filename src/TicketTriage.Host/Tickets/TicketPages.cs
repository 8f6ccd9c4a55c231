using Microsoft.AspNetCore.Http.HttpResults;
using TicketTriage.Host.Access;
using TicketTriage.Journey;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Tickets;

/// <summary><c>/</c>: what came in last, and what became of it. <c>/tickets/{helpdesk}/{number}</c>: one ticket's decision with its reasons.</summary>
internal static class TicketPages
{
    private const int MostInList = 100;

    public static void MapTicketPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", ListAsync).RequireAuthorization(Roles.Lead);
        routes.MapGet("/tickets/{helpdesk}/{number}", ShowAsync).RequireAuthorization(Roles.Lead);
    }

    private static async Task<IResult> ListAsync(TicketRecords records, TimeProvider clock, CancellationToken cancellationToken)
    {
        var latest = await records.ListLatestAsync(MostInList, cancellationToken);
        var now = clock.GetUtcNow();
        return new RazorComponentResult<TicketsPage>(new
        {
            Lines = (IReadOnlyList<TicketLine>)[.. latest.Select(line => TicketLine.Of(line.Ticket, line.LastTriage, now))],
        });
    }

    private static async Task<IResult> ShowAsync(
        string helpdesk, string number, TicketRecords records, TimeProvider clock, CancellationToken cancellationToken)
    {
        var record = await records.FindAsync(new TicketId(helpdesk, number), cancellationToken);
        return record is null
            ? Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: $"No ticket {number} of {helpdesk} was ever heard of.")
            : new RazorComponentResult<TicketPage>(new { Record = record, Now = clock.GetUtcNow() });
    }
}
