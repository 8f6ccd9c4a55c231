using TicketTriage.Journey;

namespace TicketTriage.Tests.Journey;

public sealed class RetryDelayTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    [TestCase(0, ExpectedResult = 2)]
    [TestCase(1, ExpectedResult = 4)]
    [TestCase(5, ExpectedResult = 64)]
    [TestCase(30, ExpectedResult = 900)]
    public int The_wait_doubles_up_to_a_quarter_of_an_hour(int failures) =>
        (int)RetryDelay.After(First, failures, asked: null, chance: 0.5).TotalSeconds;

    [Test]
    public void The_time_that_was_asked_for_is_never_cut(
        [Values(0, 3, 12)] int failures, [Values(1, 60, 3600)] int asked, [Values(0, 0.5, 0.99)] double chance)
    {
        var delay = RetryDelay.After(First, failures, TimeSpan.FromSeconds(asked), chance);

        Assert.That(delay, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(asked)));
    }

    [Test]
    public void Those_who_failed_together_do_not_come_back_together()
    {
        var early = RetryDelay.After(First, 3, asked: null, chance: 0);
        var late = RetryDelay.After(First, 3, asked: null, chance: 0.999);

        Assert.That(late, Is.GreaterThan(early * 1.4));
    }
}
