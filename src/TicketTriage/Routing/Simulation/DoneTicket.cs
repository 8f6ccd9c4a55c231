using System.Runtime.InteropServices;

namespace TicketTriage.Routing.Simulation;

/// <summary>What came of one ticket in a simulation.</summary>
/// <param name="DoneAt">In working minutes.</param>
/// <param name="Minutes">How long the one who ended it worked on it.</param>
/// <param name="Agent">The place of who ended it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DoneTicket(double DoneAt, double Minutes, int Agent)
{
    /// <param name="done">In the order of the helpdesk's tickets.</param>
    /// <param name="worked">Each agent's minutes on tickets.</param>
    public static SimulatedOutcome Judge(
        SimulatedHelpdesk helpdesk, SimulatedPolicy policy, IReadOnlyList<DoneTicket> done, double[] worked)
    {
        int late = 0, urgent = 0, lateUrgent = 0, low = 0, lateLow = 0, fits = 0;
        double longest = 0, waited = 0, minutes = 0;
        for (var ticket = 0; ticket < done.Count; ticket++)
        {
            var (one, work) = (helpdesk.Tickets[ticket], done[ticket]);
            var isLate = work.DoneAt - one.ArrivesAt > one.TargetMinutes ? 1 : 0;
            var wait = work.DoneAt - one.ArrivesAt - work.Minutes;
            late += isLate;
            urgent += one.Rank <= 1 ? 1 : 0;
            lateUrgent += one.Rank <= 1 ? isLate : 0;
            low += one.Rank == 3 ? 1 : 0;
            lateLow += one.Rank == 3 ? isLate : 0;
            fits += helpdesk.Has[work.Agent][one.Skill] ? 1 : 0;
            longest = Math.Max(longest, wait / one.TargetMinutes);
            waited += wait;
            minutes += work.Minutes;
        }

        double Share(int part, int whole) => whole == 0 ? 0 : part / (double)whole;
        return new SimulatedOutcome(
            policy,
            Share(late, done.Count),
            Share(lateUrgent, urgent),
            Share(lateLow, low),
            Share(fits, done.Count),
            GiniOf(worked),
            longest,
            waited / Math.Max(1, done.Count),
            minutes / Math.Max(1, done.Count));
    }

    private static double GiniOf(double[] values)
    {
        Array.Sort(values);
        var sum = values.Sum();
        var weighted = values.Index().Sum(value => (value.Index + 1) * value.Item);
        return sum == 0 ? 0 : (2 * weighted / (values.Length * sum)) - ((values.Length + 1.0) / values.Length);
    }
}
