using System.Globalization;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Matching;
using TicketTriage.Routing.Simulation;

namespace TicketTriage.Rehearsals;

/// <summary>
/// What other rules or other agents would have done to waiting and breaches: the past's tickets, at the times at which they came, played
/// with the rules and agents that are and with those that are tried. Who may have a ticket is what the live router would say; hours and
/// absences are not played. Handling times are drawn, equal for both, because the past doesn't tell them.
/// </summary>
public static class BacktestSimulation
{
    /// <summary>Where no agents are known, as many are taken as make the busiest days bearable.</summary>
    private const double AssumedLoad = 0.85;

    /// <summary>How many times longer it takes somebody who isn't for it.</summary>
    private const double WithoutWhatItAsks = 2;

    private static readonly double[] TargetByRank = [120, 240, 480, 960];

    /// <param name="agents">
    /// Who is there; empty where nobody is known: then those who are tried stand for them, or, where these are none either, agents are
    /// dealt out by what came before. Who may have no ticket at once doesn't count.
    /// </param>
    /// <param name="tried">Who is there with the rules that are tried; empty for the same.</param>
    /// <param name="expectedMinutes">Mean handling time.</param>
    /// <param name="tell">Hears how many tickets are done, each counted once before and once after.</param>
    /// <returns><see langword="null"/> where there is nothing to play.</returns>
    public static BacktestEffect? Run(
        IReadOnlyList<DecidedTwice> decisions,
        IReadOnlyList<Agent> agents,
        IReadOnlyList<Agent> tried,
        double expectedMinutes,
        int seed,
        Action<int> tell,
        CancellationToken cancellationToken)
    {
        if (decisions.Count == 0)
        {
            return null;
        }

        var ordered = decisions.OrderBy(one => one.Past.ArrivedAt).ToList();
        var first = ordered[0].Past.ArrivedAt.UtcDateTime.Date;
        var arrivals = ordered.Select(one => WorkingMinute(one.Past.ArrivedAt, first)).ToArray();
        var (before, after) = (AtWork(agents), AtWork(tried));
        before = before.Count > 0 ? before : after;
        var areDealt = before.Count == 0;
        before = areDealt ? Deal(ordered, arrivals, expectedMinutes) : before;
        after = after.Count > 0 ? after : before;
        var minutes = Draw(ordered.Count, expectedMinutes, seed);

        (SimulatedOutcome Outcome, int Nobodys) Play(
            IReadOnlyList<Agent> those, Func<DecidedTwice, PastRoute> routeOf, Action<int> tellPlayed)
        {
            var routes = ordered.Select(routeOf).ToList();
            var demands = routes.Select(route => areDealt ? new TicketDemand { Group = route.Group } : Asked(route.Demand, those)).ToList();
            var kinds = demands.DistinctBy(demand => demand.Key).Index().ToDictionary(kind => kind.Item.Key, kind => kind.Index);
            var tickets = routes.Index().Select(route =>
            {
                var priority = route.Item.Priority;
                var rank = priority == TicketPriority.None ? 2 : TicketPriority.Urgent - priority;
                var kind = kinds[demands[route.Index].Key];
                return new TracedTicket(arrivals[route.Index], rank, kind, kind, minutes[route.Index], TargetByRank[rank]);
            }).ToList();
            var helpdesk = Helpdesk(tickets, those, [.. demands.DistinctBy(demand => demand.Key)], expectedMinutes, out var nobodys);
            return (
                SimulationRun.Run(helpdesk, new SimulatedPolicy(PolicyKind.This, 1), RouterTuning.Default, tellPlayed, cancellationToken),
                tickets.Count(ticket => nobodys.Contains(ticket.Skill)));
        }

        var was = Play(before, one => one.Before, tell);
        var would = Play(after, one => one.After, done => tell(ordered.Count + done));
        return new BacktestEffect(before.Count, after.Count, was.Outcome, would.Outcome)
        {
            NobodysBefore = was.Nobodys,
            NobodysAfter = would.Nobodys,
        };
    }

