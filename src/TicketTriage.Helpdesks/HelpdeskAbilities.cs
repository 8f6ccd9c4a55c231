namespace TicketTriage.Helpdesks;

/// <summary>
/// What a helpdesk can do, as its vendor, its plan and the service's permissions allow. Whoever needs something asks for the ability,
/// never for the vendor's name.
/// </summary>
public sealed record HelpdeskAbilities
{
    /// <summary>The helpdesk itself refuses a change of a ticket that has moved on; otherwise this service looks right before it writes.</summary>
    public bool RefusesStaleChanges { get; init; }

    /// <summary>A ticket has a place for a summary beside its notes.</summary>
    public bool HasSummary { get; init; }

    /// <summary>Where a ticket's service level clocks are read.</summary>
    public ServiceLevelSource ServiceLevels { get; init; }

    /// <summary>Agents have skills that this service may read.</summary>
    public bool HasSkills { get; init; }

    /// <summary>Tickets are given skills from the same list, and the helpdesk's own router goes by them.</summary>
    public bool TakesSkills { get; init; }

    /// <summary>The helpdesk says who is there and how much each has; otherwise load is counted from open tickets.</summary>
    public bool HasAvailability { get; init; }

    /// <summary>Tickets can be tied to a problem.</summary>
    public bool LinksProblems { get; init; }

    /// <summary>A longer tag would have the whole change refused. As good as endless where the helpdesk names no limit.</summary>
    public int MostTagLetters { get; init; } = int.MaxValue;

    /// <summary>The fields of the triage that tickets have and this service may fill.</summary>
    public IReadOnlyList<TriageField> Fields { get; init => field = value ?? []; } = [];

    /// <summary>For each missing ability, a sentence: what is missing and why.</summary>
    public IReadOnlyList<string> Missing { get; init => field = value ?? []; } = [];
}

/// <summary>Where the helpdesk tells of a ticket's service level clocks.</summary>
public enum ServiceLevelSource
{
    /// <summary>Nowhere; the clocks are computed here.</summary>
    None = 0,

    /// <summary>Beside the ticket itself.</summary>
    WithTicket,

    /// <summary>In a call of its own for each ticket.</summary>
    OfTicket,

    /// <summary>In a record of events of all tickets.</summary>
    Events,
}
