using TicketTriage.Helpdesks;
using TicketTriage.Rehearsals;
using TicketTriage.Routing.Rules;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Rehearsals;

public sealed class BacktestTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly CompiledRules Now = Rules(("money", "billing/*", "Billing", null));

    [Test]
    public void It_tells_for_each_rule_how_many_would_change_and_to_what()
    {
        var tried = Rules(("refunds", "billing/refund", "Refunds", null), ("money", "billing/*", "Billing", null));
        var past = new[] { Past(1, "billing/refund"), Past(2, "billing/refund"), Past(3, "billing/invoice-wrong"), Past(4, "orders/late") };

        var report = Backtest.Run(past, Now, tried, CancellationToken.None);

        var refunds = report.Rules[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Tickets, report.Changed), Is.EqualTo((4, 2)));
            Assert.That(
                report.Rules.Select(rule => (rule.Rule, rule.Fires, rule.Changes)),
                Is.EqualTo([("refunds", 2, 2), ("money", 1, 0), ("fallback", 1, 0)]));
            Assert.That(refunds.Moves, Is.EqualTo([new GroupMove("Billing", "Refunds", 2)]));
            Assert.That(refunds.Samples, Is.EqualTo(["acme/1", "acme/2"]));
        }
    }

    [Test]
    public void The_group_that_a_ticket_was_really_routed_to_counts_before_what_the_rules_of_now_say()
    {
        var past = Past(1, "billing/refund") with { Group = "Leads" };

        var report = Backtest.Run([past], Now, Now, CancellationToken.None);

        Assert.That(report.Rules[0].Moves, Is.EqualTo([new GroupMove("Leads", "Billing", 1)]));
    }

    [Test]
    public void A_priority_that_is_raised_is_a_change_too()
    {
        var tried = Rules(("urgent money", "billing/*", "Billing", TicketPriority.Urgent));

        var report = Backtest.Run([Past(1, "billing/refund")], Now, tried, CancellationToken.None);

        Assert.That((report.Changed, report.Rules[0].Moves[0]), Is.EqualTo((1, new GroupMove("Billing", "Billing", 1))));
    }

    [Test]
    public void Sending_everything_to_one_agent_makes_everybody_wait()
    {
        var tried = Rules(("all", "*", "Small", null));
        var past = Enumerable.Range(0, 400).Select(number =>
            Past(number, number % 2 == 0 ? "billing/refund" : "orders/late") with { ArrivedAt = Monday.AddMinutes(number * 5) }).ToList();
        string[][] agents = [["Billing"], ["Billing"], ["Billing"], ["Support"], ["Support"], ["Support"], ["Small"]];

        var report = Backtest.Run(past, Now, tried, CancellationToken.None);
        var effect = BacktestSimulation.Run(report.Decisions, agents, [], expectedMinutes: 8, seed: 1)
            ?? throw new AssertionException("Nothing was played.");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(effect.After.MeanWaitMinutes, Is.GreaterThan(10 * effect.Before.MeanWaitMinutes));
            Assert.That(effect.After.BreachRate, Is.GreaterThan(effect.Before.BreachRate));
        }
    }

    [Test]
    public void Twice_as_many_agents_under_the_same_rules_let_nobody_wait_longer()
    {
        var past = Enumerable.Range(0, 400).Select(number => Past(number, "billing/refund") with { ArrivedAt = Monday.AddMinutes(number * 5) }).ToList();
        string[][] few = [["Billing"], ["Billing"]];
        string[][] many = [["Billing"], ["Billing"], ["Billing"], ["Billing"]];

        var report = Backtest.Run(past, Now, Now, CancellationToken.None);
        var effect = BacktestSimulation.Run(report.Decisions, few, many, expectedMinutes: 8, seed: 1)
            ?? throw new AssertionException("Nothing was played.");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Changed, effect.Agents, effect.AgentsAfter), Is.EqualTo((0, 2, 4)));
            Assert.That(effect.After.MeanWaitMinutes, Is.LessThan(effect.Before.MeanWaitMinutes / 2));
        }
    }

    private static PastDecision Past(int number, string intent) => new(
        new TicketId("acme", number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new RuleFacts { Intent = intent, IntentConfidence = 0.9, Priority = TicketPriority.Normal, At = Monday },
        Group: null,
        Monday);

    private static CompiledRules Rules(params (string Name, string Intent, string Group, TicketPriority? AtLeast)[] rules) =>
        CompiledRules.Compile(new RoutingPolicy
        {
            FallbackGroup = "Support",
            Rules = [.. rules.Select(rule => new TicketRule
            {
                Name = rule.Name,
                When = rule.Intent == "*"
                    ? new FieldTest(RuleField.Priority, null, RuleOperator.AtLeast) { Number = 1 }
                    : new FieldTest(RuleField.Intent, null, RuleOperator.Is) { Values = [rule.Intent] },
                Then = new RuleActions { Group = rule.Group, PriorityAtLeast = rule.AtLeast },
            })],
        });
}
