using TicketTriage.Routing.Matching;
using TicketTriage.Routing.Simulation;

namespace TicketTriage.Tests.Routing;

/// <summary>
/// The router's choice written down plainly: every pair is looked at, and nothing is left out beforehand. It tells whether the shortcuts
/// of the real one change anything.
/// </summary>
internal static class PlainRouter
{
    private const double Forbidden = 1e9;
    private const int MostPairs = 300_000;

    public static IReadOnlyList<Assignment> Match(
        IReadOnlyList<PoolTicket> pool, IReadOnlyList<AgentNow> agents, Staff staff, RouterTuning tuning, double elapsed = 0)
    {
        var free = Enumerable.Range(0, agents.Count).Where(agent => agents[agent].HasRoomFor(1)).ToList();
        if (free.Count == 0 || pool.Count == 0)
        {
            return [];
        }

        var fits = pool.Select(ticket => staff.FitsOf(ticket.Demand)).ToArray();
        var worths = new PlainWorths(pool, agents, staff, tuning, elapsed, fits, free);
        double? Find(int ticket, int agent) =>
            fits[ticket].May(agent)
            && agents[agent].HasRoomFor(staff.Agents[agent].UnitsOf(pool[ticket].Channel))
            && !pool[ticket].NotAgain.Contains(staff.Agents[agent].Id)
                ? worths.Of(ticket, agent)
                : null;

        IEnumerable<int> wanted = Enumerable.Range(0, pool.Count);
        if (pool.Count > 2 * free.Count)
        {
            var most = Math.Min(free.Count, Math.Max(8, MostPairs / (free.Count * free.Count)));
            wanted = free.SelectMany(agent => Enumerable.Range(0, pool.Count)
                .Select(ticket => (Ticket: ticket, Worth: Find(ticket, agent)))
                .Where(pair => pair.Worth is not null)
                .OrderByDescending(pair => pair.Worth)
                .ThenBy(pair => pool[pair.Ticket].Id, StringComparer.Ordinal)
                .Take(most)
                .Select(pair => pair.Ticket)).Distinct();
        }

        var tickets = wanted.OrderBy(ticket => pool[ticket].Id, StringComparer.Ordinal).ToList();
        var isTurned = tickets.Count < free.Count;
        var (rows, columns) = isTurned ? (tickets.Count, free.Count) : (free.Count, tickets.Count);
        var costs = new double[rows * columns];
        Assignment PairOf(int row, int column) => isTurned ? new(tickets[row], free[column]) : new(tickets[column], free[row]);
        for (var cell = 0; cell < costs.Length; cell++)
        {
            var (ticket, agent) = PairOf(cell / columns, cell % columns);
            costs[cell] = -Find(ticket, agent) ?? Forbidden;
        }

        var matched = MinimumCostMatching.Solve(costs, rows, columns);
        return [.. Enumerable.Range(0, rows).Where(row => costs[(row * columns) + matched[row]] < Forbidden)
            .Select(row => PairOf(row, matched[row])).OrderBy(one => one.Ticket)];
    }

    /// <summary>Plays a helpdesk in which nobody is ever away, asking at every moment at which anything happens.</summary>
    public static SimulatedOutcome Play(SimulatedHelpdesk helpdesk, SimulatedPolicy policy, IReadOnlyList<TicketDemand> demands, Staff staff)
    {
        var done = new DoneTicket[helpdesk.Tickets.Count];
        var worked = new double[helpdesk.Speeds.Length];
        var under = new Underway?[worked.Length];
        var pool = new List<PoolTicket>();
        var arrived = 0;
        while (arrived < done.Length || pool.Count > 0 || under.Any(one => one is not null))
        {
            var at = under.Select(one => one?.Until ?? double.PositiveInfinity)
                .Append(arrived < done.Length ? helpdesk.Tickets[arrived].ArrivesAt : double.PositiveInfinity).Min();
            for (; arrived < done.Length && helpdesk.Tickets[arrived] is var one && one.ArrivesAt <= at; arrived++)
            {
                pool.Add(new PoolTicket
                {
                    Id = $"{arrived:D7}",
                    Demand = demands[one.SeenSkill],
                    Priority = TicketTriage.Helpdesks.TicketPriority.Urgent - one.Rank,
                    MinutesLeft = one.ArrivesAt + one.TargetMinutes,
                    TargetMinutes = one.TargetMinutes,
                    ExpectedMinutes = helpdesk.ExpectedMinutes[one.SeenSkill],
                });
            }

            for (var agent = 0; agent < under.Length; agent++)
            {
                if (under[agent] is { } ended && ended.Until <= at)
                {
                    worked[agent] += at - ended.Since;
                    done[ended.Ticket] = done[ended.Ticket] with { DoneAt = at };
                    under[agent] = null;
                }
            }

            var now = under.Select((one, agent) =>
                new AgentNow(true, one is null ? 0 : 1, 1, WorkedShare: at > 0 ? worked[agent] / at : 0)).ToArray();
            var given = Match(pool, now, staff, RouterTuning.Default, at);
            foreach (var (place, agent) in given)
            {
                var ticket = int.Parse(pool[place].Id, System.Globalization.CultureInfo.InvariantCulture);
                var minutes = helpdesk.Tickets[ticket].Minutes * helpdesk.Levels[agent][helpdesk.Tickets[ticket].Skill];
                done[ticket] = new DoneTicket(0, minutes, agent);
                under[agent] = new Underway(ticket, at, at + minutes);
            }

            foreach (var place in given.Select(one => one.Ticket).OrderDescending())
            {
                pool.RemoveAt(place);
            }
        }

        return DoneTicket.Judge(helpdesk, policy, done, worked);
    }

