namespace TicketTriage.Helpdesks;

/// <summary>The tickets of the past, for learning from them. Throws as <see cref="IHelpdesk"/> does.</summary>
public interface IHelpdeskHistory
{
    /// <summary>Reads one page of the tickets that have changed since a moment, in about the order of their last change.</summary>
    /// <param name="cursor">Where the last page ended; <see langword="null"/> to begin at <paramref name="since"/>.</param>
    Task<PastTickets> ReadPageAsync(string? cursor, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Reads the ratings that were given since a moment, where the vendor keeps them beside the tickets.</summary>
    /// <returns>The latest of each ticket that has one, by the ticket's number; empty where the tickets have them.</returns>
    Task<IReadOnlyDictionary<string, TicketRating>> ListRatingsAsync(DateTimeOffset since, CancellationToken cancellationToken);
}

/// <param name="Cursor">Where to go on; to be kept and given back.</param>
/// <param name="IsEnd">True when nothing newer is known to the helpdesk now.</param>
public sealed record PastTickets(IReadOnlyList<PastTicket> Tickets, string? Cursor, bool IsEnd);

/// <param name="SolvedAt">When it was last solved; <see langword="null"/> where it is not, or the helpdesk doesn't tell.</param>
public sealed record PastTicket(HelpdeskTicket Ticket, DateTimeOffset? SolvedAt);
