namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>The tickets of the past by the list of changes, a hundred with each call. Archived ones are in no list.</summary>
internal sealed class FreshdeskHistory(FreshdeskApi api, FreshdeskAbilities abilities) : IHelpdeskHistory
{
    public async Task<PastTickets> ReadPageAsync(string? cursor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var place = FreshdeskPlace.Read(cursor) ?? new FreshdeskPlace(since, 1);
        var page = await api.ListTicketsAsync(place.Since, place.Page, cancellationToken);

        var tickets = new List<PastTicket>();
        foreach (var ticket in page.Content.OfType<FreshdeskTicket>())
        {
            if (ticket is { Id: { } id, UpdatedAt: { Length: > 0 } updatedAt })
            {
                var solvedAt = FreshdeskWords.MomentOrNull(ticket.Stats?.ResolvedAt) ?? FreshdeskWords.MomentOrNull(ticket.Stats?.ClosedAt);
                tickets.Add(new PastTicket(
                    FreshdeskWords.Ticket(ticket, id, updatedAt, await abilities.FindClosedAsync(ticket, cancellationToken)), solvedAt));
            }
        }

        var next = place.After([.. tickets.Select(past => past.Ticket.UpdatedAt)], isLast: !page.HasNextPage);
        return new PastTickets(tickets, next.ToString(), IsEnd: !page.HasNextPage);
    }
}
