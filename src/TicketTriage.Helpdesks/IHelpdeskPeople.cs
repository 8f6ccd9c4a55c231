namespace TicketTriage.Helpdesks;

/// <summary>
/// The people of a helpdesk. Throws as <see cref="IHelpdesk"/> does; what the account doesn't have, or the service may not see,
/// is missing from <see cref="HelpdeskAbilities"/> and from the answers.
/// </summary>
public interface IHelpdeskPeople
{
    /// <summary>All agents, with their groups and skills as far as the helpdesk tells.</summary>
    Task<IReadOnlyList<HelpdeskAgent>> ListAgentsAsync(CancellationToken cancellationToken);

    /// <summary>The skills that agents can have; empty where <see cref="HelpdeskAbilities.HasSkills"/> is false.</summary>
    Task<IReadOnlyList<HelpdeskSkill>> ListSkillsAsync(CancellationToken cancellationToken);

    /// <returns>The id of the customer with this address; <see langword="null"/> where there is none.</returns>
    Task<string?> FindCustomerAsync(string email, CancellationToken cancellationToken);

    /// <summary>The ids of those who take no tickets now by the helpdesk's own word; empty where it doesn't say. Counts nothing.</summary>
    Task<IReadOnlySet<string>> ListAwayAsync(CancellationToken cancellationToken);

    /// <summary>Who is there now, and how much each has; a count of open tickets where the helpdesk keeps no availability.</summary>
    Task<IReadOnlyList<AgentPresence>> ListPresenceAsync(IReadOnlyCollection<string> agentIds, CancellationToken cancellationToken);
}

/// <param name="Email">Personal data; never logged.</param>
/// <param name="Language">The vendor's code, such as <c>de</c> or <c>en-US</c>.</param>
/// <param name="TimeZone">As the vendor spells it; not always an IANA name.</param>
public sealed record HelpdeskAgent(
    string Id,
    string Name,
    string? Email,
    bool IsActive,
    IReadOnlyList<string> GroupIds,
    IReadOnlyList<string> SkillIds,
    string? Language = null,
    string? TimeZone = null);

public sealed record HelpdeskSkill(string Id, string Name);

/// <param name="IsAvailable"><see langword="null"/> where the helpdesk doesn't say.</param>
/// <param name="OpenTickets">What the agent has now.</param>
/// <param name="MostTickets">What the helpdesk allows the agent; <see langword="null"/> where it sets no limit.</param>
public sealed record AgentPresence(string AgentId, bool? IsAvailable, int OpenTickets, int? MostTickets)
{
    /// <summary>True where the count comes from the helpdesk's search, which knows of a ticket only minutes after it was given.</summary>
    public bool IsFromSearch { get; init; }
}
