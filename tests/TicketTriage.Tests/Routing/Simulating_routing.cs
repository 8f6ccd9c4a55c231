using TicketTriage.Routing.Matching;
using TicketTriage.Routing.Simulation;

namespace TicketTriage.Tests.Routing;

public sealed class Simulating_routing
{
    private static readonly SimulationPlan Plan = new() { Agents = 12, Skills = 4, Days = 8, Load = 1.02 };

    [Test]
    public void The_same_seed_gives_the_same_days_and_the_same_outcome([Values] PolicyKind kind)
    {
        var policy = new SimulatedPolicy(kind, 1);

        var one = SimulationRun.Run(SimulationDraw.Draw(Plan, 3), policy, RouterTuning.Default);
        var other = SimulationRun.Run(SimulationDraw.Draw(Plan, 3), policy, RouterTuning.Default);

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
            Assert.That(SimulationRun.Run(With(1), SimulatedPolicy.All[0], RouterTuning.Default).BreachRate, Is.Zero);
            Assert.That(SimulationRun.Run(With(2000), SimulatedPolicy.All[0], RouterTuning.Default).BreachRate, Is.EqualTo(1));
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
