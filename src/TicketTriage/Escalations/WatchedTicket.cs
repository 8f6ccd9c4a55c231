using System.Text.Json.Serialization;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;

namespace TicketTriage.Escalations;

/// <summary>A ticket whose clocks are watched, as it was last read.</summary>
public sealed record WatchedTicket
{
    public required TicketId Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required HelpdeskStatus Status { get; init; }

    public required TicketPriority Priority { get; init; }

    /// <summary>The customer's.</summary>
    public required string Segment { get; init; }

    public string? GroupId { get; init; }

    public string? AssigneeId { get; init; }

    /// <summary><see langword="null"/> until it was understood.</summary>
    public string? Intent { get; init; }

    public string? Product { get; init; }

    /// <summary>What many tickets have in common, such as one outage; <see langword="null"/> for a ticket that stands alone.</summary>
    public string? Bundle { get; init; }

    public IReadOnlyList<TicketEvent> Events { get; init; } = [];

    public IReadOnlyList<AtOnceCause> Causes { get; init; } = [];

    /// <summary>What the helpdesk said of its own clocks; <see langword="null"/> where it says nothing.</summary>
    public IReadOnlyList<ServiceLevelClock>? Told { get; init; }

    /// <summary>When the helpdesk is to be asked for its clocks; <see langword="null"/> where what it told still counts.</summary>
    public DateTimeOffset? AskAt { get; init; }

    /// <summary>Grows with every look and every reading; what is settled after a look carries it.</summary>
    public long Looks { get; init; }

    /// <summary>When it was first read here; for a ticket that is read now for the first time, not known yet.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    public TicketKind Kind => new(Priority, Segment, Intent);

    public bool IsEnded => Status.IsEnd();

    /// <summary>When an agent last answered the customer.</summary>
    public DateTimeOffset? RepliedAt => Events.LastOrDefault(happened => happened.Kind == TicketEventKind.AgentReply)?.At;
}

/// <summary>Something that escalates whatever the clock says.</summary>
/// <param name="Cause">As the matrix names it.</param>
/// <param name="Since">The moment that it was said; a cause said again later is another.</param>
public sealed record AtOnceCause(string Cause, DateTimeOffset Since);

/// <summary>A level of an escalation, as a look at its ticket needs it.</summary>
public sealed record StandingEscalation
{
    public required Guid Id { get; init; }

    public required string Cycle { get; init; }

    public required string Cause { get; init; }

    public required int Level { get; init; }

    /// <summary>The matrix's row that the cycle began with.</summary>
    public required string RowName { get; init; }

    public required EscalationState State { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset AcknowledgeBy { get; init; }

    public DateTimeOffset? UnansweredSince { get; init; }

    public string? AssigneeId { get; init; }

    /// <summary>True once the whole cycle is over.</summary>
    public bool IsConcluded { get; init; }

    public required string MatrixVersion { get; init; }

    /// <summary>By whose targets the cycle began; <see langword="null"/> for those in force.</summary>
    public string? ServiceVersion { get; init; }

    /// <summary>When the target was to be missed, as it stood when the level was opened.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<TicketEvent>))]
[JsonSerializable(typeof(IReadOnlyList<AtOnceCause>))]
[JsonSerializable(typeof(IReadOnlyList<ServiceLevelClock>))]
internal sealed partial class WatchJson : JsonSerializerContext;
