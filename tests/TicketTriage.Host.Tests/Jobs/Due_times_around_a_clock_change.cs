using System.Globalization;
using TicketTriage.Jobs;

namespace TicketTriage.Host.Tests.Jobs;

/// <summary>Berlin's clocks go forward on 28 March 2027 at 02:00 and back on 25 October 2026 at 03:00.</summary>
[CancelAfter(60_000)]
internal sealed class Due_times_around_a_clock_change
{
    [TestCase("0 9 * * 1-5", "2027-03-26T12:00Z", "2027-03-29T07:00Z", Description = "nine in the morning stays nine in the morning")]
    [TestCase("0 9 * * 1-5", "2026-10-23T12:00Z", "2026-10-26T08:00Z")]
    [TestCase("30 2 * * *", "2026-10-24T12:00Z", "2026-10-25T00:30Z", Description = "half past two comes twice, its job once")]
    [TestCase("30 2 * * *", "2026-10-25T00:30Z", "2026-10-26T01:30Z")]
    [TestCase("30 2 * * *", "2027-03-27T12:00Z", "2027-03-28T01:00Z", Description = "half past two doesn't come, its job does")]
    [TestCase("30 2 * * *", "2027-03-28T01:00Z", "2027-03-29T00:30Z")]
    [TestCase("*/5 * * * *", "2026-10-25T00:55Z", "2026-10-25T01:00Z", Description = "a repeated hour is no pause")]
    [TestCase("*/5 * * * *", "2027-03-28T00:55Z", "2027-03-28T01:00Z")]
    public async Task Come_as_a_person_reads_the_schedule(string cron, string after, string expected, CancellationToken cancellationToken)
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var job = RecurringJob.Of<ScriptedWork>("daily", cron, "Runs.") with { Zone = berlin };

        var due = await EngineDriver.FindNextDueAsync(job, Parse(after), cancellationToken);

        Assert.That(due, Is.EqualTo(Parse(expected)));
    }

    private static DateTimeOffset Parse(string at) => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
}
