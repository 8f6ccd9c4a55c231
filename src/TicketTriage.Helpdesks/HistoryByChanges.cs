namespace TicketTriage.Helpdesks;

/// <summary>
/// The tickets of the past where a helpdesk has no record that holds them whole: each that has changed is read by itself. When one was
/// solved is not known then.
/// </summary>
public sealed class HistoryByChanges(IHelpdesk helpdesk) : IHelpdeskHistory
{
    public async Task<PastTickets> ReadPageAsync(string? cursor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var changed = await helpdesk.ListChangedAsync(cursor, since, cancellationToken);
        var tickets = new List<PastTicket>();
        foreach (var number in changed.Tickets.Select(ticket => ticket.Number).Distinct(StringComparer.Ordinal))
        {
            if (await helpdesk.FindTicketAsync(number, cancellationToken) is { } ticket)
            {
                tickets.Add(new PastTicket(ticket, SolvedAt: null));
            }
        }

        return new PastTickets(tickets, changed.Cursor, changed.IsEnd);
    }
}
