using TicketTriage.Testing;

namespace TicketTriage.Helpdesks.Tests;

[CancelAfter(10_000)]
public class ManualClockTests
{
    [Test]
    public void Timers_fire_in_the_order_of_their_moments_and_see_them_as_the_present()
    {
        var clock = new ManualClock();
        var start = clock.GetUtcNow();
        var fired = new List<(string Name, double Seconds)>();
        using var late = Timer(clock, fired, "late", 5);
        using var early = Timer(clock, fired, "early", 2);
        using var beyond = Timer(clock, fired, "beyond", 11);

        clock.Advance(TimeSpan.FromSeconds(10));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fired, Is.EqualTo(new[] { ("early", 2.0), ("late", 5.0) }));
            Assert.That(clock.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromSeconds(10)));
        }
    }

    [Test]
    public void A_periodic_timer_fires_once_a_period_until_it_is_disposed_of()
    {
        var clock = new ManualClock();
        var fired = 0;
        var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(5));
        timer.Dispose();
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.That(fired, Is.EqualTo(3));
    }

    [Test]
    public async Task A_delay_ends_when_the_clock_reaches_it_and_not_before()
    {
        var clock = new ManualClock();
        var delay = Task.Delay(TimeSpan.FromMinutes(1), clock, TestContext.CurrentContext.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(59));
        var isEarly = delay.IsCompleted;
        clock.Advance(TimeSpan.FromSeconds(1));
        await delay;

        Assert.That(isEarly, Is.False);
    }

    [Test]
    public async Task A_test_can_wait_until_somebody_waits_for_the_clock()
    {
        var clock = new ManualClock();
        await using var far = clock.CreateTimer(_ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        var waiting = clock.UntilTimerAsync(TimeSpan.FromSeconds(10), TestContext.CurrentContext.CancellationToken);
        var isEarly = waiting.IsCompleted;
        await using var near = clock.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isEarly, Is.False);
            Assert.That(await waiting, Is.EqualTo(TimeSpan.FromSeconds(3)));
        }
    }

    private static ITimer Timer(ManualClock clock, List<(string Name, double Seconds)> fired, string name, int seconds)
    {
        var start = clock.GetUtcNow();
        return clock.CreateTimer(
            _ => fired.Add((name, (clock.GetUtcNow() - start).TotalSeconds)), null,
            TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }
}
