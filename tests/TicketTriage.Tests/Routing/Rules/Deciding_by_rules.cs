using TicketTriage.Helpdesks;
using TicketTriage.Routing;
using TicketTriage.Routing.Rules;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Tests.Routing.Rules;

public sealed class Deciding_by_rules
{
    private static readonly RuleFacts Refund = new()
    {
        Intent = "billing/refund",
        IntentConfidence = 0.9,
        Language = "de",
        Sentiment = "negative",
        Priority = TicketPriority.Normal,
        Tags = ["vip", "spring"],
        CustomFields = new Dictionary<string, string> { ["region"] = "ch" },
        At = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero),
    };

    [TestCase(RuleField.Language, RuleOperator.Is, "de", ExpectedResult = true)]
    [TestCase(RuleField.Language, RuleOperator.IsNot, "de", ExpectedResult = false)]
    [TestCase(RuleField.Tags, RuleOperator.Is, "VIP", ExpectedResult = true)]
    [TestCase(RuleField.Tags, RuleOperator.IsNot, "autumn", ExpectedResult = true)]
    [TestCase(RuleField.Intent, RuleOperator.Is, "billing/*", ExpectedResult = true)]
    [TestCase(RuleField.Intent, RuleOperator.Is, "orders/*", ExpectedResult = false)]
    [TestCase(RuleField.Channel, RuleOperator.Is, "email", ExpectedResult = false)]
    [TestCase(RuleField.Channel, RuleOperator.IsNot, "email", ExpectedResult = true)]
    [TestCase(RuleField.BusinessHours, RuleOperator.Is, "false", ExpectedResult = false)]
    public bool A_test_of_words(RuleField field, RuleOperator known, string value) =>
        new FieldTest(field, null, known) { Values = [value] }.Holds(Refund, leastConfidence: 0.5);

    [TestCase(RuleField.Priority, RuleOperator.AtLeast, (int)TicketPriority.Normal, ExpectedResult = true)]
    [TestCase(RuleField.Priority, RuleOperator.AtLeast, (int)TicketPriority.High, ExpectedResult = false)]
    [TestCase(RuleField.Confidence, RuleOperator.AtMost, 0.9, ExpectedResult = true)]
    [TestCase(RuleField.Confidence, RuleOperator.AtLeast, 0.91, ExpectedResult = false)]
    [TestCase(RuleField.Product, RuleOperator.Exists, 0, ExpectedResult = true)]
    [TestCase(RuleField.Tags, RuleOperator.Exists, 1, ExpectedResult = true)]
    public bool A_test_of_measures(RuleField field, RuleOperator known, double number) =>
        new FieldTest(field, null, known) { Number = number }.Holds(Refund, leastConfidence: 0.5);

    [TestCase("2026-11-20T16:59:00Z", "normal", ExpectedResult = true)]
    [TestCase("2026-11-20T17:00:00Z", "normal", ExpectedResult = false)]
    [TestCase("2026-11-22T10:00:00Z", "normal", ExpectedResult = false)]
    [TestCase("2026-11-22T10:00:00Z", "urgent", ExpectedResult = true)]
    public bool Business_hours_are_those_of_the_promise_that_fits_the_ticket(string at, string priority)
    {
        var facts = Refund with { Priority = Enum.Parse<TicketPriority>(priority, ignoreCase: true) };
        var moment = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);

        return new FieldTest(RuleField.BusinessHours, null, RuleOperator.Is) { Values = ["true"] }
            .Holds(facts.During(OfficeAndAlways, moment), leastConfidence: 0.5);
    }

    private static ServiceLevelHours OfficeAndAlways { get; } = new(
        new ServiceLevelPolicy
        {
            Calendars = new Dictionary<string, CalendarText>
            {
                ["office"] = new()
                {
                    Zone = "Europe/Berlin",
                    Week = ((string[])["monday", "tuesday", "wednesday", "thursday", "friday"])
                        .ToDictionary(day => day, _ => (IReadOnlyList<string>)["08:00-18:00"]),
                },
                ["always"] = new()
                {
                    Zone = "Etc/UTC",
                    Week = ((string[])["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
                        .ToDictionary(day => day, _ => (IReadOnlyList<string>)["00:00-24:00"]),
                },
            },
            Rules =
            [
                new TargetRule { Name = "urgent", Priorities = [TicketPriority.Urgent], Calendar = "always", FirstReply = 30 },
                new TargetRule { Name = "all", Calendar = "office", FirstReply = 480 },
            ],
        },
        "1");

    [Test]
    public void Rules_that_only_add_are_heard_until_one_decides()
    {
        var verdict = Decide(
            Refund,
            Rule("vip", Asks(RuleField.Tags, "vip"), new RuleActions { PriorityAtLeast = TicketPriority.High, Tags = ["vip_care"] }),
            Rule("swiss", new FieldTest(RuleField.Custom, "region", RuleOperator.Is) { Values = ["ch"] },
                new RuleActions { RequiredSkills = [new("swiss", 2)] }),
            Rule("money", Asks(RuleField.Intent, "billing/*"),
                new RuleActions { Group = "Billing", RequiredSkills = [new("swiss", 1), new("money", 3)] }),
            Rule("never heard", Asks(RuleField.Language, "de"), new RuleActions { Group = "Elsewhere", Tags = ["unheard"] }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.DecidedBy?.Name, Is.EqualTo("money"));
            Assert.That(verdict.Priority, Is.EqualTo(TicketPriority.High));
            Assert.That(verdict.RequiredSkills, Is.EquivalentTo(new SkillNeed[] { new("swiss", 2), new("money", 3) }));
            Assert.That(verdict.Tags, Is.EqualTo(["vip_care"]));
        }
    }

    [Test]
    public void A_raised_priority_is_seen_by_the_rules_below()
    {
        var verdict = Decide(
            Refund,
            Rule("vip", Asks(RuleField.Tags, "vip"), new RuleActions { PriorityAtLeast = TicketPriority.Urgent }),
            Rule("urgent", Asks(RuleField.Priority, "urgent"), new RuleActions { Group = "Leads" }));

        Assert.That(verdict.DecidedBy?.Name, Is.EqualTo("urgent"));
    }

    [Test]
    public void A_rule_holds_from_its_first_day_until_its_last_is_over()
    {
        var spring = Rule("spring", Asks(RuleField.Language, "de"), new RuleActions { Group = "Spring" }) with
        {
            From = new DateOnly(2026, 3, 1),
            Until = new DateOnly(2026, 6, 1),
        };

        bool FiresAt(int year, int month, int day, int hour, int minute) =>
            Decide(Refund with { At = new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.Zero) }, spring).DecidedBy is not null;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FiresAt(2026, 2, 28, 23, 59), Is.False);
            Assert.That(FiresAt(2026, 3, 1, 0, 0), Is.True);
            Assert.That(FiresAt(2026, 5, 31, 23, 59), Is.True);
            Assert.That(FiresAt(2026, 6, 1, 0, 0), Is.False);
        }
    }

    [Test]
    public void An_unsure_intent_meets_no_condition_on_intents_but_may_be_excluded_by_one()
    {
        var unsure = Refund with { IntentConfidence = 0.2 };
        var money = Rule("money", Asks(RuleField.Intent, "billing/*"), new RuleActions { Group = "Billing" });
        var notOrders = Rule("not orders", new NoneOf([Asks(RuleField.Intent, "orders/*")]), new RuleActions { Group = "Others" });

        var verdict = Decide(unsure, money, notOrders);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Almost?.Name, Is.EqualTo("money"));
            Assert.That(verdict.DecidedBy?.Name, Is.EqualTo("not orders"));
        }
    }

    [Test]
    public void An_unsure_intent_fails_its_own_condition_and_no_other_of_the_same_rule()
    {
        var rule = Rule(
            "money or vip", new AnyOf([Asks(RuleField.Intent, "billing/*"), Asks(RuleField.Tags, "vip")]), new RuleActions { Group = "Billing" });
        var unsure = Refund with { IntentConfidence = 0.2 };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Decide(unsure, rule).DecidedBy, Is.EqualTo(rule));
            Assert.That(Decide(unsure with { Tags = [] }, rule).Almost, Is.EqualTo(rule));
            Assert.That(
                GroupRouter.Choose(unsure, Compile([rule])).Reasons,
                Is.EqualTo(["Rule “money or vip”: tag vip."]),
                "The intent was no reason.");
        }
    }

    [Test]
    public void That_an_intent_is_unclear_is_no_intent_that_has_to_be_sure()
    {
        var rule = Rule("unclear", Asks(RuleField.Intent, "unclear"), new RuleActions { Group = "Triage" });

        Assert.That(Decide(Refund with { Intent = "unclear", IntentConfidence = 0.1 }, rule).DecidedBy, Is.EqualTo(rule));
    }

    [Test]
    public void Before_puts_a_rule_ahead_of_one_above_it()
    {
        var verdict = Decide(
            Refund,
            Rule("money", Asks(RuleField.Intent, "billing/*"), new RuleActions { Group = "Billing" }),
            Rule("german money", Asks(RuleField.Language, "de"), new RuleActions { Group = "Erstattungen" }) with { Before = ["money"] });

        Assert.That(verdict.DecidedBy?.Name, Is.EqualTo("german money"));
    }

    [Test]
    public void Asking_200_rules_leaves_as_little_garbage_as_asking_one()
    {
        var many = Compile([.. Enumerable.Range(0, 200).Select(i => Rule(
            $"rule {i}",
            new AllOf([Asks(RuleField.Intent, $"branch-{i}/*"), new AnyOf([Asks(RuleField.Language, "fr"), Asks(RuleField.Tags, "none")])]),
            new RuleActions { Group = "Group" }))]);
        var one = Compile([many.Policy.Rules[0]]);

        Assert.That(GarbageOf(many), Is.LessThanOrEqualTo(GarbageOf(one) + 8));

        static double GarbageOf(CompiledRules rules)
        {
            const int Rounds = 2000;
            rules.Decide(Refund);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Rounds; i++)
            {
                rules.Decide(Refund);
            }

            return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Rounds;
        }
    }

    private static RuleVerdict Decide(RuleFacts facts, params TicketRule[] rules) => Compile(rules).Decide(facts);

    private static CompiledRules Compile(TicketRule[] rules) =>
        CompiledRules.Compile(new RoutingPolicy { FallbackGroup = "Support", Rules = rules });

    private static FieldTest Asks(RuleField field, params string[] values) => new(field, null, RuleOperator.Is) { Values = values };

    private static TicketRule Rule(string name, Condition when, RuleActions then) => new() { Name = name, When = when, Then = then };
}
