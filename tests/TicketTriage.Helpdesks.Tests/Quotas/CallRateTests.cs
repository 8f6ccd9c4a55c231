using TicketTriage.Helpdesks.Quotas;

namespace TicketTriage.Helpdesks.Tests.Quotas;

public class CallRateTests
{
    private const string Helpdesk = "acme";

    [TestCase(10)]
    [TestCase(80)]
    [TestCase(100)]
    [TestCase(2_500)]
    public async Task However_hard_one_tries_no_minute_sees_more_than_the_limit(int limit)
    {
        var clock = new Testing.ManualClock();
        var ledger = new QuotaNotebook(clock);
        var demand = new QuotaDemand([new QuotaPart(QuotaKind.Update, 1, limit)], HelpdeskUse.Interactive);
        var granted = new List<DateTimeOffset>();

        for (var step = 0; step < 3 * 600; step++)
        {
            while ((await ledger.TakeAsync(Helpdesk, demand, CancellationToken.None)).IsGranted)
            {
                granted.Add(clock.GetUtcNow());
            }

            clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        var most = granted.Max(from => granted.Count(at => at >= from && at < from.AddMinutes(1)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(most, Is.LessThanOrEqualTo(limit));
            Assert.That(granted, Has.Count.GreaterThan(2 * limit), "And little of it is wasted.");
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void Even_the_smallest_limit_lets_something_through(int limit)
    {
        var rate = CallRate.Of(limit);

        Assert.That((rate.Most, rate.PerSecond > 0), Is.EqualTo((1, true)));
    }
}