    /// <summary>As the live router takes it: what a rule gives to somebody who isn't there goes to any who may have it.</summary>
    private static TicketDemand Asked(TicketDemand demand, IReadOnlyList<Agent> agents) =>
        demand.Agent is { } wanted && !agents.Any(agent => agent.IsCalled(wanted))
            // Written out: a copy made with "with" would keep the key that tells demands apart.
            ? new TicketDemand
            {
                RequiredSkills = demand.RequiredSkills,
                PreferredSkills = demand.PreferredSkills,
                Language = demand.Language,
                Product = demand.Product,
                Group = demand.Group,
            }
            : demand;

    // Agents of several helpdesks may have the same id.
    private static IReadOnlyList<Agent> AtWork(IReadOnlyList<Agent> agents)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return [.. agents.Where(agent => agent.MostUnits > 0).Index()
            .Select(agent => ids.Add(agent.Item.Id) ? agent.Item : agent.Item with { Id = $"{agent.Item.Id} ({agent.Index})" })];
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

    private static List<Agent> Deal(List<DecidedTwice> decisions, double[] arrivals, double expectedMinutes)
    {
        var days = Math.Max(1, Math.Ceiling((arrivals[^1] - arrivals[0]) / SimulationPlan.MinutesOfDay));
        var agents = new List<Agent>();
        foreach (var group in decisions.GroupBy(one => one.Before.Group, StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var needed = (int)Math.Ceiling(group.Count() * expectedMinutes / (days * SimulationPlan.MinutesOfDay * AssumedLoad));
            agents.AddRange(Enumerable.Range(agents.Count, needed)
                .Select(number => new Agent { Id = number.ToString("D4", CultureInfo.InvariantCulture), Groups = [group.Key] }));
        }

        return agents;
    }

    /// <param name="nobodys">The places of demands that nobody meets.</param>
    private static SimulatedHelpdesk Helpdesk(
        List<TracedTicket> tickets, IReadOnlyList<Agent> agents, TicketDemand[] demands, double expectedMinutes, out HashSet<int> nobodys)
    {
        var staff = new Staff(agents);
        var has = agents.Select(_ => new bool[demands.Length]).ToArray();
        var levels = agents.Select(_ => new double[demands.Length]).ToArray();
        nobodys = [];
        for (var kind = 0; kind < demands.Length; kind++)
        {
            var fits = staff.FitsOf(demands[kind]);
            var isNobodys = !Enumerable.Range(0, agents.Count).Any(fits.May);
            for (var agent = 0; agent < agents.Count; agent++)
            {
                has[agent][kind] = isNobodys || fits.May(agent);
                levels[agent][kind] = isNobodys || !fits.May(agent) ? WithoutWhatItAsks : fits.FactorOf(agent);
            }

            // They would wait for ever, and the play never end: whoever is there does them, more slowly.
            if (isNobodys)
            {
                nobodys.Add(kind);
                demands[kind] = new TicketDemand();
            }
        }

        return new SimulatedHelpdesk(
            tickets,
            levels,
            has,
            [.. Enumerable.Repeat(1.0, agents.Count)],
            [.. Enumerable.Repeat<IReadOnlyList<Away>>([], agents.Count)],
            [.. Enumerable.Repeat(expectedMinutes, demands.Length)])
        {
            Agents = agents,
            Demands = demands,
        };
    }
}

/// <summary>The same tickets under both sets of rules.</summary>
/// <param name="Agents">How many there are.</param>
/// <param name="AgentsAfter">How many there are with the rules that are tried.</param>
public sealed record BacktestEffect(int Agents, int AgentsAfter, SimulatedOutcome Before, SimulatedOutcome After)
{
    /// <summary>Tickets for which nobody has all that is asked: in the play whoever is there does them, at half the speed.</summary>
    public int NobodysBefore { get; init; }

    public int NobodysAfter { get; init; }
}
