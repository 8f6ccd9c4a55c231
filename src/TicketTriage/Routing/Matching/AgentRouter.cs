namespace TicketTriage.Routing.Matching;

/// <summary>
/// Gives waiting tickets to agents who are free. A ticket's worth at an agent is what its lateness would cost by the minute of the agent's
/// time (the apparent-tardiness-cost index of Vepsalainen and Morton, 1987), less what it costs to take a scarce specialist for it. Tickets
/// that can't be in time any more are worth little, so that they don't pull others down with them. Equal input, equal choice.
/// </summary>
public static class AgentRouter
{
    /// <summary>A pair that may not be: so dear that it is never the better choice, and recognised afterwards.</summary>
    private const double Forbidden = 1e9;

    /// <summary>Minutes left of what nothing is promised for: ten working days.</summary>
    private const double NeverDue = 4800;

    /// <summary>Goes before everything, and among its like by its own worth.</summary>
    private const double StarvingBonus = 1000;

    /// <summary>
    /// The most pairs of free agents and the tickets that they could come to; beyond it only each agent's best are looked at.
    /// </summary>
    private const int MostPairs = 300_000;

    /// <summary>Who gets what now. A ticket that gets nobody waits on.</summary>
    /// <param name="pool">What waits, each ticket once.</param>
    /// <param name="agents">In the order of the staff.</param>
    /// <param name="elapsedMinutes">Working minutes that have passed since <see cref="PoolTicket.MinutesLeft"/> was counted.</param>
    public static IReadOnlyList<Assignment> Match(
        IReadOnlyList<PoolTicket> pool, IReadOnlyList<AgentNow> agents, Staff staff, RouterTuning tuning, double elapsedMinutes = 0) =>
        CanGiveAny(pool, agents) ? new Board(pool, agents, staff, tuning, elapsedMinutes).Match() : [];

    /// <summary>A busy helpdesk asks often while nobody is free, and making the board ready is most of the work.</summary>
    internal static bool CanGiveAny(IReadOnlyList<PoolTicket> pool, IReadOnlyList<AgentNow> agents) =>
        pool.Count > 0 && agents.Any(agent => agent.HasRoomFor(1));

    /// <summary>
    /// Whether a ticket is taken from an agent who has left, although the work on it is lost: where it would be late waiting, and may be in
    /// time with somebody else.
    /// </summary>
    /// <param name="minutesLeft">Working minutes until it is due.</param>
    /// <param name="backInMinutes">Working minutes until the agent is back; infinite where nobody knows.</param>
    /// <param name="expectedMinutes">How long it takes from the beginning.</param>
    public static bool ShouldHandOver(double? minutesLeft, double backInMinutes, double expectedMinutes) =>
        double.IsPositiveInfinity(backInMinutes)
        || (minutesLeft is { } left && left < backInMinutes + expectedMinutes && left > expectedMinutes / 2);

    /// <summary>The state of one decision: who is free, what waits, and what each pair is worth.</summary>
    internal sealed class Board
    {
        // Arrays, since each is asked for thousands of times in a decision, and a list behind an interface answers several times slower.
        private readonly PoolTicket[] pool;
        private readonly AgentNow[] agents;
        private readonly Staff staff;
        private readonly RouterTuning tuning;
        private readonly double elapsedMinutes;

        // Tickets that ask the same are of one kind: who may have them, and how far ahead they are felt, is looked up once for all.
        private readonly int[] kindOf;
        private readonly List<Fits> kinds = [];
        private readonly List<List<int>> ticketsOfKind = [];
        private readonly double[] reaches;

        private readonly int[][]? units;
        private readonly double[] bonuses;
        private readonly double[] costOfUse;
        private double usualMinutes = 1;

