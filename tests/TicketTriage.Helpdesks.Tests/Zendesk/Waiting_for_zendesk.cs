namespace TicketTriage.Helpdesks.Tests.Zendesk;

[CancelAfter(30_000)]
public class Waiting_for_zendesk
{
    private const string Get = "GET /api/v2/tickets/42";

    private const string Put = "PUT /api/v2/tickets/42";

    private static readonly Microsoft.AspNetCore.Http.RequestDelegate Ticket =
        Reply.Json("""{"ticket":{"id":42,"updated_at":"2026-11-25T09:30:00Z"}}""");

    [Test]
    public async Task A_read_survives_three_failures_of_different_kinds()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Get, Reply.Status(500), Reply.Html(), Reply.Broken(), Ticket);

        var ticket = await ReadAsync(connected);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket?.Number, Is.EqualTo("42"));
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(4));
        }
    }

    [Test]
    public async Task A_read_gives_up_after_the_fourth()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Get, [.. Enumerable.Repeat(Reply.Status(503), 4)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => ReadAsync(connected), Throws.TypeOf<HelpdeskAwayException>().With.Property("MayHaveArrived").False);
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(4));
        }
    }

    [Test]
    public async Task A_short_wait_is_kept_to_the_full_before_the_read_is_repeated()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Get, Reply.Status(429, ("Retry-After", "3")), Ticket);

        var reading = connected.Helpdesk.FindTicketAsync("42", Patience());
        var wait = await connected.Clock.UntilTimerAsync(TimeSpan.FromSeconds(6), Patience());
        connected.Clock.Advance(wait);
        await reading;

        Assert.That(wait, Is.InRange(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.25)));
    }

    [TestCase("60", 60)]
    [TestCase("0", null)]
    [TestCase("31536000", 86_400)]
    [TestCase("Wed, 25 Nov 2026 10:01:30 GMT", 90)]
    [TestCase("Wed, 25 Nov 2026 09:00:00 GMT", null)]
    [TestCase("soon", null)]
    [TestCase(null, null)]
    public async Task The_wait_that_is_asked_for_is_told_to_the_caller(string? header, int? seconds)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, header is null ? Reply.Status(429) : Reply.Status(429, ("Retry-After", header)));

        var away = await Assert.ThrowsAsync<HelpdeskAwayException>(() => WriteAsync(connected));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(away?.RetryAfter?.TotalSeconds, Is.EqualTo(seconds));
            Assert.That(away?.MayHaveArrived, Is.False, "Who is asked to slow down has not been served.");
        }
    }

    [TestCase("60")]
    [TestCase(null)]
    public async Task A_long_or_unnamed_wait_is_not_sat_out(string? header)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Get, header is null ? Reply.Status(429) : Reply.Status(429, ("Retry-After", header)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.FindTicketAsync("42", Patience()), Throws.TypeOf<HelpdeskAwayException>());
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_service_that_is_away_says_for_how_long()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Status(503, ("Retry-After", "120")));

        Assert.That(() => WriteAsync(connected),
            Throws.TypeOf<HelpdeskAwayException>().With.Property("RetryAfter").EqualTo(TimeSpan.FromMinutes(2))
                .And.Property("MayHaveArrived").True);
    }

    [Test]
    public async Task A_read_that_gets_no_answer_ends_with_the_time_out()
    {
        await using var connected = await ConnectedZendesk.StartAsync(("Timeout", "00:00:30"));
        connected.Zendesk.Plan(Get, Reply.Silence());

        var reading = connected.Helpdesk.FindTicketAsync("42", Patience());
        await connected.Zendesk.UntilNextCallAsync(Patience());
        connected.Clock.Advance(TimeSpan.FromSeconds(30));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => reading,
                Throws.TypeOf<HelpdeskAwayException>().With.Message.Contains("30 seconds").And.Property("MayHaveArrived").False);
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Fifteen_failures_in_a_row_give_zendesk_a_pause_which_one_call_ends()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, [.. Enumerable.Repeat(Ticket, 100), .. Enumerable.Repeat(Reply.Status(500), 15)]);
        await WriteManyAsync(connected, 100);

        await WriteManyAsync(connected, 15);
        var refusedByUs = await Assert.ThrowsAsync<HelpdeskAwayException>(() => WriteAsync(connected));
        var callsInPause = connected.Zendesk.Calls.Count;
        connected.Clock.Advance(HelpdeskPipeline.Pause);
        connected.Zendesk.Plan(Put, Reply.Status(500));
        await WriteManyAsync(connected, 5);
        var callsAfterProbe = connected.Zendesk.Calls.Count;
        connected.Clock.Advance(HelpdeskPipeline.Pause);
        connected.Zendesk.Plan(Put, Ticket, Ticket);
        await WriteAsync(connected);
        await WriteAsync(connected);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusedByUs?.MayHaveArrived, Is.False);
            Assert.That(refusedByUs?.RetryAfter, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(HelpdeskPipeline.Pause));
            Assert.That(callsInPause, Is.EqualTo(115));
            Assert.That(callsAfterProbe, Is.EqualTo(116), "One call finds out, the others wait.");
            Assert.That(connected.Warnings, Has.Some.Contains("left alone"));
        }
    }

    [Test]
    public async Task Refusals_conflicts_and_requests_to_slow_down_are_no_failures()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, [.. Enumerable.Repeat(Reply.Status(422), 20), .. Enumerable.Repeat(Reply.Status(429), 20),
            .. Enumerable.Repeat(Reply.Status(409), 20), Ticket]);

        await WriteManyAsync(connected, 60);

        Assert.That(() => WriteAsync(connected), Throws.Nothing);
    }

    private static Task<HelpdeskTicket?> ReadAsync(ConnectedZendesk connected) =>
        Impatience.AwaitAsync(connected.Helpdesk.FindTicketAsync("42", Patience()), connected.Clock, Patience());

    private static Task<ChangeReceipt> WriteAsync(ConnectedZendesk connected) => connected.Helpdesk.ApplyAsync(
        new HelpdeskChange { Number = "42", TriageId = Guid.Empty, Stamp = "2026-11-25T09:30:00Z" }, Patience());

    private static async Task WriteManyAsync(ConnectedZendesk connected, int times)
    {
        for (var i = 0; i < times; i++)
        {
            try
            {
                await WriteAsync(connected);
            }
            catch (Exception expected) when (expected is HelpdeskAwayException or HelpdeskRefusedException or HelpdeskConflictException)
            {
                continue;
            }
        }
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
