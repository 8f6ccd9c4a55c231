using TicketTriage.Helpdesks.Quotas;
using TicketTriage.Testing;

namespace TicketTriage.Helpdesks.Tests.Quotas;

public class TurnQueueTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public void Who_comes_in_vain_is_told_to_come_one_after_the_other()
    {
        var queue = new TurnQueue(new ManualClock());

        var waits = Enumerable.Range(0, 4).Select(_ => queue.WaitFor(3 * Second, Second).TotalSeconds);

        Assert.That(waits, Is.EqualTo(new[] { 3.0, 4, 5, 6 }));
    }

    [Test]
    public void After_a_while_the_line_begins_anew()
    {
        var clock = new ManualClock();
        var queue = new TurnQueue(clock);
        queue.WaitFor(Second, Second);
        queue.WaitFor(Second, Second);
        clock.Advance(10 * Second);

        Assert.That(queue.WaitFor(Second, Second), Is.EqualTo(Second));
    }

    [Test]
    public void Nobody_is_sent_away_for_longer_than_is_known()
    {
        var queue = new TurnQueue(new ManualClock());

        var waits = Enumerable.Range(0, 2_000).Select(_ => queue.WaitFor(Second, Second)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(waits, Has.All.InRange(Second, TimeSpan.FromMinutes(10) + Second));
            Assert.That(waits.Skip(700).Distinct().Count(), Is.GreaterThan(1_000), "Nor all to the same moment.");
        }
    }
}
