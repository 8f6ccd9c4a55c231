using TicketTriage.Agents;
using TicketTriage.Intake;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.WriteBack;

namespace TicketTriage.Journey;

/// <summary>All that is kept of one ticket: where it stands, what came in, what was decided last, what was written, who got it.</summary>
public sealed record TicketRecord(
    StoredTicket Ticket,
    IReadOnlyList<StoredDelivery> Deliveries,
    StoredTriage? LastTriage,
    IReadOnlyList<StoredWriteBack> WriteBacks)
{
    /// <summary>The agents who were given it, the latest first.</summary>
    public IReadOnlyList<KeptChoice> Choices { get; init; } = [];
}
