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
    private readonly DoneTicket[] works;
    private readonly Staff staff;
    private readonly List<PoolTicket> pool = [];
    private readonly List<int> poolTickets = [];
    private readonly SortedSet<(int Rank, int Ticket)> queue = [];
    private readonly IReadOnlyList<TicketDemand> demands;
    private readonly int[] waitingBySkill;
    private readonly AgentNow[] now;
    private int announced;

    private SimulationRun(SimulatedHelpdesk helpdesk, SimulatedPolicy policy, RouterTuning tuning)
    {
        this.helpdesk = helpdesk;
        this.policy = policy;
        this.tuning = tuning;
        desks = [.. Enumerable.Range(0, helpdesk.Speeds.Length).Select(_ => new Desk())];
        works = new DoneTicket[helpdesk.Tickets.Count];
        waitingBySkill = new int[helpdesk.ExpectedMinutes.Length];
        now = new AgentNow[desks.Length];
        staff = new Staff(helpdesk.Agents ?? [.. Enumerable.Range(0, desks.Length).Select(AgentOf)]);
        demands = helpdesk.Demands ?? [.. Enumerable.Range(0, waitingBySkill.Length).Select(DemandOf)];
    }

    /// <exception cref="InvalidOperationException">Nobody has what a ticket asks for.</exception>
    public static SimulatedOutcome Run(
        SimulatedHelpdesk helpdesk, SimulatedPolicy policy, RouterTuning tuning, CancellationToken cancellationToken) =>
        Run(helpdesk, policy, tuning, _ => { }, cancellationToken);

    /// <param name="tell">Hears after each ticket how many are done.</param>
    /// <exception cref="InvalidOperationException">Nobody has what a ticket asks for.</exception>
    public static SimulatedOutcome Run(
        SimulatedHelpdesk helpdesk, SimulatedPolicy policy, RouterTuning tuning, Action<int> tell, CancellationToken cancellationToken)
    {
        var run = new SimulationRun(helpdesk, policy, tuning);
        run.Play(tell, cancellationToken);
        return DoneTicket.Judge(helpdesk, policy, run.works, [.. run.desks.Select(desk => desk.Worked)]);
    }

    private Agent AgentOf(int agent) => new()
    {
        Id = agent.ToString("D4", CultureInfo.InvariantCulture),
        Skills = Enumerable.Range(0, helpdesk.ExpectedMinutes.Length).Where(skill => helpdesk.Has[agent][skill])
            .ToDictionary(SkillName, skill => helpdesk.Levels[agent][skill] > 1 ? 3 : Agent.HighestLevel),
    };

    private static TicketDemand DemandOf(int skill) => new() { RequiredSkills = [new SkillNeed(SkillName(skill), 1)] };

    private static string SkillName(int skill) => skill.ToString("D2", CultureInfo.InvariantCulture);

    private void Play(Action<int> tell, CancellationToken cancellationToken)
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
            cancellationToken.ThrowIfCancellationRequested();
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
                    tell(works.Length - left);
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
        waitingBySkill[one.SeenSkill]++;
        pool.Add(new PoolTicket
        {
            Id = ticket.ToString("D7", CultureInfo.InvariantCulture),
            Demand = demands[one.SeenSkill],
            Priority = TicketPriority.Urgent - one.Rank,
            MinutesLeft = one.ArrivesAt + one.TargetMinutes,
            TargetMinutes = one.TargetMinutes,
            ExpectedMinutes = helpdesk.ExpectedMinutes[one.SeenSkill],
        });
    }

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
        if (!CanGiveAny())
        {
            return;
        }

        for (var agent = 0; agent < desks.Length; agent++)
        {
            var desk = desks[agent];
            now[agent] = new AgentNow(!desk.IsAway, desk.Pile.Count, MostOf(agent), LeavesIn(agent, at), at > 0 ? desk.Worked / at : 0);
        }

        var given = AgentRouter.Match(pool, now, staff, tuning, at);
        foreach (var (ticket, agent) in given)
        {
            Take(agent, poolTickets[ticket], at);
            waitingBySkill[helpdesk.Tickets[poolTickets[ticket]].SeenSkill]--;
        }

        // From the last place on, so that what moves up into a place has been looked at.
        foreach (var place in given.Select(one => one.Ticket).OrderDescending())
        {
            (pool[place], poolTickets[place]) = (pool[^1], poolTickets[^1]);
            pool.RemoveAt(pool.Count - 1);
            poolTickets.RemoveAt(poolTickets.Count - 1);
        }
    }

    private int MostOf(int agent) => helpdesk.Agents is { } known ? known[agent].MostUnits : policy.Cap;

    /// <summary>
    /// Whether anybody with room may have anything of what waits. Where a group drowns and the others are idle, most moments change
    /// nothing, and the router would look through all that waits each time to find that.
    /// </summary>
    private bool CanGiveAny()
    {
        if (pool.Count == 0)
        {
            return false;
        }

        for (var agent = 0; agent < desks.Length; agent++)
        {
            if (desks[agent].IsAway || desks[agent].Pile.Count >= MostOf(agent))
            {
                continue;
            }

            for (var skill = 0; skill < waitingBySkill.Length; skill++)
            {
                if (waitingBySkill[skill] > 0 && helpdesk.Has[agent][skill])
                {
                    return true;
                }
            }
        }

        return false;
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
        works[desk.Pile[0]] = new DoneTicket(DoneAt: 0, desk.Left, agent);
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

        // What the agent has not begun waits again, as it does in the service.
        foreach (var waiting in desk.Pile.Skip(1))
        {
            Put(waiting);
        }

        desk.Pile.RemoveRange(1, desk.Pile.Count - 1);
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
        works[desk.Pile[0]] = works[desk.Pile[0]] with { DoneAt = at };
        desk.Pile.RemoveAt(0);
        desk.LastFinished = at;
        if (desk.Pile.Count > 0)
        {
            Begin(agent, at);
        }
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
