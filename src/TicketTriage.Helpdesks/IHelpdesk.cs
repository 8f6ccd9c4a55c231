namespace TicketTriage.Helpdesks;

/// <summary>
/// One customer's helpdesk, whichever vendor it is from. Every call may throw <see cref="HelpdeskRefusedException"/>
/// (asking again will not help) or <see cref="HelpdeskAwayException"/> (asking again later may).
/// </summary>
public interface IHelpdesk
{
    /// <summary>The name under which it stands in the configuration and in the webhook's address.</summary>
    string Name { get; }

    /// <returns>The ticket, or <see langword="null"/> when the helpdesk doesn't have it (any more).</returns>
    Task<HelpdeskTicket?> FindTicketAsync(string number, CancellationToken cancellationToken);

    /// <summary>The ticket's messages and notes, oldest first: all of them up to <paramref name="most"/>, then the first and the newest.</summary>
    /// <param name="most">At least 1.</param>
    Task<IReadOnlyList<HelpdeskComment>> ListCommentsAsync(string number, int most, CancellationToken cancellationToken);

    /// <summary>The ids of the skills that the ticket asks for. Read after the ticket itself, whose stamp then guards them too.</summary>
    /// <returns><see langword="null"/> where this service may not see them; nothing may be set then.</returns>
    Task<IReadOnlyList<string>?> ListSkillsOfTicketAsync(string number, CancellationToken cancellationToken);

    /// <summary>Fetches what is in a file, from the helpdesk's own hosts alone. What can't be fetched says why, and throws nothing.</summary>
    /// <param name="mostBytes">A larger file is not read.</param>
    Task<HelpdeskAttachment> ReadFileAsync(HelpdeskAttachment file, int mostBytes, CancellationToken cancellationToken);

    /// <summary>What this account can do. Looked up at the first call and again after an hour.</summary>
    Task<HelpdeskAbilities> FindAbilitiesAsync(CancellationToken cancellationToken);

    /// <summary>Applies the change. Never repeats it by itself: whether it was applied after a lost answer is the caller's question.</summary>
    /// <exception cref="HelpdeskConflictException">The ticket has moved on since <see cref="HelpdeskChange.Stamp"/> was read.</exception>
    Task<ChangeReceipt> ApplyAsync(HelpdeskChange change, CancellationToken cancellationToken);

    /// <summary>Looks whether a change is already there, by the id that was written with it.</summary>
    /// <returns>Its receipt, or <see langword="null"/> when it was not applied.</returns>
    Task<ChangeReceipt?> FindAppliedAsync(string number, Guid triageId, CancellationToken cancellationToken);

    Task<HelpdeskIdentity> IdentifyAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<HelpdeskGroup>> ListGroupsAsync(CancellationToken cancellationToken);

    /// <summary>Reads one page of what has changed since a place in the helpdesk's own record of changes.</summary>
    /// <param name="cursor">Where the last page ended; <see langword="null"/> to begin at <paramref name="since"/>.</param>
    Task<ChangedTickets> ListChangedAsync(string? cursor, DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>One page of changed tickets.</summary>
/// <param name="Tickets">Number and stamp of each; a ticket may stand on more than one page.</param>
/// <param name="Cursor">Where to go on; to be kept and given back.</param>
/// <param name="IsEnd">True when nothing newer is known to the helpdesk now.</param>
public sealed record ChangedTickets(IReadOnlyList<ChangedTicket> Tickets, string? Cursor, bool IsEnd);

/// <summary>A ticket that has changed, and to which version.</summary>
public sealed record ChangedTicket(string Number, string Stamp, HelpdeskStatus Status, DateTimeOffset UpdatedAt);
