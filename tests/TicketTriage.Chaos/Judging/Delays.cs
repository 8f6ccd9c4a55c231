using TicketTriage.Chaos.Helpdesks;
using TicketTriage.Chaos.Reports;

namespace TicketTriage.Chaos.Judging;

/// <summary>How long customers wait, by the helpdesk's own clock.</summary>
internal static class Delays
{
    /// <returns>Milliseconds from a customer's word to the change that answers it, for 95 of a hundred.</returns>
    public static double P95(IReadOnlyList<JournalChange> changes) => Percentiles.Of(List(changes), 95);

    private static IEnumerable<double> List(IReadOnlyList<JournalChange> changes)
    {
        foreach (var ticket in changes.GroupBy(change => change.Ticket))
        {
            DateTimeOffset? said = null;
            foreach (var change in ticket.OrderBy(change => change.Position))
            {
                if (change.IsCustomers)
                {
                    said ??= change.At;
                }
                else if (change.IsEffect && said is { } since)
                {
                    yield return (change.At - since).TotalMilliseconds;
                    said = null;
                }
            }
        }
    }
}
