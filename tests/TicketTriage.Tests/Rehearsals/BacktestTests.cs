using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Reading;
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

        Assert.That((report.Changed, report.Rules[0].Moves[0]), Is.EqualTo((1, new GroupMove("Billing", "Billing", 1, RouteParts.Priority))));
    }

    [TestCase("hold", RouteParts.Hold)]
    [TestCase("agent", RouteParts.Agent)]
    [TestCase("skill", RouteParts.Skills)]
    [TestCase("wish", RouteParts.Skills)]
    [TestCase("tag", RouteParts.Tags)]
    public void Whatever_else_a_rule_says_of_a_ticket_is_a_change_too(string what, RouteParts part)
    {
        var then = new RuleActions { Group = "Billing" };
        var tried = With(what switch
        {
            "hold" => then with { IsHeld = true },
            "agent" => then with { Agent = "Anna" },
            "skill" => then with { RequiredSkills = [new SkillNeed("refunds", 3)] },
            "wish" => then with { PreferredSkills = ["refunds"] },
            _ => then with { Tags = ["gold"] },
        });

        var report = Backtest.Run([Past(1, "billing/refund")], Now, tried, CancellationToken.None);

        Assert.That(report.Rules[0].Moves, Is.EqualTo([new GroupMove("Billing", "Billing", 1, part)]));
    }

    [Test]
    public void A_ticket_that_gives_orders_to_software_went_to_a_person_and_would_again()
    {
        var past = Past(1, "billing/refund");
        past = past with { Group = "Support", Facts = past.Facts with { Signals = [TicketWarnings.Instructions] } };

        var report = Backtest.Run([past], Now, Now, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Changed, Is.Zero);
            Assert.That(
                report.Rules.Select(rule => (rule.Rule, rule.Fires)), Is.EqualTo([("money", 0), ("fallback", 0), ("suspicion", 1)]));
        }
    }

    [Test]
    public void An_agent_of_whom_no_group_is_known_plays_in_all_of_them()
    {
        var past = Enumerable.Range(0, 60).Select(number => Past(number, "billing/refund") with { ArrivedAt = Monday.AddMinutes(number * 90) }).ToList();
        var report = Backtest.Run(past, Now, Now, CancellationToken.None);

        var effect = Play(report, Agents("Billing"), [new Agent { Id = "0" }]);

        Assert.That((effect.After, effect.NobodysAfter), Is.EqualTo((effect.Before, 0)));
    }

    [Test]
    public void Skills_languages_and_what_somebody_may_have_at_once_are_played()
    {
        var past = Enumerable.Range(0, 200).Select(number => Past(number, "billing/refund") with { ArrivedAt = Monday.AddMinutes(number * 20) })
            .Select(one => one with { Facts = one.Facts with { Language = "de" } }).ToList();
        var report = Backtest.Run(
            past, Now, With(new RuleActions { Group = "Billing", RequiredSkills = [new SkillNeed("refunds", 1)] }), CancellationToken.None);
        var able = new Agent { Id = "able", Groups = ["Billing"], Languages = ["de"], Skills = new Dictionary<string, int> { ["refunds"] = 5 } };
        var slow = able with { Id = "slow", Skills = new Dictionary<string, int> { ["refunds"] = 1 } };
        var foreign = able with { Id = "foreign", Languages = ["en"] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Play(report, [able], []).NobodysAfter, Is.Zero);
            Assert.That(Play(report, [foreign], []).NobodysAfter, Is.EqualTo(200), "nobody writes German");
            Assert.That(Play(report, [able with { Skills = new Dictionary<string, int>() }], []) is { NobodysBefore: 0, NobodysAfter: 200 }, Is.True);
            Assert.That(
                Play(report, [slow], []).After.MeanMinutes, Is.EqualTo(2 * Play(report, [able], []).After.MeanMinutes).Within(0.001));
            Assert.That(
                Play(report, [able, slow with { MostUnits = 0 }], []), Is.EqualTo(Play(report, [able], [])), "who may have none is not there");
            Assert.That(
                Play(report, [able with { MostUnits = 5 }, slow], []).After, Is.Not.EqualTo(Play(report, [able, slow], []).After));
        }
    }

    [Test]
    public void A_play_tells_how_far_it_is_and_stops_when_it_is_told_to()
    {
        var past = Enumerable.Range(0, 50).Select(number => Past(number, "billing/refund") with { ArrivedAt = Monday.AddMinutes(number) }).ToList();
        var report = Backtest.Run(past, Now, Now, CancellationToken.None);
        var told = new List<int>();
        using var stopping = new CancellationTokenSource();

        Play(report, Agents("Billing"), [], told.Add);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo(Enumerable.Range(1, 100)));
            Assert.That(
                () => BacktestSimulation.Run(report.Decisions, Agents("Billing"), [], 8, 1, done =>
                {
                    told.Add(1000 + done);
                    stopping.Cancel();
                }, stopping.Token),
                Throws.InstanceOf<OperationCanceledException>());
            Assert.That(told[^1], Is.EqualTo(1001), "after the ticket under way");
        }
    }

    [Test]
    public void Sending_everything_to_one_agent_makes_everybody_wait()
    {
        var tried = Rules(("all", "*", "Small", null));
        var past = Enumerable.Range(0, 400).Select(number =>
            Past(number, number % 2 == 0 ? "billing/refund" : "orders/late") with { ArrivedAt = Monday.AddMinutes(number * 5) }).ToList();
        var agents = Agents("Billing", "Billing", "Billing", "Support", "Support", "Support", "Small");

        var report = Backtest.Run(past, Now, tried, CancellationToken.None);
        var effect = Play(report, agents, []);

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
        var few = Agents("Billing", "Billing");
        var many = Agents("Billing", "Billing", "Billing", "Billing");

        var report = Backtest.Run(past, Now, Now, CancellationToken.None);
        var effect = Play(report, few, many);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Changed, effect.Agents, effect.AgentsAfter), Is.EqualTo((0, 2, 4)));
            Assert.That(effect.After.MeanWaitMinutes, Is.LessThan(effect.Before.MeanWaitMinutes / 2));
        }
    }

    private static Agent[] Agents(params string[] groups) =>
        [.. groups.Index().Select(group => new Agent { Id = $"{group.Index:D2}", Groups = [group.Item] })];

    private static BacktestEffect Play(BacktestReport report, Agent[] agents, Agent[] tried, Action<int>? tell = null) =>
        BacktestSimulation.Run(report.Decisions, agents, tried, expectedMinutes: 8, seed: 1, tell ?? (_ => { }), CancellationToken.None)
        ?? throw new AssertionException("Nothing was played.");

    private static CompiledRules With(RuleActions then) => CompiledRules.Compile(new RoutingPolicy
    {
        FallbackGroup = "Support",
        Rules = [new TicketRule { Name = "money", When = new FieldTest(RuleField.Intent, null, RuleOperator.Is) { Values = ["billing/*"] }, Then = then }],
    });

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
