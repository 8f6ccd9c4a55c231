using TicketTriage.Insights;

namespace TicketTriage.Tests.Insights;

public sealed class SpanTallyTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void A_median_is_at_most_a_tenth_beside_the_true_one(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var spans = Enumerable.Range(0, 1 + (2 * random.Next(60))).Select(_ => 60 * Math.Exp(random.NextDouble() * 12))
                .Order().ToList();
            var tally = new SpanTally();
            foreach (var day in spans.Chunk(7))
            {
                tally.Add([.. day.GroupBy(StepOf).Select(step => (step.Key << 32) + step.Count())]);
            }

            Assert.That(tally.Median()?.TotalSeconds, Is.EqualTo(spans[spans.Count / 2]).Within(10).Percent);
        }
    }

    [Test]
    public void Of_nothing_there_is_none() => Assert.That(new SpanTally().Median(), Is.Null);

    [Test]
    public void What_took_less_than_a_minute_counts_as_less_than_a_minute()
    {
        var tally = new SpanTally();
        tally.Add([5]);
        tally.Add([4, (9L << 32) + 2]);

        Assert.That(tally.Median(), Is.LessThan(TimeSpan.FromMinutes(1)).And.GreaterThan(TimeSpan.Zero));
    }

    private static long StepOf(double seconds) => 1 + (long)Math.Floor(8 * Math.Log2(seconds / 60));
}
