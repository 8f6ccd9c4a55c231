using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Understanding;

public sealed class JointConfidenceTests
{
    [Test]
    public void Nobody_is_certain_however_sure_both_are() =>
        Assert.That(JointConfidence.Unmeasured.Of(Choice(1), Choice(1)), Is.InRange(0.97, 0.99));

    [Test]
    public void A_model_that_is_right_half_the_time_it_is_sure_is_believed_no_more_than_that()
    {
        JudgedChoice[] tickets = [.. Enumerable.Range(0, 400).Select(n => new JudgedChoice(Choice(0.95), Finding.Nothing("?"), n % 2 == 0))];

        var fitted = JointConfidence.Fit(tickets);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fitted.Of(Choice(0.95), Finding.Nothing("?")), Is.EqualTo(0.5).Within(0.05));
            Assert.That(JointConfidence.Unmeasured.Of(Choice(0.95), Finding.Nothing("?")), Is.GreaterThan(0.8));
        }
    }

    [Test]
    public void The_witness_who_knows_is_heard()
    {
        // The local classifier is right whenever it is sure; the model says the same each time.
        JudgedChoice[] tickets =
        [
            .. Enumerable.Range(0, 300).Select(_ => new JudgedChoice(Choice(0.9), Choice(0.95), true)),
            .. Enumerable.Range(0, 300).Select(_ => new JudgedChoice(Choice(0.9), Choice(0.95, "orders/late"), false)),
        ];

        var fitted = JointConfidence.Fit(tickets);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fitted.OfLocal, Is.GreaterThan(fitted.OfModel));
            Assert.That(fitted.Of(Choice(0.9), Choice(0.95)), Is.GreaterThan(0.95));
            Assert.That(fitted.Of(Choice(0.9), Choice(0.95, "orders/late")), Is.LessThan(0.05));
        }
    }

    [Test]
    public void Few_tickets_change_little()
    {
        var fitted = JointConfidence.Fit([new JudgedChoice(Choice(0.9), Choice(0.9), false)]);

        Assert.That(fitted.Of(Choice(0.9), Choice(0.9)), Is.EqualTo(JointConfidence.Unmeasured.Of(Choice(0.9), Choice(0.9))).Within(0.1));
    }

    private static Finding Choice(double chance, string value = "billing/refund") => new(value, chance, []);
}
