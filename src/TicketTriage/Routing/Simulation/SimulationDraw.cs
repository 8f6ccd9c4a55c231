namespace TicketTriage.Routing.Simulation;

/// <summary>Draws a helpdesk from a seed: agents, absences, and the tickets of its days.</summary>
public static class SimulationDraw
{
    /// <summary>Time factors: a second skill, and no skill at all.</summary>
    private const double SecondSkill = 1.35;
    private const double NoSkill = 2;

    private static readonly double[] ShareByRank = [0.05, 0.15, 0.50, 0.30];
    private static readonly double[] TargetByRank = [120, 240, 480, 960];

    public static SimulatedHelpdesk Draw(SimulationPlan plan, int seed)
    {
        // Each part has its own source, so that another load leaves the agents as they were.
        var (levels, has) = DrawSkills(plan, new Random(seed));
        var random = new Random(unchecked((seed * 7919) + 1));
        var speeds = Enumerable.Range(0, plan.Agents)
            .Select(_ => Math.Clamp(1 + (plan.SpeedDeviation * Normal(random)), 0.6, 1.4)).ToArray();
        var aways = DrawAways(plan, new Random(unchecked((seed * 7919) + 2)));
        var expected = Enumerable.Range(0, plan.Skills)
            .Select(skill => plan.MeanMinutes * (skill % 2 == 0 ? plan.EstimateError : 1 / plan.EstimateError)).ToArray();
        var tickets = DrawTickets(plan, levels, has, speeds, aways, new Random(unchecked((seed * 7919) + 3)));
        return new SimulatedHelpdesk(tickets, levels, has, speeds, aways, expected);
    }

    private static (double[][] Levels, bool[][] Has) DrawSkills(SimulationPlan plan, Random random)
    {
        var levels = new double[plan.Agents][];
        var has = new bool[plan.Agents][];
        for (var agent = 0; agent < plan.Agents; agent++)
        {
            levels[agent] = Enumerable.Repeat(NoSkill, plan.Skills).ToArray();
            has[agent] = new bool[plan.Skills];
            var first = agent % plan.Skills;
            if (plan.HasLonelySkill && first == plan.Skills - 1 && agent >= plan.Skills)
            {
                first = random.Next(plan.Skills - 1);
            }

            levels[agent][first] = 1;
            has[agent][first] = true;
            for (var more = random.Next(1, 3); more > 0; more--)
            {
                var skill = random.Next(plan.HasLonelySkill ? plan.Skills - 1 : plan.Skills);
                if (!has[agent][skill])
                {
                    levels[agent][skill] = SecondSkill;
                    has[agent][skill] = true;
                }
            }
        }

        return (levels, has);
    }

    private static List<IReadOnlyList<Away>> DrawAways(SimulationPlan plan, Random random)
    {
        const int Day = SimulationPlan.MinutesOfDay;
        var aways = new List<IReadOnlyList<Away>>();

        // Far beyond the last ticket: what is left over is worked off under the same conditions.
        var days = plan.Days * 3;
        for (var agent = 0; agent < plan.Agents; agent++)
        {
            var own = new List<Away>();
            for (var day = 0; day < days; day++)
            {
                var (sick, meets, afternoon) = (random.NextDouble(), random.NextDouble(), random.Next(2) == 1);
                var isOut = day is 2 or 3 && agent < plan.MassSickness * plan.Agents;
                if (sick < plan.SickDays || isOut)
                {
                    own.Add(new Away(day * Day, (day + 1) * Day));
                }
                else if (meets < plan.HalfDayMeetings)
                {
                    var from = (day * Day) + (afternoon ? Day / 2 : 0);
                    own.Add(new Away(from, from + (Day / 2)));
                }
            }

            aways.Add(Joined(own));
        }

        return aways;
    }

    private static List<Away> Joined(List<Away> aways)
    {
        var joined = new List<Away>();
        foreach (var away in aways)
        {
            if (joined.Count > 0 && joined[^1].To >= away.From)
            {
                joined[^1] = joined[^1] with { To = away.To };
            }
            else
            {
                joined.Add(away);
            }
        }

        return joined;
    }

    private static List<TracedTicket> DrawTickets(
        SimulationPlan plan, double[][] levels, bool[][] has, double[] speeds, IReadOnlyList<IReadOnlyList<Away>> aways, Random random)
    {
        const int Day = SimulationPlan.MinutesOfDay;
        var end = plan.Days * Day;
        var atWork = aways.Sum(own => end - own.Where(away => away.From < end).Sum(away => Math.Min(away.To, end) - away.From));

        var count = (int)(plan.Load * atWork / (plan.MeanMinutes * speeds.Average() * MeanFactor(levels, has)));
        var bursts = plan.Burst == 0 ? 0 : (plan.Days - 1) / plan.DaysBetweenBursts;
        var scale = Math.Exp(-plan.Deviation * plan.Deviation / 2);
        var tickets = new List<TracedTicket>(count);
        for (var i = 0; i < count; i++)
        {
            var inBurst = i < bursts * plan.Burst;
            var burst = inBurst ? (i / plan.Burst) + 1 : 0;
            var arrives = inBurst
                ? (burst * plan.DaysBetweenBursts * Day) + 60 + (random.NextDouble() * 5)
                : (random.Next(plan.Days) * Day) + TimeOfDay(random);
            var skill = random.Next(plan.Skills);
            if (inBurst)
            {
                skill = burst % plan.Skills;
            }

            var rank = RankOf(random.NextDouble());
            var minutes = Math.Max(1, plan.MeanMinutes * scale * Math.Exp(plan.Deviation * Normal(random)));
            var wrong = random.NextDouble() < plan.WrongSkills;
            var seen = (skill + 1 + random.Next(Math.Max(1, plan.Skills - 1))) % plan.Skills;
            tickets.Add(new TracedTicket(arrives, rank, skill, wrong ? seen : skill, minutes, TargetByRank[rank]));
        }

        tickets.Sort((one, other) => one.ArrivesAt.CompareTo(other.ArrivesAt));
        return tickets;
    }

    /// <summary>
    /// How much longer than at full speed work takes where any who has the skill gets it. The usual policies come out at just that.
    /// </summary>
    private static double MeanFactor(double[][] levels, bool[][] has) =>
        levels.Zip(has, (level, own) => level.Where((_, skill) => own[skill]).Average()).Average();

    /// <summary>Half of the tickets spread over the day, a quarter around each of two peaks.</summary>
    private static double TimeOfDay(Random random)
    {
        const int Day = SimulationPlan.MinutesOfDay;
        var (kind, uniform, normal) = (random.NextDouble(), random.NextDouble(), Normal(random));
        return kind < 0.5 ? uniform * Day : Math.Clamp((kind < 0.75 ? Day * 0.25 : Day * 0.7) + (normal * 40), 0, Day - 0.001);
    }

    private static int RankOf(double draw)
    {
        var rank = 0;
        while (rank < ShareByRank.Length - 1 && draw >= ShareByRank[rank])
        {
            draw -= ShareByRank[rank];
            rank++;
        }

        return rank;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
