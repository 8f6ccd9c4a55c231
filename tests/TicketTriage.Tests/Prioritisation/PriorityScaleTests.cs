using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Tests.Understanding;
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

    [Test]
    public void The_shipped_policy_names_only_intents_that_exist()
    {
        var intents = ShippedPolicies.LoadTaxonomy().Content.Intents;
        var patterns = Shipped.StartByIntent.Keys.Concat(Shipped.Rules.SelectMany(rule => rule.Intents));

        Assert.That(patterns.Where(pattern => !intents.Any(intent => IntentPattern.Fits(pattern, intent.Name))), Is.Empty);
    }

    private static PriorityChoice Rank(TicketUnderstanding understanding) =>
        PriorityScale.Rank(understanding, ATicket.Saying("hello"), Shipped);
}
