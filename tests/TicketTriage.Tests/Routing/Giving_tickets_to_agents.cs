using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Matching;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Tests.Routing;

public sealed class Giving_tickets_to_agents
{
    private static readonly RouterTuning Tuning = RouterTuning.Default;

    [Test]
    public void Never_to_an_absent_unskilled_or_full_agent([Range(1, 40)] int seed)
    {
        var draw = new Draw(new Random(seed));

        var given = AgentRouter.Match(draw.Pool, draw.Now, draw.Staff, Tuning);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(given.Select(one => one.Ticket), Is.Unique);
            Assert.That(given.Select(one => one.Agent), Is.Unique);
            foreach (var (ticket, agent) in given)
            {
                var now = draw.Now[agent];
                Assert.That(now.IsThere, Is.True);
                Assert.That(now.UsedUnits + draw.Staff.Agents[agent].UnitsOf(draw.Pool[ticket].Channel), Is.LessThanOrEqualTo(now.MostUnits));
                Assert.That(Staff.WhyNot(draw.Pool[ticket].Demand, draw.Staff.Agents[agent]), Is.Null);
                Assert.That(draw.Pool[ticket].NotAgain, Has.No.Member(draw.Staff.Agents[agent].Id));
            }
        }
    }

    [Test]
    public void Raising_the_urgency_never_delays_a_ticket([Range(1, 40)] int seed)
    {
        var draw = new Draw(new Random(seed));
        var before = AgentRouter.Match(draw.Pool, draw.Now, draw.Staff, Tuning).Select(one => one.Ticket).ToList();

        using (Assert.EnterMultipleScope())
        {
            foreach (var ticket in before.Where(ticket => draw.Pool[ticket].Priority != TicketPriority.Urgent))
            {
                var raised = draw.Pool.ToList();
                raised[ticket] = raised[ticket] with { Priority = raised[ticket].Priority + 1 };
                var after = AgentRouter.Match(raised, draw.Now, draw.Staff, Tuning);

                Assert.That(after.Select(one => one.Ticket), Has.Member(ticket));
            }
        }
    }

    [Test]
    public void Raising_the_urgency_never_delays_a_ticket_although_its_promise_shortens([Range(1, 40)] int seed)
    {
        double[] promised = [960, 960, 480, 240, 120];
        var draw = new Draw(new Random(seed));
        var lower = draw.Pool.Select(ticket => ticket with { TargetMinutes = promised[(int)ticket.Priority] }).ToList();
        var elapsed = 7 * seed;
        var before = AgentRouter.Match(lower, draw.Now, draw.Staff, Tuning, elapsed).Select(one => one.Ticket).ToList();

        using (Assert.EnterMultipleScope())
        {
            foreach (var ticket in before)
            {
                var raised = lower.ToList();
                while (raised[ticket] is { Priority: < TicketPriority.Urgent } now)
                {
                    var target = promised[(int)now.Priority + 1];
                    raised[ticket] = now with
                    {
                        Priority = now.Priority + 1,
                        TargetMinutes = target,
                        MinutesLeft = now.MinutesLeft - now.TargetMinutes + target,
                        RaisedFrom = [.. now.RaisedFrom, new LowerStanding(now.Priority, now.MinutesLeft, now.ExpectedMinutes)],
                    };
                    var after = AgentRouter.Match(raised, draw.Now, draw.Staff, Tuning, elapsed);

                    Assert.That(after.Select(one => one.Ticket), Has.Member(ticket), $"{now.Priority} raised by one.");
                }
            }
        }
    }

    [Test]
    public void A_ticket_that_is_late_by_being_raised_counts_as_it_did_before()
    {
        var staff = new Staff([AgentWith("a", ("x", 5))]);
        var late = Ticket("raised", left: -380);
        PoolTicket[] never = [late, Ticket("other", left: 300)];
        PoolTicket[] raised = [late with { RaisedFrom = [new LowerStanding(TicketPriority.Low, 100, 30)] }, Ticket("other", left: 300)];

        var given = new[] { never, raised }
            .Select(pool => AgentRouter.Match(pool, [new AgentNow(true, 0, 1)], staff, Tuning).Single().Ticket);

        Assert.That(given, Is.EqualTo([1, 0]));
    }

    [Test]
    public void Removing_an_agent_never_overloads_another([Range(1, 20)] int seed)
    {
        var draw = new Draw(new Random(seed));
        var gone = draw.Now.ToArray();
        gone[seed % gone.Length] = default;

        var given = AgentRouter.Match(draw.Pool, gone, draw.Staff, Tuning);

        Assert.That(given.All(one => gone[one.Agent].HasRoomFor(draw.Staff.Agents[one.Agent].UnitsOf(draw.Pool[one.Ticket].Channel))), Is.True);
    }

    [Test]
    public void Equal_input_gives_equal_choices_in_whatever_order_it_comes()
    {
        var draw = new Draw(new Random(7));
        var turned = draw.Pool.Reverse().ToList();

        var one = AgentRouter.Match(draw.Pool, draw.Now, draw.Staff, Tuning).Select(given => (draw.Pool[given.Ticket].Id, given.Agent));
        var other = AgentRouter.Match(turned, draw.Now, draw.Staff, Tuning).Select(given => (turned[given.Ticket].Id, given.Agent));

        Assert.That(other, Is.EquivalentTo(one));
    }

    [Test]
    public void Thirty_free_agents_get_of_two_thousand_tickets_what_looking_at_every_pair_would_give_them([Range(1, 6)] int seed)
    {
        var draw = new Draw(new Random(seed), agents: 60, free: 30, tickets: 2000);

        var given = AgentRouter.Match(draw.Pool, draw.Now, draw.Staff, Tuning, elapsedMinutes: 20 * seed);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draw.Now.Count(now => now.HasRoomFor(1)), Is.EqualTo(30));
            Assert.That(given, Is.EqualTo(PlainRouter.Match(draw.Pool, draw.Now, draw.Staff, Tuning, elapsed: 20 * seed)));
            Assert.That(given, Is.Not.Empty);
        }
    }

    [Test]
    public void A_lost_ticket_does_not_pull_down_one_that_can_be_in_time()
    {
        var staff = new Staff([AgentWith("a", ("x", 5))]);
        PoolTicket[] pool = [Ticket("lost", left: 2), Ticket("in time", left: 60)];

        var given = AgentRouter.Match(pool, [new AgentNow(true, 0, 1)], staff, Tuning);

        Assert.That(given, Is.EqualTo([new Assignment(1, 0)]));
    }

    [Test]
    public void The_one_who_alone_can_do_other_tickets_is_kept_for_them()
    {
        var staff = new Staff([AgentWith("scarce", ("x", 5), ("rare", 5)), AgentWith("plain", ("x", 5))]);

        var given = AgentRouter.Match([Ticket("t", left: 200)], [new(true, 0, 1), new(true, 0, 1)], staff, Tuning);

        Assert.That(given, Is.EqualTo([new Assignment(0, 1)]));
    }

    [Test]
    public void Between_equals_the_requesters_last_agent_gets_it()
    {
        var staff = new Staff([AgentWith("a", ("x", 5)), AgentWith("b", ("x", 5)), AgentWith("c", ("x", 5))]);
        AgentNow[] now = [new(true, 0, 1), new(true, 0, 1), new(true, 0, 1)];

        var given = AgentRouter.Match([Ticket("t", left: 200) with { LastAgent = "b" }], now, staff, Tuning);

        Assert.That(given, Is.EqualTo([new Assignment(0, 1)]));
    }

    [Test]
    public void Who_is_about_to_leave_gets_it_only_where_nobody_else_can()
    {
        var staff = new Staff([AgentWith("leaves", ("x", 5)), AgentWith("stays", ("x", 3))]);
        var pool = new[] { Ticket("t", left: 100) };

        var both = AgentRouter.Match(pool, [new(true, 0, 1, LeavesInMinutes: 10), new(true, 0, 1)], staff, Tuning);
        var alone = AgentRouter.Match(pool, [new(true, 0, 1, LeavesInMinutes: 10), default], staff, Tuning);

        Assert.That((both[0].Agent, alone[0].Agent), Is.EqualTo((1, 0)));
    }

    [Test]
    public void What_has_waited_far_too_long_goes_before_all()
    {
        var staff = new Staff([AgentWith("a", ("x", 5))]);
        PoolTicket[] pool =
        [
            Ticket("urgent", left: 60) with { Priority = TicketPriority.Urgent },
            Ticket("forgotten", left: -2000) with { Priority = TicketPriority.Low, TargetMinutes = 480 },
        ];

        var given = AgentRouter.Match(pool, [new AgentNow(true, 0, 1)], staff, Tuning);

        Assert.That(given, Is.EqualTo([new Assignment(1, 0)]));
    }

    [TestCase(30, 240, 45, ExpectedResult = true)]
    [TestCase(400, 240, 45, ExpectedResult = false)]
    [TestCase(5, 240, 45, ExpectedResult = false)]
    [TestCase(400, double.PositiveInfinity, 45, ExpectedResult = true)]
    public bool Work_is_handed_over_where_waiting_would_make_it_late_and_another_can_be_in_time(double left, double back,
        double expected) =>
        AgentRouter.ShouldHandOver(left, back, expected);

    [Test]
    public void A_matching_costs_the_least([Range(1, 30)] int seed)
    {
        var random = new Random(seed);
        var (rows, columns) = (random.Next(1, 6), random.Next(6, 8));
        var costs = Enumerable.Range(0, rows * columns).Select(_ => (double)random.Next(-20, 20)).ToArray();

        var matched = MinimumCostMatching.Solve(costs, rows, columns);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(matched, Is.Unique);
            Assert.That(
                matched.Index().Sum(pair => costs[(pair.Index * columns) + pair.Item]), Is.EqualTo(Least(costs, rows, columns, 0, 0)));
        }
    }

    /// <summary>By trying every way.</summary>
    private static double Least(double[] costs, int rows, int columns, int row, int taken) => row == rows
        ? 0
        : Enumerable.Range(0, columns).Where(column => (taken & (1 << column)) == 0)
            .Min(column => costs[(row * columns) + column] + Least(costs, rows, columns, row + 1, taken | (1 << column)));

    private static PoolTicket Ticket(string id, double left) => new()
    {
        Id = id,
        Demand = new TicketDemand { RequiredSkills = [new SkillNeed("x", 1)] },
        MinutesLeft = left,
        TargetMinutes = 480,
    };

    private static Agent AgentWith(string id, params (string Skill, int Level)[] skills) =>
        new() { Id = id, Skills = skills.ToDictionary(skill => skill.Skill, skill => skill.Level) };

    /// <summary>Any situation: some away, some full, some with the skill, tickets of all kinds.</summary>
    private sealed class Draw
    {
        public Draw(Random random)
        {
            string[] skills = ["a", "b", "c", "d"];
            Staff = new Staff([.. Enumerable.Range(0, 12).Select(agent => new Agent
            {
                Id = $"agent {agent}",
                Skills = skills.Where(_ => random.Next(2) == 0).ToDictionary(skill => skill, _ => random.Next(1, 6)),
                Languages = random.Next(3) == 0 ? ["de"] : [],
                Groups = random.Next(3) == 0 ? ["Billing"] : ["Billing", "Orders"],
                UnitsByChannel = random.Next(2) == 0 ? [] : new Dictionary<string, int> { ["email"] = random.Next(1, 4) },
            })]);
            Now = [.. Enumerable.Range(0, 12).Select(_ =>
                new AgentNow(random.Next(4) > 0, random.Next(3), random.Next(4), random.Next(3) == 0 ? 20
                    : double.PositiveInfinity, random.NextDouble()))];
            Pool = [.. Enumerable.Range(0, random.Next(1, 30)).Select(ticket => new PoolTicket
            {
                Id = $"ticket {ticket}",
                Demand = new TicketDemand
                {
                    RequiredSkills = [new SkillNeed(skills[random.Next(4)], random.Next(1, 4))],
                    Language = random.Next(3) == 0 ? "en" : null,
                    Group = random.Next(2) == 0 ? "Orders" : "Billing",
                },
                Priority = (TicketPriority)random.Next(1, 5),
                MinutesLeft = random.Next(-100, 900),
                TargetMinutes = 480,
                ExpectedMinutes = random.Next(5, 90),
                Channel = random.Next(2) == 0 ? "email" : "chat",
                NotAgain = random.Next(4) == 0 ? [$"agent {random.Next(12)}"] : [],
            })];
        }

        /// <summary>Many tickets, and few who are free; some tickets are lost, have starved, or know their last agent.</summary>
        public Draw(Random random, int agents, int free, int tickets)
            : this(random)
        {
            string[] skills = ["a", "b", "c", "d", "e", "f"];
            Staff = new Staff([.. Enumerable.Range(0, agents).Select(agent => new Agent
            {
                Id = $"agent {agent}",
                Skills = skills.Where(_ => random.Next(3) == 0).ToDictionary(skill => skill, _ => random.Next(1, 6)),
                Languages = random.Next(3) == 0 ? ["de"] : [],
                Groups = random.Next(3) == 0 ? ["Billing"] : ["Billing", "Orders"],
                UnitsByChannel = random.Next(4) == 0 ? new Dictionary<string, int> { ["chat"] = 2 } : [],
            })]);
            Now = [.. Enumerable.Range(0, agents).Select(agent => new AgentNow(
                true, agent % 2 == 0 && agent / 2 < free ? 1 : 3, 3, random.Next(3) == 0 ? 20 : double.PositiveInfinity, random.NextDouble()))];
            Pool = [.. Enumerable.Range(0, tickets).Select(ticket => new PoolTicket
            {
                Id = $"ticket {ticket}",
                Demand = new TicketDemand
                {
                    RequiredSkills = [new SkillNeed(skills[random.Next(skills.Length)], random.Next(1, 4))],
                    Language = random.Next(3) == 0 ? "en" : null,
                    Group = random.Next(2) == 0 ? "Orders" : "Billing",
                },
                Priority = (TicketPriority)random.Next(0, 5),
                MinutesLeft = random.Next(12) == 0 ? null : random.Next(400) == 0 ? -1500 : random.Next(-200, 900),
                TargetMinutes = 480,
                ExpectedMinutes = random.Next(5, 90),
                Channel = random.Next(2) == 0 ? "email" : "chat",
                LastAgent = random.Next(5) == 0 ? $"agent {random.Next(agents)}" : null,
                NotAgain = random.Next(9) == 0 ? [$"agent {random.Next(agents)}"] : [],
                RaisedFrom = random.Next(6) == 0
                    ? [new LowerStanding((TicketPriority)random.Next(0, 4), random.Next(-200, 900), random.Next(5, 90))]
                    : [],
            })];
        }

        public Staff Staff { get; }

        public IReadOnlyList<AgentNow> Now { get; }

        public IReadOnlyList<PoolTicket> Pool { get; }
    }
}
