using TicketTriage.Helpdesks;

namespace TicketTriage.ServiceLevels;

/// <summary>Something in a ticket's life that a service level clock heeds.</summary>
public sealed record TicketEvent(DateTimeOffset At, TicketEventKind Kind)
{
    /// <summary>From here on; <see langword="null"/> where it stays.</summary>
    public HelpdeskStatus? Status { get; init; }

    /// <summary>From here on; <see langword="null"/> where it stays.</summary>
    public TicketPriority? Priority { get; init; }
}

public enum TicketEventKind
{
    Created = 0,

    /// <summary>The requester, or another end user, wrote.</summary>
    CustomerMessage,

    /// <summary>An agent wrote for the customer to see.</summary>
    AgentReply,

    /// <summary>An agent wrote for agents only.</summary>
    AgentNote,

    /// <summary>Status or priority is another from here on.</summary>
    Changed,
}
