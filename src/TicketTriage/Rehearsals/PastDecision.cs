using TicketTriage.Routing.Rules;
using TicketTriage.Tickets;

namespace TicketTriage.Rehearsals;

/// <summary>A ticket of the past with what rules can ask about it.</summary>
/// <param name="Facts">With the priority that it has before any routing rule raises it.</param>
/// <param name="Group">The group that it was routed to; <see langword="null"/> where it came before this service did.</param>
/// <param name="ArrivedAt">When the customer wrote.</param>
public sealed record PastDecision(TicketId Ticket, RuleFacts Facts, string? Group, DateTimeOffset ArrivedAt)
{
    /// <summary>What another taxonomy makes of it; <see langword="null"/> where rules alone are tried.</summary>
    public RuleFacts? Anew { get; init; }
}
