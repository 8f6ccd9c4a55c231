namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>The tickets of the past, whole, from the export: one call for up to a thousand of them.</summary>
internal sealed class ZendeskHistory(string helpdesk, ZendeskApi api, ZendeskFields fields, TimeProvider clock) : IHelpdeskHistory
{
    public async Task<PastTickets> ReadPageAsync(string? cursor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var latest = clock.GetUtcNow() - ZendeskHelpdesk.ExportDelay;
        var page = cursor is null
            ? await api.StartTicketExportAsync(since < latest ? since : latest, withMetrics: true, cancellationToken)
            : await api.ContinueTicketExportAsync(cursor, withMetrics: true, cancellationToken);

        var known = await fields.FindAsync(cancellationToken);
        var tickets = new List<PastTicket>();
        foreach (var ticket in page.Tickets ?? throw ZendeskPages.Incomplete(helpdesk, "the tickets of the past"))
        {
            if (ticket is { Id: { } id, UpdatedAt: { Length: > 0 } stamp })
            {
                var solvedAt = ZendeskWords.Moment(ticket.MetricSet?.SolvedAt);
                tickets.Add(new PastTicket(
                    ZendeskWords.Ticket(ticket, id, stamp, known), solvedAt == DateTimeOffset.MinValue ? null : solvedAt));
            }
        }

        return new PastTickets(tickets, page.AfterCursor ?? cursor, (page.EndOfStream ?? true) || page.AfterCursor is null);
    }

    public Task<IReadOnlyDictionary<string, TicketRating>> ListRatingsAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, TicketRating>>(new Dictionary<string, TicketRating>());
}
