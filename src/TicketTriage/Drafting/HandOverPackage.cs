namespace TicketTriage.Drafting;

/// <summary>What the person who takes a ticket has to know, so that the customer need not tell it again. Built without a model too.</summary>
public sealed record HandOverPackage
{
    /// <summary>Why a person has to take it, the weightiest first.</summary>
    public required IReadOnlyList<HandOverReason> Because { get; init; }

    /// <summary>What the customer wants, in at most two sentences.</summary>
    public required string Concern { get; init; }

    /// <summary>What was written before, oldest first: the day, who, and how it began.</summary>
    public IReadOnlyList<string> History { get; init => field = value ?? []; } = [];

    /// <summary>What the ticket says of the taxonomy's fields, by name.</summary>
    public IReadOnlyDictionary<string, string> Collected { get; init => field = value ?? NoFields; } = NoFields;

    /// <summary>Fields that an answer needs and the ticket lacks, by name.</summary>
    public IReadOnlyList<string> Missing { get; init => field = value ?? []; } = [];

    /// <summary>What was done for it already, by agents and by this service, in the team's language.</summary>
    public IReadOnlyList<string> Tried { get; init => field = value ?? []; } = [];

    /// <summary>In the team's language.</summary>
    public required string NextStep { get; init; }

    private static readonly IReadOnlyDictionary<string, string> NoFields = new Dictionary<string, string>();
}

/// <summary>Why software should not go on alone.</summary>
public enum HandOverReason
{
    /// <summary>The customer asks for a person: always obeyed.</summary>
    AsksForPerson = 0,

    /// <summary>The ticket gives orders to software.</summary>
    Suspicion,

    /// <summary>Law, fraud or the security of an account.</summary>
    HighStakes,

    /// <summary>The customer is losing patience.</summary>
    Frustration,

    /// <summary>What the team has published contradicts itself, or what leads have forbidden.</summary>
    PolicyConflict,

    /// <summary>It is not clear what the customer wants.</summary>
    Unsure,

    /// <summary>Nothing of the team's knowledge answers it.</summary>
    MissingKnowledge,
}
