using System.Globalization;
using System.Runtime.InteropServices;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Matching;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Routing.Simulation;

/// <summary>Plays a drawn helpdesk under one policy, event by event, until every ticket is done.</summary>
public sealed class SimulationRun
{
    private readonly SimulatedHelpdesk helpdesk;
    private readonly SimulatedPolicy policy;
    private readonly RouterTuning tuning;
    private readonly PriorityQueue<Event, (double At, int Order)> events = new();
    private readonly Desk[] desks;
    private readonly Work[] works;
    private readonly Staff staff;
    private readonly List<PoolTicket> pool = [];
    private readonly List<int> poolTickets = [];
    private readonly SortedSet<(int Rank, int Ticket)> queue = [];
    private readonly AgentNow[] now;
    private int announced;

    private SimulationRun(SimulatedHelpdesk helpdesk, SimulatedPolicy policy, RouterTuning tuning)
    {
        this.helpdesk = helpdesk;
        this.policy = policy;
        this.tuning = tuning;
        desks = [.. Enumerable.Range(0, helpdesk.Speeds.Length).Select(_ => new Desk())];
        works = new Work[helpdesk.Tickets.Count];
        now = new AgentNow[desks.Length];
        staff = new Staff([.. Enumerable.Range(0, desks.Length).Select(AgentOf)]);
    }

    public static SimulatedOutcome Run(SimulatedHelpdesk helpdesk, SimulatedPolicy policy, RouterTuning tuning)
    {
        var run = new SimulationRun(helpdesk, policy, tuning);
        run.Play();
        return run.Judge();
    }

    private Agent AgentOf(int agent) => new()
    {
        Id = agent.ToString("D4", CultureInfo.InvariantCulture),
        Skills = Enumerable.Range(0, helpdesk.ExpectedMinutes.Length).Where(skill => helpdesk.Has[agent][skill])
            .ToDictionary(SkillName, skill => helpdesk.Levels[agent][skill] > 1 ? 3 : Agent.HighestLevel),
    };

    private static string SkillName(int skill) => skill.ToString("D2", CultureInfo.InvariantCulture);

    private void Play()
    {
        for (var ticket = 0; ticket < helpdesk.Tickets.Count; ticket++)
        {
            Announce(helpdesk.Tickets[ticket].ArrivesAt, new Event(EventKind.Arrives, ticket));
        }

        for (var agent = 0; agent < desks.Length; agent++)
        {
            foreach (var away in helpdesk.Aways[agent])
            {
                Announce(away.From, new Event(EventKind.Leaves, agent));
                Announce(away.To, new Event(EventKind.Returns, agent));
            }
        }

        var left = works.Length;
        while (left > 0 && events.TryDequeue(out var next, out var at))
        {
            switch (next.Kind)
            {
                case EventKind.Arrives:
                    Put(next.Number);
                    break;
                case EventKind.Leaves:
                    Leave(next.Number, at.At);
                    break;
                case EventKind.Returns:
                    desks[next.Number].IsAway = false;
                    Resume(next.Number, at.At);
                    break;
                case EventKind.Finishes when next.Version == desks[next.Number].Version:
                    Finish(next.Number, at.At);
                    left--;
                    break;
                case EventKind.Finishes:
                    continue;
            }

            // What happens in the same instant is seen together.
            if (!events.TryPeek(out _, out var following) || following.At > at.At)
            {
                Give(at.At);
            }
        }

        if (left > 0)
        {
            throw new InvalidOperationException($"{left} tickets ask for a skill that nobody has; give the simulation more agents.");
        }
    }

    private void Put(int ticket)
    {
        if (policy.Kind != PolicyKind.This)
        {
            queue.Add((helpdesk.Tickets[ticket].Rank, ticket));
            return;
        }

        var one = helpdesk.Tickets[ticket];
        poolTickets.Add(ticket);
        pool.Add(new PoolTicket
        {
            Id = ticket.ToString("D7", CultureInfo.InvariantCulture),
            Demand = Demands[one.SeenSkill],
            Priority = TicketPriority.Urgent - one.Rank,
            MinutesLeft = one.ArrivesAt + one.TargetMinutes,
            TargetMinutes = one.TargetMinutes,
            ExpectedMinutes = helpdesk.ExpectedMinutes[one.SeenSkill],
        });
    }

