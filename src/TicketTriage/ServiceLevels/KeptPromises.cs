using System.Runtime.InteropServices;
using TicketTriage.Helpdesks;

namespace TicketTriage.ServiceLevels;

/// <summary>How many of a ticket's targets were reached in time, and how many were missed, so far.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct KeptPromises(int Met, int Missed)
{
    /// <summary>
    /// Each wait for a reply or an update is a target of its own. One that is late counts from the moment at which it is; what still runs in
    /// time counts nowhere, and neither does a ticket that was deleted or is spam.
    /// </summary>
    /// <param name="status">As it was last read.</param>
    /// <param name="clocks">As they stand: one for each promise.</param>
    /// <param name="over">Earlier waits; those without a target are no promises.</param>
    public static KeptPromises Of(HelpdeskStatus status, IEnumerable<TicketClock> clocks, IEnumerable<TicketClock> over)
    {
        if (status is HelpdeskStatus.Deleted or HelpdeskStatus.Spam)
        {
            return default;
        }

        var all = clocks.Concat(over.Where(clock => clock.Target is not null)).DistinctBy(clock => (clock.Metric, clock.StartedAt)).ToList();
        return new KeptPromises(
            all.Count(clock => clock.Stage == ServiceLevelStage.Achieved), all.Count(clock => clock.Stage == ServiceLevelStage.Breached));
    }
}
