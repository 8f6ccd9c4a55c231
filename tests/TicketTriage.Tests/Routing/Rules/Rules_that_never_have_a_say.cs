using TicketTriage.Agents;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Rules;

namespace TicketTriage.Tests.Routing.Rules;

public sealed class Rules_that_never_have_a_say
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Test]
    public void Conditions_that_contradict_each_other_never_fire()
    {
        var found = Find(Rule("a", "Billing",
            new AllOf([Asks(RuleField.Language, "de"), new NoneOf([Asks(RuleField.Language, "de", "en")])])));

        Assert.That(found, Is.EqualTo(["Rule “a” can never fire: its conditions contradict each other."]));
    }

    [Test]
    public void Two_tags_at_once_are_no_contradiction() =>
        Assert.That(Find(Rule("a", "Billing", new AllOf([Asks(RuleField.Tags, "vip"), Asks(RuleField.Tags, "gold")]))), Is.Empty);

    [Test]
    public void A_narrower_rule_below_a_wider_one_is_shadowed()
    {
        var found = Find(
            Rule("wide", "Billing", Asks(RuleField.Intent, "billing/*")),
            Rule("narrow", "Billing", new AllOf([Asks(RuleField.Intent, "billing/refund"), Asks(RuleField.Language, "de")])));

        Assert.That(found, Is.EqualTo(["Rule “narrow” is shadowed: rule “wide” above it takes every ticket that it would take."]));
    }

    [Test]
    public void The_same_tickets_to_two_groups_contradict()
    {
        var found = Find(
            Rule("one", "Billing", Asks(RuleField.Intent, "billing/refund", "billing/invoice-wrong")),
            Rule("two", "Orders", Asks(RuleField.Intent, "billing/invoice-wrong", "billing/refund")));

        Assert.That(found, Has.One.StartsWith("Rule “two” contradicts rule “one”"));
    }

    [Test]
    public void A_wider_rule_below_a_narrower_one_has_its_say() =>
        Assert.That(
            Find(
                Rule("narrow", "A", new AllOf([Asks(RuleField.Intent, "billing/refund"), Asks(RuleField.Language, "de")])),
                Rule("wide", "B", Asks(RuleField.Intent, "billing/*"))),
            Is.Empty);

    [Test]
    public void A_rule_that_only_adds_shadows_nobody() =>
        Assert.That(
            Find(
                Rule("adds", null, Asks(RuleField.Intent, "billing/*")),
                Rule("decides", "B", Asks(RuleField.Intent, "billing/refund"))),
            Is.Empty);

    [Test]
    public void A_rule_whose_time_is_over_is_named()
    {
        var old = Rule("summer", "A", Asks(RuleField.Language, "de")) with { Until = new DateOnly(2026, 9, 1) };

        Assert.That(Find(old), Is.EqualTo(["Rule “summer” can never fire any more: it ended on 2026-09-01."]));
    }

    [Test]
    public void A_rule_that_comes_first_by_its_own_word_is_not_shadowed()
    {
        var wide = Rule("wide", "Billing", Asks(RuleField.Intent, "billing/*"));
        var narrow = Rule("narrow", "Refunds", Asks(RuleField.Intent, "billing/refund"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Find(wide, narrow), Is.Not.Empty);
            Assert.That(Find(wide, narrow with { Before = ["wide"] }), Is.Empty);
        }
    }

    [TestCase(null, 0.3, false)]
    [TestCase(null, 0.5, true)]
    [TestCase(0.9, null, false)]
    [TestCase(0.2, 0.3, true)]
    public void A_rule_that_takes_less_sure_intents_than_the_one_above_has_its_say(double? upper, double? lower, bool isShadowed)
    {
        var found = Find(
            Rule("upper", "Billing", Asks(RuleField.Intent, "billing/*")) with { MinConfidence = upper },
            Rule("lower", "Billing", Asks(RuleField.Intent, "billing/refund")) with { MinConfidence = lower });

        Assert.That(found, isShadowed ? Has.One.StartsWith("Rule “lower” is shadowed") : Is.Empty);
    }

    [Test]
    public void How_sure_an_intent_has_to_be_matters_to_no_rule_that_asks_for_none() =>
        Assert.That(
            Find(
                Rule("upper", "A", Asks(RuleField.Language, "de")) with { MinConfidence = 0.9 },
                Rule("lower", "A", new AllOf([Asks(RuleField.Language, "de"), Asks(RuleField.Tags, "vip")])) with { MinConfidence = 0.1 }),
            Has.One.StartsWith("Rule “lower” is shadowed"));

    [TestCase(TicketPriority.High, 0)]
    [TestCase(null, 1)]
    public void A_rule_below_one_that_raises_priorities_may_see_what_the_one_above_it_did_not(TicketPriority? raised, int warnings)
    {
        var found = Find(
            Rule("upper", "Leads", AtLeastHigh),
            Rule("raises", null, Asks(RuleField.Tags, "vip")) with { Then = new RuleActions { PriorityAtLeast = raised, Tags = ["seen"] } },
            Rule("lower", "Leads", new AllOf([AtLeastHigh, Asks(RuleField.Language, "de")])));

        Assert.That(found, Has.Exactly(warnings).Items);
    }

    [Test]
    public void A_low_priority_that_is_asked_for_below_was_low_above_too() =>
        Assert.That(
            Find(
                Rule("upper", "Later", AtLeastHigh with { Operator = RuleOperator.AtMost }),
                Rule("raises", null, Asks(RuleField.Tags, "vip")) with { Then = new RuleActions { PriorityAtLeast = TicketPriority.Normal } },
                Rule("lower", "Later", Asks(RuleField.Priority, "low"))),
            Has.One.StartsWith("Rule “lower” is shadowed"));

    [TestCase("unclear", 0, 0)]
    [TestCase("unclear", 1, 1)]
    [TestCase("billing/refund", 0, 1)]
    [TestCase("billing/refund", 1, 0)]
    public void An_intent_that_is_unclear_counts_as_one_that_does_not_exist(string intent, int exists, int warnings) =>
        Assert.That(
            Find(Rule("a", "A", new AllOf(
                [Asks(RuleField.Intent, intent), new FieldTest(RuleField.Intent, null, RuleOperator.Exists) { Number = exists }]))),
            Has.Exactly(warnings).Items);

    [Test]
    public void A_rule_of_which_nobody_has_all_that_it_asks_for_is_named_where_the_agents_are_known()
    {
        Agent[] staff =
        [
            new() { Id = "1", Name = "Anna", Groups = ["Billing"], Skills = new Dictionary<string, int> { ["refunds"] = 3 } },
            new() { Id = "2", Name = "Ben", Groups = ["Orders"], Skills = new Dictionary<string, int> { ["refunds"] = 5 } },
        ];
        TicketRule With(string name, RuleActions then) => Rule(name, null, Asks(RuleField.Tags, name)) with { Then = then };
        RoutingPolicy policy = new()
        {
            FallbackGroup = "Support",
            Rules =
            [
                With("well", new RuleActions { Group = "Billing", RequiredSkills = [new SkillNeed("refunds", 3)] }),
                With("elsewhere", new RuleActions { Group = "Billing", Agent = "Ben" }),
                With("too high", new RuleActions { Group = "Billing", RequiredSkills = [new SkillNeed("refunds", 4)] }),
                With("group alone", new RuleActions { Group = "Leads" }),
            ],
        };

        var found = RuleLint.Find(policy, new KnownNames { Staff = staff }, Today);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Select(fault => fault.Reason), Is.EqualTo(
            [
                "Rule “elsewhere” can be given to nobody: agent Ben is not in the group Billing. Its tickets would wait for ever.",
                "Rule “too high” can be given to nobody: no agent of the group Billing has refunds at level 4. Its tickets would wait for ever.",
            ]));
            Assert.That(found.All(fault => fault.IsWarning), Is.True);
            Assert.That(RuleLint.Find(policy, new KnownNames(), Today), Is.Empty);
        }
    }

    private static FieldTest AtLeastHigh => new(RuleField.Priority, null, RuleOperator.AtLeast) { Number = (int)TicketPriority.High };

    private static IReadOnlyList<string> Find(params TicketRule[] rules)
    {
        var faults = RuleLint.Find(new RoutingPolicy { FallbackGroup = "Support", Rules = rules }, new KnownNames(), Today);
        Assert.That(faults.All(fault => fault.IsWarning), Is.True);
        return [.. faults.Select(fault => fault.Reason)];
    }

    private static FieldTest Asks(RuleField field, params string[] values) => new(field, null, RuleOperator.Is) { Values = values };

    private static TicketRule Rule(string name, string? group, Condition when) =>
        new() { Name = name, When = when, Then = new RuleActions { Group = group, Tags = group is null ? ["seen"] : [] } };
}
