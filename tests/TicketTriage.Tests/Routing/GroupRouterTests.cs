using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Routing;
using TicketTriage.Routing.Rules;
using TicketTriage.Tests.Understanding;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Routing;

public sealed class GroupRouterTests
{
    private static readonly PriorityChoice Normal = new(TicketPriority.Normal, 1, []);
    private static readonly RoutingOptions Shipped = new() { Rules = [.. RoutingOptions.ShippedRules] };

    [TestCase("billing/refund", ExpectedResult = "Billing")]
    [TestCase("orders/late", ExpectedResult = "Orders")]
    [TestCase("booking/request", ExpectedResult = "Reservations")]
    [TestCase("technical/error", ExpectedResult = "Technical")]
    [TestCase("account/login", ExpectedResult = "Technical")]
    [TestCase("account/cancel", ExpectedResult = "Customer Care")]
    [TestCase("feedback/complaint", ExpectedResult = "Customer Care")]
    [TestCase("sales/question", ExpectedResult = "Support")]
    [TestCase("unclear", ExpectedResult = "Support")]
    public string The_shipped_rules_send_each_branch_to_its_group(string intent) =>
        Choose(AnUnderstanding.Of(intent), Normal, Shipped).Group;

    [TestCase(UrgencySignals.WantsPerson)]
    [TestCase(UrgencySignals.Legal)]
    public void Who_asks_for_a_person_or_names_the_law_gets_customer_care_however_unclear_the_rest(string signal)
    {
        var route = Choose(AnUnderstanding.Of("unclear", confidence: 0, signals: signal), Normal, Shipped);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(route.Group, Is.EqualTo("Customer Care"));
            Assert.That(route.Rule, Is.EqualTo("a person is asked for"));
            Assert.That(route.Reasons, Is.EqualTo([$"Rule “a person is asked for”: signal {signal}."]));
        }
    }

    [Test]
    public void The_first_rule_that_fits_decides()
    {
        var rules = new RoutingOptions
        {
            Rules =
            [
                new RoutingRule { Name = "german refunds", Intents = ["billing/refund"], Languages = ["de"], Group = "Erstattungen" },
                new RoutingRule { Name = "urgent money", Intents = ["billing/*"], Priorities = [TicketPriority.Urgent], Group = "Leads" },
                new RoutingRule { Name = "money", Intents = ["billing/*"], Group = "Billing" },
            ],
        };
        var german = AnUnderstanding.Of("billing/refund", language: "de");
        var english = AnUnderstanding.Of("billing/refund");
        var urgent = Normal with { Value = TicketPriority.Urgent };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Choose(german, Normal, rules).Rule, Is.EqualTo("german refunds"));
            Assert.That(Choose(english, urgent, rules).Rule, Is.EqualTo("urgent money"));
            Assert.That(Choose(english, Normal, rules).Rule, Is.EqualTo("money"));
        }
    }

    [Test]
    public void The_reason_names_the_rule_and_what_it_met()
    {
        var route = Choose(AnUnderstanding.Of("billing/refund", confidence: 0.83), Normal, Shipped);

        Assert.That(route.Reasons, Is.EqualTo(["Rule “billing”: intent billing/refund (83 % sure)."]));
    }

    [Test]
    public void An_unsure_intent_goes_to_the_fallback_and_says_which_rule_was_near()
    {
        var route = Choose(AnUnderstanding.Of("billing/refund", confidence: 0.31), Normal, Shipped);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(route.Group, Is.EqualTo("Support"));
            Assert.That(route.Rule, Is.EqualTo("fallback"));
            Assert.That(
                route.Reasons,
                Is.EqualTo(["Rule “billing” would fit, but the intent billing/refund is only 31 % sure and the rule asks for 50 %."]));
        }
    }

    [Test]
    public void Where_no_rule_says_anything_of_skills_the_taxonomys_counts()
    {
        var silent = Compile(new RuleActions { Group = "Billing" });
        var wishing = Compile(new RuleActions { Group = "Billing", PreferredSkills = ["german"] });

        var usual = GroupRouter.Choose(FactsOf("billing/refund", 0.9), silent, "billing");
        var asked = GroupRouter.Choose(FactsOf("billing/refund", 0.9), wishing, "billing");
        var unsure = GroupRouter.Choose(FactsOf("billing/refund", 0.3), silent, "billing");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((usual.UsualSkill, asked.UsualSkill, unsure.UsualSkill), Is.EqualTo(("billing", (string?)null, (string?)null)));
            Assert.That(usual.Reasons[^1], Is.EqualTo("No rule says which skill it needs; for billing/refund the taxonomy names billing."));
        }
    }

    [Test]
    public void Every_intent_of_the_shipped_rules_exists()
    {
        var intents = ShippedPolicies.LoadTaxonomy().Content.Intents;
        var patterns = RoutingOptions.ShippedRules.SelectMany(rule => rule.Intents);

        Assert.That(patterns.Where(pattern => !intents.Any(intent => IntentPattern.Fits(pattern, intent.Name))), Is.Empty);
    }

    [TestCase(null, ExpectedResult = true)]
    [TestCase("support", ExpectedResult = true)]
    [TestCase("Billing", ExpectedResult = false)]
    public bool A_ticket_is_moved_only_from_where_it_may(string? group) =>
        GroupRouter.MayMoveFrom(group, new RoutingOptions { MayMoveFrom = ["Support"] });

    private static RuleFacts FactsOf(string intent, double confidence) =>
        RuleFacts.Of(AnUnderstanding.Of(intent, confidence), Normal, ticket: null, DateTimeOffset.UnixEpoch);

    private static CompiledRules Compile(RuleActions then) => CompiledRules.Compile(new RoutingPolicy
    {
        FallbackGroup = "Support",
        Rules = [new TicketRule { Name = "english", When = new FieldTest(RuleField.Language, null, RuleOperator.Is) { Values = ["en"] }, Then = then }],
    });

    private static Route Choose(TicketUnderstanding understanding, PriorityChoice priority, RoutingOptions rules) =>
        GroupRouter.Choose(
            RuleFacts.Of(understanding, priority, ticket: null, DateTimeOffset.UnixEpoch),
            CompiledRules.Compile(RoutingPolicy.From(rules)));
}