        public Board(
            IReadOnlyList<PoolTicket> pool, IReadOnlyList<AgentNow> agents, Staff staff, RouterTuning tuning, double elapsedMinutes)
        {
            this.elapsedMinutes = elapsedMinutes;
            this.pool = pool as PoolTicket[] ?? [.. pool];
            this.agents = agents as AgentNow[] ?? [.. agents];
            this.staff = staff;
            this.tuning = tuning;
            kindOf = new int[pool.Count];
            units = staff.WeighsChannels ? [.. pool.Select(ticket => staff.UnitsOf(ticket.Channel))] : null;
            SortByKind();
            for (var agent = 0; agent < agents.Count; agent++)
            {
                if (agents[agent].HasRoomFor(1))
                {
                    Free.Add(agent);
                }
            }

            costOfUse = CostsOfUse();
            reaches = Reaches();
            bonuses = Bonuses();
        }

        /// <summary>The places of those who can take something.</summary>
        public List<int> Free { get; } = [];

        public bool May(int ticket, int agent) =>
            kinds[kindOf[ticket]].May(agent) && IsFreeFor(ticket, agent);

        /// <summary>What the pair is worth; only for one that may be.</summary>
        public double WorthOf(int ticket, int agent)
        {
            var one = pool[ticket];
            var worth = WorthAs(StandingOf(one), ticket, agent);
            for (var i = 0; i < one.RaisedFrom.Count; i++)
            {
                worth = Math.Max(worth, WorthAs(one.RaisedFrom[i], ticket, agent));
            }

            if (one.LastAgent is { } last && staff.PlaceOf(last) == agent)
            {
                worth *= 1 + tuning.Stickiness;
            }

            return worth - costOfUse[agent];
        }

        private static LowerStanding StandingOf(PoolTicket ticket) => new(ticket.Priority, ticket.MinutesLeft, ticket.ExpectedMinutes);

        private double WorthAs(LowerStanding standing, int ticket, int agent)
        {
            var minutes = MinutesOf(standing, ticket, agent);
            var index = TardinessIndex.Of(tuning.WeightOf(standing.Priority), minutes, LeftOf(standing), reaches[kindOf[ticket]], tuning);
            var worth = bonuses[ticket] + (usualMinutes * index);
            return agents[agent].LeavesInMinutes < minutes ? worth * tuning.LeavesBefore : worth;
        }

        private bool IsFreeFor(int ticket, int agent) =>
            agents[agent].HasRoomFor(units is null ? 1 : units[ticket][agent])
                && (pool[ticket].NotAgain.Count == 0 || !pool[ticket].NotAgain.Contains(staff.Agents[agent].Id));

        private double MinutesOf(LowerStanding standing, int ticket, int agent) =>
            Math.Max(1, standing.ExpectedMinutes * kinds[kindOf[ticket]].FactorOf(agent));

        private double LeftOf(LowerStanding standing) => (standing.MinutesLeft ?? NeverDue) - elapsedMinutes;

        /// <summary>
        /// What the pair can be worth at most, without the powers that make up most of a decision's time: as if the ticket were due now
        /// and sure to be in time; exact for one that is late already. The same steps in the same order as in <see cref="WorthOf"/>, each
        /// with a factor that is no smaller, so that rounding can't bring it below.
        /// </summary>
        private double MostWorthOf(int ticket, int agent)
        {
            var one = pool[ticket];
            var worth = MostWorthAs(StandingOf(one), ticket, agent);
            for (var i = 0; i < one.RaisedFrom.Count; i++)
            {
                worth = Math.Max(worth, MostWorthAs(one.RaisedFrom[i], ticket, agent));
            }

            return (one.LastAgent is null ? worth : worth * (1 + Math.Max(0, tuning.Stickiness))) - costOfUse[agent];
        }

        private double MostWorthAs(LowerStanding standing, int ticket, int agent)
        {
            var minutes = MinutesOf(standing, ticket, agent);
            var index = TardinessIndex.MostOf(tuning.WeightOf(standing.Priority), minutes, LeftOf(standing), tuning);
            return (bonuses[ticket] + (usualMinutes * index)) * Math.Max(1, tuning.LeavesBefore);
        }