    private TicketDemand[] Demands => field ??= [.. Enumerable.Range(0, helpdesk.ExpectedMinutes.Length)
        .Select(skill => new TicketDemand { RequiredSkills = [new SkillNeed(SkillName(skill), 1)] })];

    private void Give(double at)
    {
        if (policy.Kind == PolicyKind.This)
        {
            GiveByRouter(at);
            return;
        }

        var given = new List<(int Rank, int Ticket)>();
        foreach (var waiting in queue)
        {
            if (!Array.Exists(desks, desk => !desk.IsAway && desk.Pile.Count < policy.Cap))
            {
                break;
            }

            if (FindByPolicy(helpdesk.Tickets[waiting.Ticket].SeenSkill) is var agent and >= 0)
            {
                given.Add(waiting);
                Take(agent, waiting.Ticket, at);
            }
        }

        queue.ExceptWith(given);
    }

    private void GiveByRouter(double at)
    {
        if (pool.Count == 0)
        {
            return;
        }

        for (var agent = 0; agent < desks.Length; agent++)
        {
            var desk = desks[agent];
            now[agent] = new AgentNow(!desk.IsAway, desk.Pile.Count, policy.Cap, LeavesIn(agent, at), at > 0 ? desk.Worked / at : 0);
        }

        var taken = new HashSet<int>();
        foreach (var (ticket, agent) in AgentRouter.Match(pool, now, staff, tuning, at))
        {
            Take(agent, poolTickets[ticket], at);
            taken.Add(ticket);
        }

        for (var place = pool.Count - 1; place >= 0 && taken.Count > 0; place--)
        {
            if (taken.Remove(place))
            {
                (pool[place], poolTickets[place]) = (pool[^1], poolTickets[^1]);
                pool.RemoveAt(pool.Count - 1);
                poolTickets.RemoveAt(poolTickets.Count - 1);
            }
        }
    }

    private double LeavesIn(int agent, double at)
    {
        var aways = helpdesk.Aways[agent];
        var desk = desks[agent];
        while (desk.NextAway < aways.Count && aways[desk.NextAway].From <= at)
        {
            desk.NextAway++;
        }

        // Sick days aren't known before; half-day meetings stand in the calendar.
        return desk.NextAway < aways.Count && aways[desk.NextAway] is var away && away.To - away.From < SimulationPlan.MinutesOfDay
            ? away.From - at
            : double.PositiveInfinity;
    }

    private int FindByPolicy(int skill)
    {
        var best = -1;
        for (var agent = 0; agent < desks.Length; agent++)
        {
            if (desks[agent].IsAway || desks[agent].Pile.Count >= policy.Cap || !helpdesk.Has[agent][skill])
            {
                continue;
            }

            if (best < 0 || RankOf(desks[agent]).CompareTo(RankOf(desks[best])) < 0)
            {
                best = agent;
            }
        }

        return best;
    }

    private (double First, double Second) RankOf(Desk desk) => policy.Kind switch
    {
        PolicyKind.RoundRobin => (desk.LastGiven, 0),
        PolicyKind.LeastLoaded => (desk.Pile.Count, desk.LastGiven),
        PolicyKind.LongestIdle => (desk.Pile.Count == 0 ? 0 : 1, desk.LastFinished),
        PolicyKind.FirstMatch or PolicyKind.This => (0, 0),
    };

    private void Take(int agent, int ticket, double at)
    {
        var desk = desks[agent];
        desk.Pile.Add(ticket);
        desk.LastGiven = at;
        if (desk.Pile.Count == 1)
        {
            Begin(agent, at);
        }
    }

    private void Begin(int agent, double at)
    {
        var desk = desks[agent];
        var ticket = helpdesk.Tickets[desk.Pile[0]];
        desk.Left = ticket.Minutes * helpdesk.Levels[agent][ticket.Skill] * helpdesk.Speeds[agent];
        works[desk.Pile[0]].Minutes = desk.Left;
        Resume(agent, at);
    }

