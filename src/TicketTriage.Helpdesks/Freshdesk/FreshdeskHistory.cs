namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// The tickets of the past by the list of changes, a hundred with each call. Archived ones are in no list. Ratings have a list of their own.
/// </summary>
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

    public async Task<IReadOnlyDictionary<string, TicketRating>> ListRatingsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var latest = new Dictionary<string, (DateTimeOffset At, TicketRating Rating)>(StringComparer.Ordinal);
        await foreach (var rating in FreshdeskPages.AllAsync(page => api.ListRatingsAsync(since, page, cancellationToken), cancellationToken))
        {
            if (FreshdeskWords.Text(rating.TicketId) is { } number && FreshdeskWords.Moment(rating.CreatedAt) is var at
                && (!latest.TryGetValue(number, out var other) || other.At <= at))
            {
                latest[number] = (at, Read(rating));
            }
        }

        return latest.ToDictionary(rating => rating.Key, rating => rating.Value.Rating);
    }

    // Today's scale goes from 103, extremely happy, over 100 to -103; the classic one has 1 happy, 2 neutral, 3 unhappy.
    private static TicketRating Read(FreshdeskRating rating) => (rating.Ratings?.DefaultQuestion ?? rating.Rating) switch
    {
        1 or > 100 => TicketRating.Good,
        3 or < -100 => TicketRating.Bad,
        _ => TicketRating.None,
    };
}
