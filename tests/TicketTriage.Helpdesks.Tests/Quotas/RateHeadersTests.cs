using TicketTriage.Helpdesks.Quotas;
using TicketTriage.Testing;

namespace TicketTriage.Helpdesks.Tests.Quotas;

public class RateHeadersTests
{
    [TestCase("X-Rate-Limit: 700|X-Rate-Limit-Remaining: 699", 700, 699, null)]
    [TestCase("ratelimit-limit: 100|ratelimit-remaining: 99|ratelimit-reset: 41", 100, 99, 41)]
    [TestCase("rate-limit: 400|rate-limit-remaining: 0|rate-limit-reset: 7", 400, 0, 7)]
    [TestCase("X-Ratelimit-Total: 200|X-Ratelimit-Remaining: 198|X-Ratelimit-Used-CurrentRequest: 1", 200, 198, null)]
    [TestCase("ratelimit-limit: 100|ratelimit-reset: 1795600830", 100, null, 30)]
    [TestCase("ratelimit-limit: 100|ratelimit-reset: 86400", 100, null, null)]
    [TestCase("ratelimit-limit: many|ratelimit-remaining: 5", null, 5, null)]
    [TestCase("X-Rate-Limit: 99999999999", int.MaxValue, null, null)]
    public void A_spelling_is_understood(string headers, int? limit, int? left, int? reset)
    {
        var read = Read(headers);

        var reading = read.Readings.Single();
        Assert.That(
            (reading.Limit, reading.Left, reading.ResetIn, reading.IsOfCall),
            Is.EqualTo((limit, left, reset is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null, false)));
    }

    [Test]
    public void Spellings_side_by_side_are_kept_apart()
    {
        var read = Read("X-Rate-Limit: 700|X-Rate-Limit-Remaining: 650|ratelimit-limit: 100|ratelimit-remaining: 12");

        Assert.That(
            read.Readings.Select(reading => (reading.Limit, reading.Left)),
            Is.EquivalentTo(new (int?, int?)[] { (700, 650), (100, 12) }));
    }

    [TestCase("Zendesk-RateLimit-tickets-index: total=100; remaining=98; resets=52")]
    [TestCase("zendesk-ratelimit-incremental-exports: total=100;remaining=98;resets=52")]
    [TestCase("Zendesk-RateLimit-x: Remaining = 98 ; odd; other=1; TOTAL=100; resets=52;")]
    public void A_limit_of_one_endpoint_is_marked_as_such(string header)
    {
        var reading = Read(header).Readings.Single();

        Assert.That(reading, Is.EqualTo(new RateReading(100, 98, TimeSpan.FromSeconds(52)) { IsOfCall = true }));
    }

    [Test]
    public void What_a_call_really_cost_is_read() => Assert.That(Read("X-RateLimit-Used-CurrentRequest: 3").Used, Is.EqualTo(3));

    [TestCase("")]
    [TestCase("X-Request-Id: 700|Retry-After: 3")]
    public void An_answer_without_a_word_says_nothing(string headers)
    {
        var read = Read(headers);

        Assert.That((read.Readings.Count, read.Used), Is.EqualTo((0, (int?)null)));
    }

    private static RateHeaders Read(string headers)
    {
        using var response = new HttpResponseMessage();
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            response.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        return RateHeaders.Read(response.Headers, new ManualClock(DateTimeOffset.FromUnixTimeSeconds(1795600800)));
    }
}