    private sealed record Underway(int Ticket, double Since, double Until);

    private sealed class PlainWorths(
        IReadOnlyList<PoolTicket> pool,
        IReadOnlyList<AgentNow> agents,
        Staff staff,
        RouterTuning tuning,
        double elapsed,
        Fits[] fits,
        List<int> free)
    {
        private readonly double all = pool.Sum(ticket => ticket.ExpectedMinutes);
        private readonly double usual = Math.Max(1, pool.Sum(ticket => ticket.ExpectedMinutes) / pool.Count);
        private readonly int there = agents.Count(agent => agent.IsThere);
        private readonly bool tooManyStarve = pool.Count(ticket => Starves(ticket, tuning, elapsed))
            > Math.Max(1, tuning.MostStarving * agents.Count(agent => agent.IsThere));
        private readonly Dictionary<Fits, double> minutesOf = Enumerable.Range(0, pool.Count).GroupBy(ticket => fits[ticket])
            .ToDictionary(kind => kind.Key, kind => kind.Sum(ticket => pool[ticket].ExpectedMinutes));
        private readonly Dictionary<Fits, int> ableFor = fits.Distinct().ToDictionary(
            kind => kind, kind => Enumerable.Range(0, agents.Count).Count(agent => agents[agent].IsThere && kind.May(agent)));
        private readonly double[] costs = [.. Enumerable.Range(0, agents.Count).Select(agent => CostOf(agent, agents, staff, tuning, free))];

        public double Of(int ticket, int agent)
        {
            var one = pool[ticket];
            var worth = one.RaisedFrom.Append(new LowerStanding(one.Priority, one.MinutesLeft, one.ExpectedMinutes))
                .Max(standing => As(standing, ticket, agent));
            worth *= one.LastAgent == staff.Agents[agent].Id ? 1 + tuning.Stickiness : 1;
            return worth - costs[agent];
        }

        private double As(LowerStanding standing, int ticket, int agent)
        {
            var minutes = Math.Max(1, standing.ExpectedMinutes * fits[ticket].FactorOf(agent));
            var left = (standing.MinutesLeft ?? 4800) - elapsed;
            var waiting = Math.Max(all / usual / Math.Max(1, there), minutesOf[fits[ticket]] / usual / Math.Max(1, ableFor[fits[ticket]]));
            var reach = usual * (tuning.LookAhead + (tuning.LookAheadPerWaiting * waiting));
            var chance = left <= 0 ? 0 : 1 / (1 + Math.Pow(minutes * 0.73 / left, 2.1));
            var slack = Math.Max(0, left - (minutes * tuning.Margin));
            var share = tuning.Lost + ((1 - tuning.Lost) * chance);
            var index = tuning.WeightOf(standing.Priority) / minutes * share * Math.Exp(-slack / reach);
            var worth = (!tooManyStarve && Starves(pool[ticket], tuning, elapsed) ? 1000 : 0) + (usual * index);
            return agents[agent].LeavesInMinutes < minutes ? worth * tuning.LeavesBefore : worth;
        }

        private static bool Starves(PoolTicket ticket, RouterTuning tuning, double elapsed) =>
            ticket is { TargetMinutes: { } target, MinutesLeft: { } left } && target - left + elapsed > tuning.StarvesAfter * target;

        private static double CostOf(int agent, IReadOnlyList<AgentNow> agents, Staff staff, RouterTuning tuning, List<int> free)
        {
            var cost = 0.0;
            if (free.Count > 1)
            {
                foreach (var skill in staff.Agents[agent].Skills.Keys.Order(StringComparer.Ordinal))
                {
                    cost += tuning.Scarcity / Math.Max(1, free.Count(other => staff.Agents[other].Skills.ContainsKey(skill)));
                }
            }

            return free.Contains(agent) ? cost + (tuning.Fairness * agents[agent].WorkedShare) : cost;
        }
    }
}
