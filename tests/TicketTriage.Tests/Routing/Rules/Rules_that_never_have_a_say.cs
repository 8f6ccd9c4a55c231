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
