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

    [TestCase(0.85, 0.7)]
    [TestCase(0.95, 0.5)]
    [TestCase(1.02, 0.7)]
    public void The_router_breaks_fewer_promises_than_the_best_of_the_usual_policies(double load, double share)
    {
        var compared = Compare(new SimulationPlan { Load = load }, seeds: 2, caps: 1);

        var own = compared[0];
        var best = compared.Single(other => other.Policy == own.Best);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.BreachRate, Is.LessThan(share * best.BreachRate));
            Assert.That(own.BreachRateP1P2, Is.LessThanOrEqualTo(0.06));
            Assert.That(own.MaxWaitOverTarget, Is.LessThanOrEqualTo(5));
            Assert.That(own.Gini, Is.LessThanOrEqualTo(0.05));
            Assert.That(own.SkillMatch, Is.GreaterThanOrEqualTo(compared.Skip(1).Max(other => other.SkillMatch) - 0.005));
        }
    }

    [TestCase(0.75)]
    [TestCase(0.95)]
    [TestCase(1.02)]
    public void Against_what_helpdesks_usually_do_at_least_half_of_the_breaches_are_gone(double load)
    {
        var compared = Compare(new SimulationPlan { Load = load }, [SimulatedPolicy.All[0], .. SimulatedPolicy.Find("least-loaded-5")], seeds: 1);

        Assert.That(compared[0].BreachRate, Is.LessThan(0.5 * compared[1].BreachRate));
    }

    [TestCase("times wrong by 2", 0.95)]
    [TestCase("30 % wrong skills", 1.1)]
    public void In_trouble_it_is_never_worse_than_the_best_by_more_than_a_point(string trouble, double load)
    {
        var (_, plan) = StressCells.Of(new SimulationPlan()).Single(cell => cell.Name == trouble && cell.Plan.Load == load);

        var own = Compare(plan, seeds: 1, caps: 1)[0];

        Assert.That(own.DifferenceToBest?.Mean, Is.LessThanOrEqualTo(0.01));
    }

    [Test]
    [Explicit("It plays all of the forty under all policies and takes minutes.")]
    public void In_no_trouble_it_is_worse_than_the_best_by_more_than_a_point([Range(0, 39)] int cell)
    {
        var (name, plan) = StressCells.Of(new SimulationPlan())[cell];

        var own = Compare(plan, SimulatedPolicy.All, seeds: 10)[0];

        Assert.That(own.DifferenceToBest?.Mean, Is.LessThanOrEqualTo(0.01), name);
    }

    [TestCase(0.75, 0.7)]
    [TestCase(0.85, 0.7)]
    [TestCase(0.95, 0.5)]
    [TestCase(1.02, 0.7)]
    [Explicit("Ten seeds under all policies take minutes.")]
    public void The_whole_comparison_is_won_beyond_chance(double load, double share)
    {
        var compared = Compare(new SimulationPlan { Load = load }, SimulatedPolicy.All, seeds: 10);

        var own = compared[0];
        var best = compared.Single(other => other.Policy == own.Best);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.BreachRate, Is.LessThan(share * best.BreachRate));
            Assert.That(own.DifferenceToBest?.High, Is.LessThan(0));
            Assert.That(own.BreachRateP1P2, Is.LessThanOrEqualTo(0.06));
            Assert.That(own.MaxWaitOverTarget, Is.LessThanOrEqualTo(5));
            Assert.That(own.Gini, Is.LessThanOrEqualTo(0.05));
            Assert.That(own.SkillMatch, Is.GreaterThanOrEqualTo(best.SkillMatch - 0.005));
            Assert.That(
                own.BreachRate, Is.LessThan(0.5 * compared.Single(other => other.Policy.Name == "least-loaded-5").BreachRate));
        }
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

    private static IReadOnlyList<ComparedPolicy> Compare(SimulationPlan plan, int seeds, int caps) => Compare(
        plan,
        [SimulatedPolicy.All[0], .. SimulatedPolicy.All.Where(policy => policy.Kind != PolicyKind.This && policy.Cap <= caps)],
        seeds);

    private static IReadOnlyList<ComparedPolicy> Compare(SimulationPlan plan, IReadOnlyList<SimulatedPolicy> policies, int seeds) =>
        SimulationComparison.Compare(
            [.. Enumerable.Range(1, seeds).Select(seed => SimulationDraw.Draw(plan, seed))],
            policies,
            RouterTuning.Default,
            CancellationToken.None);
}