        public IReadOnlyList<Assignment> Match()
        {
            var tickets = Candidates();
            var (rows, columns) = (Free.Count, Math.Max(tickets.Count, Free.Count));
            var isTurned = false;
            if (tickets.Count < Free.Count)
            {
                (rows, columns, isTurned) = (tickets.Count, Free.Count, true);
            }

            var costs = new double[rows * columns];
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var (ticket, agent) = isTurned ? (tickets[row], Free[column]) : (tickets[column], Free[row]);
                    costs[(row * columns) + column] = May(ticket, agent) ? -WorthOf(ticket, agent) : Forbidden;
                }
            }

            var chosen = new List<Assignment>();
            var matched = MinimumCostMatching.Solve(costs, rows, columns);
            for (var row = 0; row < rows; row++)
            {
                if (costs[(row * columns) + matched[row]] < Forbidden)
                {
                    chosen.Add(isTurned
                        ? new Assignment(tickets[row], Free[matched[row]])
                        : new Assignment(tickets[matched[row]], Free[row]));
                }
            }

            chosen.Sort((one, other) => one.Ticket.CompareTo(other.Ticket));
            return chosen;
        }

        /// <summary>
        /// The tickets that can come into question, in the order of their ids. Of n free agents each gets one of his own n best in any best
        /// matching: had he one below, one of those n would be nobody's, and better.
        /// </summary>
        private List<int> Candidates()
        {
            var wanted = new bool[pool.Length];
            if (pool.Length <= 2 * Free.Count)
            {
                Array.Fill(wanted, true);
            }
            else
            {
                // n agents with n tickets each would be n² columns; the bound keeps a decision within its milliseconds.
                var most = Math.Min(Free.Count, Math.Max(8, MostPairs / (Free.Count * Free.Count)));
                foreach (var agent in Free)
                {
                    foreach (var ticket in BestOf(agent, most))
                    {
                        wanted[ticket] = true;
                    }
                }
            }

            var tickets = new List<int>();
            for (var ticket = 0; ticket < wanted.Length; ticket++)
            {
                if (wanted[ticket])
                {
                    tickets.Add(ticket);
                }
            }

            tickets.Sort((one, other) => string.CompareOrdinal(pool[one].Id, pool[other].Id));
            return tickets;
        }

        /// <summary>Tells the tickets' kinds apart, each with its tickets in the order of the pool.</summary>
        private void SortByKind()
        {
            // An object is found faster than a text, where tickets share demands; where each has its own, remembering all helps nobody.
            const int MostRemembered = 256;
            var byDemand = new Dictionary<TicketDemand, int>(ReferenceEqualityComparer.Instance);
            var byFits = new Dictionary<Fits, int>();
            var (last, kind) = ((TicketDemand?)null, 0);
            for (var ticket = 0; ticket < kindOf.Length; ticket++)
            {
                var demand = pool[ticket].Demand;
                if (!ReferenceEquals(demand, last) && !byDemand.TryGetValue(demand, out kind))
                {
                    var fits = staff.FitsOf(demand);
                    if (!byFits.TryGetValue(fits, out kind))
                    {
                        byFits[fits] = kind = kinds.Count;
                        kinds.Add(fits);
                        ticketsOfKind.Add([]);
                    }

                    if (byDemand.Count < MostRemembered)
                    {
                        byDemand[demand] = kind;
                    }
                }

                last = demand;
                kindOf[ticket] = kind;
                ticketsOfKind[kind].Add(ticket);
            }
        }

        /// <summary>
        /// How far ahead the due times of each kind are felt: the further, the more waits for the same agents.
        /// </summary>
        private double[] Reaches()
        {
            var minutesOfKind = new double[kinds.Count];
            var sum = 0.0;
            for (var ticket = 0; ticket < kindOf.Length; ticket++)
            {
                var minutes = pool[ticket].ExpectedMinutes;
                sum += minutes;
                minutesOfKind[kindOf[ticket]] += minutes;
            }

            usualMinutes = kindOf.Length == 0 ? 1 : Math.Max(1, sum / kindOf.Length);
            var there = agents.Count(agent => agent.IsThere);
            var overall = sum / usualMinutes / Math.Max(1, there);
            var reachOfKind = new double[kinds.Count];
            for (var kind = 0; kind < reachOfKind.Length; kind++)
            {
                var able = 0;
                for (var agent = 0; agent < agents.Length; agent++)
                {
                    able += agents[agent].IsThere && kinds[kind].May(agent) ? 1 : 0;
                }

                var waiting = Math.Max(overall, minutesOfKind[kind] / usualMinutes / Math.Max(1, able));
                reachOfKind[kind] = usualMinutes * (tuning.LookAhead + (tuning.LookAheadPerWaiting * waiting));
            }

            return reachOfKind;
        }

        private double[] Bonuses()
        {
            var bonuses = new double[pool.Length];
            var starving = 0;
            for (var i = 0; i < bonuses.Length; i++)
            {
                if (pool[i] is { TargetMinutes: { } target, MinutesLeft: { } counted }
                    && target - counted + elapsedMinutes > tuning.StarvesAfter * target)
                {
                    bonuses[i] = StarvingBonus;
                    starving++;
                }
            }

            return starving > Math.Max(1, tuning.MostStarving * agents.Count(agent => agent.IsThere)) ? new double[pool.Length] : bonuses;
        }

        /// <summary>
        /// The tickets that are worth most at an agent; between equals the lower id comes first, whatever order they are in.
        /// </summary>
        private List<int> BestOf(int agent, int most)
        {
            // Seen from the worst of the best, which the next better one drives out.
            var best = new PriorityQueue<int, (double Worth, int Ticket)>(
                Comparer<(double Worth, int Ticket)>.Create((one, other) => one.Worth.CompareTo(other.Worth) is not 0 and var order
                    ? order
                    : string.CompareOrdinal(pool[other.Ticket].Id, pool[one.Ticket].Id)));
            var (least, lastId) = (double.NegativeInfinity, "");
            for (var kind = 0; kind < kinds.Count; kind++)
            {
                if (!kinds[kind].May(agent))
                {
                    continue;
                }

                foreach (var ticket in ticketsOfKind[kind])
                {
                    // All that is lost and of one priority is worth the same: of equals, too, only a lower id can drive one out.
                    var mostWorth = MostWorthOf(ticket, agent);
                    if (mostWorth < least || (mostWorth == least && string.CompareOrdinal(pool[ticket].Id, lastId) > 0)
                        || !IsFreeFor(ticket, agent))
                    {
                        continue;
                    }

                    var worth = WorthOf(ticket, agent);
                    if (best.Count < most)
                    {
                        best.Enqueue(ticket, (worth, ticket));
                    }
                    else
                    {
                        best.EnqueueDequeue(ticket, (worth, ticket));
                    }

                    if (best.Count == most && best.TryPeek(out _, out var worst))
                    {
                        (least, lastId) = (worst.Worth, pool[worst.Ticket].Id);
                    }
                }
            }

            return [.. best.UnorderedItems.Select(item => item.Element)];
        }

        /// <summary>
        /// What it costs to use each agent: for each skill, how few others with it are free, and how much the agent has worked already.
        /// </summary>
        private double[] CostsOfUse()
        {
            var costs = new double[agents.Length];
            if (tuning.Scarcity > 0 && Free.Count > 1)
            {
                foreach (var holders in staff.Holders)
                {
                    var free = 0;
                    foreach (var agent in holders)
                    {
                        free += agents[agent].HasRoomFor(1) ? 1 : 0;
                    }

                    foreach (var agent in holders)
                    {
                        costs[agent] += tuning.Scarcity / Math.Max(1, free);
                    }
                }
            }

            foreach (var agent in Free)
            {
                costs[agent] += tuning.Fairness * agents[agent].WorkedShare;
            }

            return costs;
        }
    }
}