    private void Resume(int agent, double at)
    {
        var desk = desks[agent];
        if (desk.Pile.Count == 0 || desk.IsAway)
        {
            return;
        }

        desk.Since = at;
        desk.Version++;
        Announce(at + desk.Left, new Event(EventKind.Finishes, agent, desk.Version));
    }

    private void Leave(int agent, double at)
    {
        var desk = desks[agent];
        desk.IsAway = true;
        if (desk.Pile.Count == 0)
        {
            return;
        }

        desk.Worked += at - desk.Since;
        desk.Left -= at - desk.Since;
        desk.Version++;
        if (policy.Kind != PolicyKind.This)
        {
            return;
        }

        var ticket = desk.Pile[0];
        var one = helpdesk.Tickets[ticket];
        var back = helpdesk.Aways[agent].First(away => away.From <= at && at < away.To).To - at;
        var canAnother = Enumerable.Range(0, desks.Length).Any(other => other != agent && !desks[other].IsAway
            && helpdesk.Has[other][one.SeenSkill]);
        if (canAnother && AgentRouter.ShouldHandOver(one.ArrivesAt + one.TargetMinutes - at, back, helpdesk.ExpectedMinutes[one.SeenSkill]))
        {
            desk.Pile.RemoveAt(0);
            Put(ticket);
        }
    }

    private void Finish(int agent, double at)
    {
        var desk = desks[agent];
        desk.Worked += at - desk.Since;
        desk.Version++;
        works[desk.Pile[0]].DoneAt = at;
        works[desk.Pile[0]].Agent = agent;
        desk.Pile.RemoveAt(0);
        desk.LastFinished = at;
        if (desk.Pile.Count > 0)
        {
            Begin(agent, at);
        }
    }

    private SimulatedOutcome Judge()
    {
        int late = 0, urgent = 0, lateUrgent = 0, low = 0, lateLow = 0, fits = 0;
        double longest = 0, waited = 0, worked = 0;
        for (var ticket = 0; ticket < works.Length; ticket++)
        {
            var (one, work) = (helpdesk.Tickets[ticket], works[ticket]);
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
            worked += work.Minutes;
        }

        double Share(int part, int whole) => whole == 0 ? 0 : part / (double)whole;
        return new SimulatedOutcome(
            policy,
            Share(late, works.Length),
            Share(lateUrgent, urgent),
            Share(lateLow, low),
            Share(fits, works.Length),
            GiniOf([.. desks.Select(desk => desk.Worked)]),
            longest,
            waited / Math.Max(1, works.Length),
            worked / Math.Max(1, works.Length));
    }

    private static double GiniOf(double[] values)
    {
        Array.Sort(values);
        var sum = values.Sum();
        var weighted = values.Index().Sum(value => (value.Index + 1) * value.Item);
        return sum == 0 ? 0 : (2 * weighted / (values.Length * sum)) - ((values.Length + 1.0) / values.Length);
    }

    private void Announce(double at, Event one) => events.Enqueue(one, (at, announced++));

    private enum EventKind
    {
        Arrives = 0,
        Leaves,
        Returns,
        Finishes,
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Event(EventKind Kind, int Number, int Version = 0);

    [StructLayout(LayoutKind.Auto)]
    private struct Work
    {
        public double DoneAt;
        public double Minutes;
        public int Agent;
    }

    /// <summary>An agent with what he has; the first of the pile is being worked on.</summary>
    private sealed class Desk
    {
        public List<int> Pile { get; } = [];

        public bool IsAway { get; set; }

        /// <summary>What is left to do of the first ticket, in minutes.</summary>
        public double Left { get; set; }

        public double Since { get; set; }

        public double Worked { get; set; }

        public double LastGiven { get; set; }

        public double LastFinished { get; set; }

        /// <summary>Grows as the announced end of work becomes a wrong one.</summary>
        public int Version { get; set; }

        public int NextAway { get; set; }
    }
}
