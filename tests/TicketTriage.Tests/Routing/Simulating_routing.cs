using TicketTriage.Agents;
using TicketTriage.Routing.Matching;
using TicketTriage.Routing.Rules;
using TicketTriage.Routing.Simulation;

namespace TicketTriage.Tests.Routing;

public sealed class Simulating_routing
{
    private static readonly SimulationPlan Plan = new() { Agents = 12, Skills = 4, Days = 8, Load = 1.02 };

    [Test]
    public void The_same_seed_gives_the_same_days_and_the_same_outcome([Values] PolicyKind kind)
    {
        var policy = new SimulatedPolicy(kind, 1);

        var one = SimulationRun.Run(SimulationDraw.Draw(Plan, 3), policy, RouterTuning.Default, CancellationToken.None);
        var other = SimulationRun.Run(SimulationDraw.Draw(Plan, 3), policy, RouterTuning.Default, CancellationToken.None);

        Assert.That(other, Is.EqualTo(one));
    }

    [Test]
    public void Another_load_leaves_the_agents_as_they_were()
    {
        var one = SimulationDraw.Draw(Plan, 3);
        var other = SimulationDraw.Draw(Plan with { Load = 0.5 }, 3);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(other.Has, Is.EqualTo(one.Has));
            Assert.That(other.Speeds, Is.EqualTo(one.Speeds));
            Assert.That(other.Aways, Is.EqualTo(one.Aways));
            Assert.That(other.Tickets, Has.Count.LessThan(one.Tickets.Count));
        }
    }

    [Test]
    public void Nobody_in_time_is_a_breach_rate_of_one_and_everybody_of_none()
    {
        SimulatedHelpdesk With(double minutes) => SimulationDraw.Draw(Plan with { Load = 0.3 }, 1) is var draw
            ? draw with { Tickets = [.. draw.Tickets.Select(ticket => ticket with { Minutes = minutes })] }
            : draw;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SimulationRun.Run(With(1), SimulatedPolicy.All[0], RouterTuning.Default, CancellationToken.None).BreachRate, Is.Zero);
            Assert.That(SimulationRun.Run(With(2000), SimulatedPolicy.All[0], RouterTuning.Default, CancellationToken.None).BreachRate, Is.EqualTo(1));
        }
    }

    [TestCase(0.85)]
    [TestCase(1.02)]
    public void The_router_breaks_fewer_promises_than_the_best_of_the_usual_policies(double load)
    {
        var plan = new SimulationPlan { Load = load };
        var draws = Enumerable.Range(1, 3).Select(seed => SimulationDraw.Draw(plan, seed)).ToList();
        SimulatedPolicy[] policies = [SimulatedPolicy.All[0], .. SimulatedPolicy.All
            .Where(policy => policy is { Cap: 1, Kind: not PolicyKind.This })];

        var own = SimulationComparison.Compare(draws, policies, RouterTuning.Default, CancellationToken.None)[0];

        var difference = own.DifferenceToBest ?? throw new AssertionException("There was no other policy.");
        Assert.That(own.BreachRate, Is.LessThan(0.7 * (own.BreachRate - difference.Mean)));
    }

    [Test]
    public void Where_one_group_drowns_and_the_others_are_idle_the_outcome_is_that_of_looking_at_every_pair_at_every_moment()
    {
        var random = new Random(5);
        var staff = new Staff([.. Enumerable.Range(0, 7).Select(agent => new Agent
        {
            Id = $"{agent}",
            Skills = agent == 0
                ? new Dictionary<string, int> { ["small"] = 5 }
                : new Dictionary<string, int> { ["large"] = 5, [agent % 2 == 0 ? "spare" : "large"] = 5 },
        })]);
        TicketDemand[] demands = [Asking("small"), Asking("large")];
        var helpdesk = new SimulatedHelpdesk(
            [.. Enumerable.Range(0, 3000).Select(ticket =>
            {
                var rank = random.Next(4);
                var skill = random.Next(40) == 0 ? 1 : 0;
                return new TracedTicket(ticket * 4, rank, skill, skill, 1 + (random.NextDouble() * 20), 120 << rank);
            })],
            [.. staff.Agents.Select(_ => new[] { 1.0, 1.0 })],
            [.. staff.Agents.Select((_, agent) => new[] { agent == 0, agent > 0 })],
            [.. staff.Agents.Select(_ => 1.0)],
            [.. staff.Agents.Select(_ => Array.Empty<Away>())],
            [10, 10])
        {
            Agents = staff.Agents,
            Demands = demands,
        };

        var played = SimulationRun.Run(helpdesk, SimulatedPolicy.All[0], RouterTuning.Default, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(played, Is.EqualTo(PlainRouter.Play(helpdesk, SimulatedPolicy.All[0], demands, staff)));
            Assert.That(played.BreachRate, Is.GreaterThan(0.5), "it drowned");
        }

        static TicketDemand Asking(string skill) => new() { RequiredSkills = [new SkillNeed(skill, 1)] };
    }

    [Test]
    public void A_policy_is_found_by_its_name_with_or_without_a_cap()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SimulatedPolicy.Find("this").Select(policy => policy.Name), Is.EqualTo(["this"]));
            Assert.That(SimulatedPolicy.Find("least-loaded").Select(policy => policy.Cap), Is.EqualTo([1, 2, 5]));
            Assert.That(SimulatedPolicy.Find("least-loaded-5").Select(policy => policy.Name), Is.EqualTo(["least-loaded-5"]));
            Assert.That(SimulatedPolicy.Find("best"), Is.Empty);
        }
    }

    [Test]
    public void An_interval_holds_what_students_t_says()
    {
        var interval = Interval.Of([1, 2, 3, 4, 5]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(interval.Mean, Is.EqualTo(3));
            Assert.That(interval.High - interval.Mean, Is.EqualTo(1.963).Within(0.001));
        }
    }
}
