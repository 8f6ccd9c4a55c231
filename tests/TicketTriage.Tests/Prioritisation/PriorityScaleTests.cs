using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Tests.Understanding;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Prioritisation;

public sealed class PriorityScaleTests
{
    private static readonly PriorityPolicy Shipped = PriorityPolicy.LoadShipped().Content;

    [TestCase("billing/refund", ExpectedResult = TicketPriority.Normal)]
    [TestCase("technical/outage", ExpectedResult = TicketPriority.Urgent)]
    [TestCase("sales/question", ExpectedResult = TicketPriority.Low)]
    [TestCase("unclear", ExpectedResult = TicketPriority.Normal)]
    [TestCase("something/new", ExpectedResult = TicketPriority.Normal)]
    public TicketPriority A_ticket_begins_where_its_intent_says(string intent) => Rank(AnUnderstanding.Of(intent)).Value;

    [Test]
    public void An_unsure_intent_has_no_say()
    {
        var choice = Rank(AnUnderstanding.Of("technical/outage", confidence: 0.2));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(choice.Value, Is.EqualTo(TicketPriority.Normal));
            Assert.That(choice.Confidence, Is.EqualTo(0.2));
        }
    }

    [TestCase(UrgencySignals.Outage, ExpectedResult = TicketPriority.Urgent)]
    [TestCase(UrgencySignals.Security, ExpectedResult = TicketPriority.Urgent)]
    [TestCase(UrgencySignals.Fraud, ExpectedResult = TicketPriority.Urgent)]
    [TestCase(UrgencySignals.Cancellation, ExpectedResult = TicketPriority.High)]
    [TestCase(UrgencySignals.Legal, ExpectedResult = TicketPriority.High)]
    [TestCase(UrgencySignals.Deadline, ExpectedResult = TicketPriority.Normal)]
    [TestCase(UrgencySignals.Frustration, ExpectedResult = TicketPriority.Normal)]
    [TestCase(UrgencySignals.RepeatContact, ExpectedResult = TicketPriority.Normal)]
    [TestCase(UrgencySignals.WantsPerson, ExpectedResult = TicketPriority.Normal)]
    public TicketPriority Each_signal_raises_a_question_before_buying(string signal) =>
        Rank(AnUnderstanding.Of("sales/question", signals: signal)).Value;

    [Test]
    public void Anger_and_haste_together_end_at_high()
    {
        var choice = Rank(AnUnderstanding.Of(
            "billing/refund",
            signals: [UrgencySignals.Frustration, UrgencySignals.RepeatContact, UrgencySignals.Deadline, UrgencySignals.WantsPerson]));

        Assert.That(choice.Value, Is.EqualTo(TicketPriority.High));
    }

    [Test]
    public void A_raise_never_lowers_what_is_urgent_already() =>
        Assert.That(
            Rank(AnUnderstanding.Of("technical/outage", signals: UrgencySignals.Frustration)).Value,
            Is.EqualTo(TicketPriority.Urgent));

    [Test]
    public void Every_move_gives_its_reason()
    {
        var choice = Rank(AnUnderstanding.Of("sales/question", signals: [UrgencySignals.Deadline, UrgencySignals.Fraud]));

        Assert.That(
            choice.Reasons,
            Is.EqualTo([
                "Begins at Low: the intent is of sales/*.",
                "Raised from Low to Normal: the customer names a deadline.",
                "Raised from Normal to Urgent: fraud is suspected.",
            ]));
    }

    [Test]
    public void A_lowering_gives_its_reason_too()
    {
        var choice = Rank(AnUnderstanding.Of("technical/how-to", sentiment: "positive"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(choice.Value, Is.EqualTo(TicketPriority.Low));
            Assert.That(choice.Reasons, Has.One.EqualTo("Lowered from Normal to Low: the customer is content and only asks."));
        }
    }

    [Test]
    public void A_rule_that_sets_the_level_is_sure_of_it()
    {
        var settled = Rank(AnUnderstanding.Of("billing/refund", confidence: 0.6, signals: UrgencySignals.Legal));
        var stepped = Rank(AnUnderstanding.Of("billing/refund", confidence: 0.6, signals: UrgencySignals.Deadline));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(settled.Confidence, Is.EqualTo(1));
            Assert.That(stepped.Confidence, Is.EqualTo(0.6));
        }
    }

    [Test]
    public void A_tag_of_the_ticket_counts_whatever_its_case()
    {
        var ticket = ATicket.Saying("hello") with { Tags = ["VIP"] };

        var choice = PriorityScale.Rank(AnUnderstanding.Of("billing/refund"), ticket, Shipped);

        Assert.That(choice.Value, Is.EqualTo(TicketPriority.High));
    }

    [TestCase(2, ExpectedResult = TicketPriority.Normal)]
    [TestCase(3, ExpectedResult = TicketPriority.High)]
    public TicketPriority The_third_ticket_in_a_week_is_one_too_many(int tickets) =>
        Rank(AnUnderstanding.Of("billing/refund"), new Circumstances { TicketsInWeek = tickets }).Value;

    [Test]
    public void The_reason_says_how_many_tickets_there_were() => Assert.That(
        Rank(AnUnderstanding.Of("billing/refund"), new Circumstances { TicketsInWeek = 5 }).Reasons,
        Has.One.EqualTo("Raised from Normal to High: the customer keeps writing (5 tickets in seven days)."));

    [Test]
    public void Who_says_so_and_is_counted_is_raised_once() => Assert.That(
        Rank(AnUnderstanding.Of("sales/question", signals: UrgencySignals.RepeatContact), new Circumstances { TicketsInWeek = 4 }).Value,
        Is.EqualTo(TicketPriority.Normal));

    [TestCase(0.5, ExpectedResult = TicketPriority.Low)]
    [TestCase(0.75, ExpectedResult = TicketPriority.Normal)]
    [TestCase(0.999, ExpectedResult = TicketPriority.Normal)]
    [TestCase(1, ExpectedResult = TicketPriority.High)]
    [TestCase(7.5, ExpectedResult = TicketPriority.High)]
    public TicketPriority A_promise_presses_the_more_the_more_of_it_is_used_up(double used) =>
        Rank(AnUnderstanding.Of("sales/question"), Promised(used)).Value;

    [Test]
    public void The_reason_names_the_promise_and_its_time() => Assert.That(
        Rank(AnUnderstanding.Of("sales/question"), Promised(1)).Reasons,
        Has.One.EqualTo("Raised from Normal to High: a promised time has run out (first reply, was due at 2026-11-23 15:30 UTC)."));

    [Test]
    public void Praise_waits_whatever_was_promised() =>
        Assert.That(Rank(AnUnderstanding.Of("feedback/praise"), Promised(2)).Value, Is.EqualTo(TicketPriority.Low));

    [TestCase("technical/error", "web-shop", 0.8, ExpectedResult = TicketPriority.High)]
    [TestCase("technical/error", "web-shop", 0.2, ExpectedResult = TicketPriority.Normal)]
    [TestCase("technical/error", "mobile-app", 0.8, ExpectedResult = TicketPriority.Normal)]
    [TestCase("technical/how-to", "web-shop", 0.8, ExpectedResult = TicketPriority.Normal)]
    public TicketPriority An_error_in_what_others_buy_through_is_raised(string intent, string product, double confidence) =>
        Rank(AnUnderstanding.Of(intent) with { Product = new Finding(product, confidence, []) }).Value;

    [Test]
    public void What_the_rules_knew_is_kept_with_the_choice()
    {
        var known = Promised(0.8) with { TicketsInWeek = 3 };

        var raised = Rank(AnUnderstanding.Of("billing/refund"), known).Raised(TicketPriority.Urgent, "a rule");

        Assert.That((raised.Value, raised.Circumstances), Is.EqualTo((TicketPriority.Urgent, known)));
    }

    [Test]
    public void The_shipped_policy_names_only_intents_and_products_that_exist()
    {
        var taxonomy = ShippedPolicies.LoadAllIntents().Content;
        var patterns = Shipped.StartByIntent.Keys.Concat(Shipped.Rules.SelectMany(rule => rule.Intents));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(patterns.Where(pattern => !taxonomy.Intents.Any(intent => IntentPattern.Fits(pattern, intent.Name))), Is.Empty);
            Assert.That(Shipped.Rules.SelectMany(rule => rule.Products), Is.SubsetOf(taxonomy.Products.Select(product => product.Name)));
        }
    }

    [Test]
    public void The_shipped_policy_fits_one_screen() =>
        Assert.That(PriorityPolicy.LoadShipped().Json.Split('\n'), Has.Length.LessThanOrEqualTo(40));

    private static Circumstances Promised(double used) => new()
    {
        Promise = new RunningPromise("first reply", used, new DateTimeOffset(2026, 11, 23, 16, 30, 0, TimeSpan.FromHours(1))),
    };

    private static PriorityChoice Rank(TicketUnderstanding understanding, Circumstances? circumstances = null) =>
        PriorityScale.Rank(understanding, ATicket.Saying("hello"), Shipped, circumstances);
}
