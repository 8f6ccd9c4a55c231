namespace TicketTriage.Sandbox.Freshdesk;

internal sealed record AgentWire
{
    public required bool Available { get; init; }
    public bool Occasional { get; init; }
    public string? Signature { get; init; }
    public required long Id { get; init; }
    public int TicketScope { get; init; } = 1;
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
    public DateTime? AvailableSince { get; init; }
    public string Type { get; init; } = "support_agent";
    public required AgentContactWire Contact { get; init; }
    public bool Deactivated { get; init; }
    public bool FocusMode { get; init; } = true;
    public required IReadOnlyList<long> GroupIds { get; init; }
    public required IReadOnlyList<long> RoleIds { get; init; }
    public required IReadOnlyList<long> SkillIds { get; init; }
}

internal sealed record AgentContactWire(
    bool Active, string Email, string? JobTitle, string Language, DateTime? LastLoginAt, string? Mobile, string Name, string? Phone,
    string TimeZone, DateTime CreatedAt, DateTime UpdatedAt);

/// <summary>An agent as <c>only=availability</c> lists it.</summary>
internal sealed record AvailableAgentWire(
    long Id, AvailableContactWire Contact, AvailabilityWire Availability, bool Deactivated, string AvailabilityControl, bool LegacyRouting);

internal sealed record AvailableContactWire(string Name, string Email, string? Avatar);

internal sealed record AvailabilityWire(
    string AgentRef, IReadOnlyList<ChannelWire> ChannelAvailability, bool IdleEnabled, DateTime StatusUpdatedAt,
    string AvailabilityControl);

internal sealed record ChannelWire(
    int AssignmentLimit, int CurrentAssignmentLoad, bool Available, string Channel, bool LoggedIn, bool RoundRobinEnabled,
    DateTime AvailabilityUpdatedAt, long StatusId, bool PauseAssignment);

internal sealed record GroupWire(
    long Id, string Name, string? Description, long? EscalateTo, string? UnassignedFor, long? BusinessHourId, IReadOnlyList<long> AgentIds,
    int AutoTicketAssign, DateTime CreatedAt, DateTime UpdatedAt);

internal sealed record SkillWire(
    long Id, string Name, int Rank, DateTime CreatedAt, DateTime UpdatedAt, IReadOnlyList<SkilledAgentWire> Agents, string MatchType,
    IReadOnlyList<SkillConditionWire> Conditions);

internal sealed record SkilledAgentWire(long Id);

internal sealed record SkillConditionWire(string ResourceType, string FieldName, string Operator, IReadOnlyList<string> Value);

internal sealed record ContactWire
{
    public required bool Active { get; init; }
    public string? Address { get; init; }
    public long? CompanyId { get; init; }
    public string? Description { get; init; }
    public required string Email { get; init; }
    public required long Id { get; init; }
    public string? JobTitle { get; init; }
    public string? Language { get; init; } = "en";
    public string? Mobile { get; init; }
    public required string Name { get; init; }
    public string? Phone { get; init; }
    public string? TimeZone { get; init; } = "Berlin";
    public string? TwitterId { get; init; }
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> OtherEmails { get; init; } = [];
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
}
