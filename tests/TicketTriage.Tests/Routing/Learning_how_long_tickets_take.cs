using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Routing;
using TicketTriage.Routing.Matching;
using TicketTriage.ServiceLevels;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Routing;

[CancelAfter(60_000)]
public sealed class Learning_how_long_tickets_take
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public void Many_tickets_of_a_kind_speak_for_themselves_and_few_are_drawn_to_the_whole()
    {
        var table = HandlingTable.Learn(
        [
            .. Of("billing/refund", TicketPriority.Normal, count: 400, minutes: 10),
            .. Of("technical/bug", TicketPriority.Normal, count: 400, minutes: 60),
            .. Of("orders/late", TicketPriority.Normal, count: 2, minutes: 300),
        ]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MedianOf(table, "billing/refund"), Is.InRange(10, 11));
            Assert.That(MedianOf(table, "technical/bug"), Is.InRange(54, 61));
            Assert.That(MedianOf(table, "orders/late"), Is.InRange(60, 90), "Two slow ones prove little.");
        }
    }

    [Test]
    public void One_that_lay_for_a_day_changes_nothing()
    {
        var usual = Of("billing/refund", TicketPriority.Normal, count: 101, minutes: 12).ToList();

        var with = HandlingTable.Learn([.. usual, new PastHandling("billing/refund", TicketPriority.Normal, 480)]);

        Assert.That(MedianOf(with, "billing/refund"), Is.EqualTo(MedianOf(HandlingTable.Learn(usual), "billing/refund")).Within(0.01));
    }

    [Test]
    public void The_reason_says_what_was_like_it_and_in_which_version()
    {
        var table = HandlingTable.Learn([.. Of("billing/refund", TicketPriority.High, count: 60, minutes: 10)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                table.Find("billing/refund", TicketPriority.High)?.Reason,
                Is.EqualTo($"It is likely to take 14 minutes, as 60 past tickets of billing/refund, high, did (history {table.Version})."));
            Assert.That(table.Find("orders/late", TicketPriority.High)?.Reason, Does.Contain("60 past tickets of high priority did"));
            Assert.That(table.Find(null, TicketPriority.Low)?.Reason, Does.Contain("60 past tickets did"));
        }
    }

    [Test]
    public void Too_few_tickets_teach_nothing() =>
        Assert.That(HandlingTable.Learn([.. Of("billing/refund", TicketPriority.High, HandlingTable.FewestTickets - 1, 10)]).Find(null, TicketPriority.High), Is.Null);

    [Test]
    public async Task The_time_from_one_solution_of_an_agent_to_the_next_is_what_is_learned(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        // Two agents solve one ticket after another, every 20 and every 40 minutes; all tickets have been there for long.
        await database.AskAsync<int?>(
            $"""
            insert into past_tickets (helpdesk, number, stamp, status, priority, assignee_id, tags, fields, language, subject, messages,
                                      created_at, solved_at, updated_at)
            select 'acme', a || '-' || n, '', 'solved', 'normal', a::text, array[]::text[],
                   jsonb_build_object('intent', case a when 1 then 'billing/refund' else 'technical/bug' end), 'en', '', '[]',
                   '{Monday.AddDays(-3):O}', timestamptz '{Monday:O}' + (n % 10) * 20 * a * interval '1 minute' + n / 10 * interval '1 day', now()
            from generate_series(1, 2) a, generate_series(0, 49) n
            """);
        var times = new HandlingTimes(database.Pool, Levels(database), Options.Create(new RoutingOptions { ExpectedMinutes = 7 }), new ManualClock(Monday));
        var before = times.Find("billing/refund", TicketPriority.Normal);

        await times.RefreshAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(new ExpectedHandling(7, "It is likely to take 7 minutes, by Routing:ExpectedMinutes.")));
            Assert.That(times.Find("billing/refund", TicketPriority.Normal).Minutes * TardinessIndex.MedianOfMean, Is.InRange(20, 27));
            Assert.That(times.Find("technical/bug", TicketPriority.Normal).Minutes * TardinessIndex.MedianOfMean, Is.InRange(30, 40));
        }
    }

    private static double MedianOf(HandlingTable table, string intent) =>
        (table.Find(intent, TicketPriority.Normal)?.Minutes ?? 0) * TardinessIndex.MedianOfMean;

    private static IEnumerable<PastHandling> Of(string intent, TicketPriority priority, int count, double minutes) =>
        Enumerable.Repeat(new PastHandling(intent, priority, minutes), count);

    private static ServiceLevelsInForce Levels(TriageDatabase database) => new(
        new PolicyBook(database.Pool), Options.Create(new ServiceLevelOptions()), NullLogger<ServiceLevelsInForce>.Instance);
}
