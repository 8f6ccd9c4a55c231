using TicketTriage.Helpdesks;
using TicketTriage.Prioritisation;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;
using TicketTriage.Triages;
using TicketTriage.Understanding;

namespace TicketTriage.Journey;

/// <summary>Finds out what is known of a ticket beside its words: the customer's other tickets, and what is left of a promised time.</summary>
public sealed class CircumstanceReader(RecentTickets recent, ServiceLevelsInForce serviceLevels, TimeProvider clock)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <param name="events">The ticket's, until now.</param>
    /// <param name="told">What the helpdesk last said of its own clocks; <see langword="null"/> where it says nothing.</param>
    public async Task<Circumstances> ReadAsync(
        TicketId id,
        HelpdeskTicket ticket,
        IReadOnlyList<TicketEvent> events,
        IReadOnlyList<ServiceLevelClock>? told,
        TicketUnderstanding understanding,
        CancellationToken cancellationToken)
    {
        var (hours, now) = (serviceLevels.Hours, clock.GetUtcNow());
        var intent = understanding.Intent.Known;
        var segment = hours.Policy.SegmentOf(ticket.Tags);
        var computed = TicketClocks.Compute(events, hours, segment, intent, now);
        return new Circumstances
        {
            TicketsInWeek = await recent.CountAsync(id, ticket.RequesterId, now - Week, cancellationToken),
            Promise = Promises.FindTightest(TicketClocks.Merge(told, computed, events, hours, segment, intent, now), now),
        };
    }
}
