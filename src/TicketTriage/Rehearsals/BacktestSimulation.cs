using TicketTriage.Helpdesks;
using TicketTriage.Routing.Matching;
using TicketTriage.Routing.Simulation;

namespace TicketTriage.Rehearsals;

/// <summary>
/// What other rules or other agents would have done to waiting and breaches: the past's tickets, at the times at which they came, played with
/// the rules and agents that are and with those that are tried. Handling times are drawn, equal for both, because the past doesn't tell them.
/// </summary>
public static class BacktestSimulation
{
    /// <summary>Where no agents are known, as many are taken as make the busiest days bearable.</summary>
    private const double AssumedLoad = 0.85;

    private static readonly double[] TargetByRank = [120, 240, 480, 960];

    /// <param name="groupsOfAgents">For each agent the groups; empty where nobody is known: then those who are tried stand for them, or,
    /// where these are empty too, agents are dealt out by what came before.</param>
    /// <param name="groupsTried">The same for the agents who are tried with the rules that are tried.</param>
    /// <param name="expectedMinutes">Mean handling time.</param>
    /// <returns><see langword="null"/> where there is nothing to play.</returns>
    public static BacktestEffect? Run(
        IReadOnlyList<DecidedTwice> decisions,
        IReadOnlyList<IReadOnlyList<string>> groupsOfAgents,
        IReadOnlyList<IReadOnlyList<string>> groupsTried,
        double expectedMinutes,
        int seed)
    {
        if (decisions.Count == 0)
        {
            return null;
        }

        var groups = decisions.SelectMany(one => (string[])[one.GroupBefore, one.GroupAfter]).Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        var ordered = decisions.OrderBy(one => one.Past.ArrivedAt).ToList();
        var first = ordered[0].Past.ArrivedAt.UtcDateTime.Date;
        var arrivals = ordered.Select(one => WorkingMinute(one.Past.ArrivedAt, first)).ToArray();
        var agents = groupsOfAgents.Count > 0 ? groupsOfAgents
            : groupsTried.Count > 0 ? groupsTried
            : Deal(ordered, arrivals, expectedMinutes);
        var agentsAfter = groupsTried.Count > 0 ? groupsTried : agents;
        var minutes = Draw(ordered.Count, expectedMinutes, seed);

        SimulatedOutcome Play(
            IReadOnlyList<IReadOnlyList<string>> those, Func<DecidedTwice, string> groupOf, Func<DecidedTwice, TicketPriority> priorityOf)
        {
            var tickets = ordered.Index().Select(one =>
            {
                var rank = priorityOf(one.Item) == TicketPriority.None ? 2 : TicketPriority.Urgent - priorityOf(one.Item);
                var group = groups.FindIndex(name => name.Equals(groupOf(one.Item), StringComparison.OrdinalIgnoreCase));
                return new TracedTicket(arrivals[one.Index], rank, group, group, minutes[one.Index], TargetByRank[rank]);
            }).ToList();
            return SimulationRun.Run(Helpdesk(tickets, those, groups, expectedMinutes), new SimulatedPolicy(PolicyKind.This, 1),
                RouterTuning.Default, CancellationToken.None);
        }

        return new BacktestEffect(
            agents.Count,
            agentsAfter.Count,
            Play(agents, one => one.GroupBefore, one => one.PriorityBefore),
            Play(agentsAfter, one => one.GroupAfter, one => one.PriorityAfter));
    }

    // Eight working hours of each calendar day; nights and weekends are as long as their tickets are few.
    private static double WorkingMinute(DateTimeOffset at, DateTime first) =>
        ((at.UtcDateTime.Date - first).Days * (double)SimulationPlan.MinutesOfDay)
        + (at.UtcDateTime.TimeOfDay / TimeSpan.FromDays(1) * SimulationPlan.MinutesOfDay);

    private static double[] Draw(int count, double mean, int seed)
    {
        const double Deviation = 0.8;
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return Math.Max(1, mean * Math.Exp((Deviation * normal) - (Deviation * Deviation / 2)));
        })];
    }

    private static List<IReadOnlyList<string>> Deal(List<DecidedTwice> decisions, double[] arrivals, double expectedMinutes)
    {
        var days = Math.Max(1, Math.Ceiling((arrivals[^1] - arrivals[0]) / SimulationPlan.MinutesOfDay));
        var agents = new List<IReadOnlyList<string>>();
        foreach (var group in decisions.GroupBy(one => one.GroupBefore, StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var needed = group.Count() * expectedMinutes / (days * SimulationPlan.MinutesOfDay * AssumedLoad);
            agents.AddRange(Enumerable.Repeat<IReadOnlyList<string>>([group.Key], (int)Math.Ceiling(needed)));
        }

        return agents;
    }

    private static SimulatedHelpdesk Helpdesk(
        List<TracedTicket> tickets, IReadOnlyList<IReadOnlyList<string>> agents, List<string> groups, double expectedMinutes)
    {
        // A group without anybody would never end its tickets: whoever is there does them, at half the speed.
        var has = agents.Select(own => groups.Select(group => own.Contains(group, StringComparer.OrdinalIgnoreCase)).ToArray()).ToArray();
        var levels = has.Select(own => own.Select(may => may ? 1.0 : 2.0).ToArray()).ToArray();
        for (var group = 0; group < groups.Count; group++)
        {
            if (!Array.Exists(has, own => own[group]))
            {
                foreach (var own in has)
                {
                    own[group] = true;
                }
            }
        }

        return new SimulatedHelpdesk(
            tickets,
            levels,
            has,
            [.. Enumerable.Repeat(1.0, agents.Count)],
            [.. Enumerable.Repeat<IReadOnlyList<Away>>([], agents.Count)],
            [.. Enumerable.Repeat(expectedMinutes, groups.Count)]);
    }
}

/// <summary>The same tickets under both sets of rules.</summary>
/// <param name="Agents">How many there are.</param>
/// <param name="AgentsAfter">How many there are with the rules that are tried.</param>
public sealed record BacktestEffect(int Agents, int AgentsAfter, SimulatedOutcome Before, SimulatedOutcome After);
