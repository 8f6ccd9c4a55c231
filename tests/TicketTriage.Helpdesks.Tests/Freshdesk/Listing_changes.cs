using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace TicketTriage.Helpdesks.Tests.Freshdesk;

[CancelAfter(60_000)]
public class Listing_changes
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task It_is_asked_for_in_the_order_of_changes_with_a_second_to_spare()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets", Wire.List([Wire.Ticket()]), Wire.List([]));

        var page = await connected.Helpdesk.ListChangedAsync(null, Start, Patience());
        var next = await connected.Helpdesk.ListChangedAsync(page.Cursor, Start, Patience());

        var asked = connected.Freshdesk.Calls.Select(call => call.Query).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked[0], Is.EqualTo(new Dictionary<string, string>
            {
                ["updated_since"] = "2026-11-25T08:59:59Z",
                ["order_by"] = "updated_at",
                ["order_type"] = "asc",
                ["per_page"] = "100",
                ["page"] = "1",
                ["include"] = "stats",
            }));
            Assert.That(asked[1]["updated_since"], Is.EqualTo("2026-11-25T09:29:59Z"));
            Assert.That(page.IsEnd, Is.True);
            Assert.That(page.Tickets.Single().Status, Is.EqualTo(HelpdeskStatus.Open));
            Assert.That(next.Cursor, Is.EqualTo(page.Cursor));
        }
    }

    [TestCase(1, 1_000, TestName = "A_thousand_changes_one_a_second")]
    [TestCase(250, 1_000, TestName = "A_thousand_changes_in_four_seconds")]
    [TestCase(2_000, 2_000, TestName = "Two_thousand_changes_in_one_second")]
    public async Task No_ticket_is_skipped(int aSecond, int tickets)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var desk = new MovingDesk(Enumerable.Range(1, tickets).ToDictionary(id => id, id => Start.AddSeconds(id / aSecond)));
        PlanForEver(connected, desk.Answer);

        var seen = await ReadToEndAsync(connected);

        Assert.That(seen, Is.EquivalentTo(Enumerable.Range(1, tickets).Select(Text)));
    }

    [TestCase(3, 7)]
    [TestCase(40, 8)]
    [TestCase(150, 9)]
    public async Task No_ticket_is_skipped_that_others_overtake_while_the_list_is_read(int aSecond, int seed)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        const int Tickets = 1_500;
        var chance = new Random(seed);
        var desk = new MovingDesk(Enumerable.Range(1, Tickets).ToDictionary(id => id, id => Start.AddSeconds(id / aSecond)));
        var moves = 60;
        PlanForEver(connected, (since, page) =>
        {
            var answer = desk.Answer(since, page);
            if (moves-- > 0)
            {
                // A ticket of the page that was just read moves to the end, and all behind it move up.
                desk.Touch(answer.Ids[chance.Next(answer.Ids.Count)]);
            }

            return answer;
        });

        var seen = await ReadToEndAsync(connected);

        Assert.That(seen, Is.EquivalentTo(Enumerable.Range(1, Tickets).Select(Text)));
    }

    [Test]
    public async Task More_than_the_last_page_holds_is_passed_over_and_not_asked_for_ever()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets", Wire.List([Wire.Ticket()], hasNext: true));

        var page = await connected.Helpdesk.ListChangedAsync("2026-11-25T09:30:00Z/300", Start, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Cursor, Is.EqualTo("2026-11-25T09:30:01Z/1"));
            Assert.That(page.IsEnd, Is.False);
        }
    }

    [Test]
    public async Task The_past_is_read_from_the_same_list_with_the_times_of_solution()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets", Wire.List(
        [
            Wire.Ticket("""{"id":1,"status":4,"stats":{"resolved_at":"2026-11-25T09:20:00Z"}}"""),
            Wire.Ticket("""{"id":2}"""),
        ]));

        var page = await (connected.Ways.History ?? throw new InvalidOperationException("No history."))
            .ReadPageAsync(null, Start, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Tickets.Select(past => (past.Ticket.Number, past.SolvedAt)),
                Is.EqualTo(new[] { ("1", (DateTimeOffset?)Start.AddMinutes(20)), ("2", null) }));
            Assert.That(page.IsEnd, Is.True);
        }
    }

    [TestCase("MTU3NjYxMzUzOS4wfHw0Njc")]
    [TestCase("2026-11-25T09:30:00Z/0")]
    [TestCase("")]
    public async Task A_cursor_of_another_helpdesk_begins_anew(string cursor)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets", Wire.List([]));

        await connected.Helpdesk.ListChangedAsync(cursor, Start, Patience());

        Assert.That(connected.Freshdesk.Calls[0].Query["updated_since"], Is.EqualTo("2026-11-25T08:59:59Z"));
    }

    private static void PlanForEver(ConnectedFreshdesk connected, Func<DateTimeOffset, int, MovingPage> answer)
    {
        for (var call = 0; call < 1_000; call++)
        {
            connected.Freshdesk.Plan("GET tickets", context =>
            {
                var since = DateTimeOffset.Parse(context.Request.Query["updated_since"].ToString(), CultureInfo.InvariantCulture);
                var page = int.Parse(context.Request.Query["page"].ToString(), CultureInfo.InvariantCulture);
                return answer(since, page).SendAsync(context);
            });
        }
    }

    private static async Task<HashSet<string>> ReadToEndAsync(ConnectedFreshdesk connected)
    {
        var seen = new HashSet<string>();
        string? cursor = null;
        while (true)
        {
            var page = await connected.Helpdesk.ListChangedAsync(cursor, Start, Patience());
            seen.UnionWith(page.Tickets.Select(ticket => ticket.Number));
            cursor = page.Cursor;
            if (page.IsEnd)
            {
                return seen;
            }
        }
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;

    /// <summary>Lists tickets as Freshdesk does: by their last change, and as they are at the moment of each call.</summary>
    private sealed class MovingDesk(Dictionary<int, DateTimeOffset> changes)
    {
        public MovingPage Answer(DateTimeOffset since, int page)
        {
            lock (changes)
            {
                var all = changes
                    .Where(change => change.Value >= since)
                    .OrderBy(change => change.Value).ThenBy(change => change.Key)
                    .ToList();
                return new MovingPage(
                    [.. all.Skip((page - 1) * 100).Take(100).Select(change => change.Key)],
                    [.. all.Skip((page - 1) * 100).Take(100).Select(change => change.Value)],
                    HasNext: all.Count > page * 100);
            }
        }

        public void Touch(int id)
        {
            lock (changes)
            {
                changes[id] = changes.Values.Max().AddSeconds(1);
            }
        }
    }

    private sealed record MovingPage(IReadOnlyList<int> Ids, IReadOnlyList<DateTimeOffset> At, bool HasNext)
    {
        public Task SendAsync(HttpContext context) => Wire.List(
            Ids.Zip(At, (id, at) => Wire.Ticket($$"""{"id":{{id}},"updated_at":"{{Time(at)}}"}""")), HasNext)(context);

        private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
