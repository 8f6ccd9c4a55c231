using TicketTriage.Sandbox;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Limits_of_the_sandbox
{
    [Test]
    public async Task Updates_have_a_budget_of_their_own_and_a_new_minute_a_new_one()
    {
        var clock = new StoppedClock();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(
            new() { TimeProvider = clock, Limits = new() { UpdatesPerMinute = 2 } }, default);
        using var caller = new SandboxCaller(helpdesk);
        var numbers = Enumerable.Range(0, 3).Select(_ => helpdesk.AddTicket("s", "b").Number).ToArray();

        var replies = new List<Reply>();
        foreach (var number in numbers)
        {
            replies.Add(await caller.ChangeAsync(number, new { priority = "low" }));
        }

        var read = await caller.GetAsync("/api/v2/tickets/1");
        clock.Now = clock.Now.AddSeconds(60);
        var later = await caller.ChangeAsync(3, new { priority = "low" });

        Assert.That(replies.Select(reply => reply.Status), Is.EqualTo(new[] { 200, 200, 429 }));
        Assert.That((replies[2].Header("Retry-After"), replies[2].Header("ratelimit-remaining")), Is.EqualTo(("60", "0")));
        Assert.That(read.Status, Is.EqualTo(200));
        Assert.That(later.Status, Is.EqualTo(200));
        Assert.That(helpdesk.Journal.ApiChanges, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task One_ticket_is_updated_thirty_times_in_ten_minutes_and_another_still_can_be()
    {
        var clock = new StoppedClock();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(
            new() { TimeProvider = clock, Limits = new() { UpdatesOfOneTicket = 30 } }, default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");
        helpdesk.AddTicket("s", "b");

        for (var update = 1; update <= 30; update++)
        {
            Assert.That((await caller.ChangeAsync(1, new { tags = new[] { $"t{update}" } })).Status, Is.EqualTo(200));
        }

        Assert.That((await caller.ChangeAsync(1, new { priority = "low" })).Status, Is.EqualTo(429));
        Assert.That((await caller.ChangeAsync(2, new { priority = "low" })).Status, Is.EqualTo(200));
        clock.Now = clock.Now.AddMinutes(10);
        Assert.That((await caller.ChangeAsync(1, new { priority = "low" })).Status, Is.EqualTo(200));
    }

    [TestCase(RateHeaders.Account, "X-Rate-Limit-Remaining")]
    [TestCase(RateHeaders.Ticketing, "ratelimit-remaining")]
    [TestCase(RateHeaders.Recorded, "rate-limit-remaining")]
    public async Task Each_spelling_of_the_headers_can_be_had_alone(RateHeaders spelling, string header)
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(
            new() { Limits = new() { CallsPerMinute = 10, Headers = spelling } }, default);
        using var caller = new SandboxCaller(helpdesk);

        var reply = await caller.GetAsync("/api/v2/groups");

        string[] spellings = ["X-Rate-Limit-Remaining", "ratelimit-remaining", "rate-limit-remaining"];
        Assert.That(spellings.Where(name => reply.Header(name) is not null), Is.EqualTo(new[] { header }));
        Assert.That(reply.Header(header), Is.EqualTo("9"));
    }

    [Test]
    public async Task A_freshdesk_counts_refused_calls_and_embedded_details_and_limits_lists_apart()
    {
        var clock = new StoppedClock();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(
            new()
            {
                Kind = SandboxKind.Freshdesk,
                TimeProvider = clock,
                Limits = new() { CallsPerMinute = 12, ListsPerMinute = 1 },
            },
            default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");

        var first = await caller.GetAsync("/api/v2/tickets?include=requester");
        var second = await caller.GetAsync("/api/v2/tickets");
        var contacts = await caller.GetAsync("/api/v2/contacts");
        var invalid = await caller.PutAsync("/api/v2/tickets/1", new { nonsense = 1 });
        var whole = await caller.GetAsync("/api/v2/tickets/1?include=conversations,requester,company,stats");
        var tooMuch = await caller.GetAsync("/api/v2/tickets/1?include=requester");

        Assert.That((first.Status, first.Header("X-Ratelimit-Used-CurrentRequest")), Is.EqualTo((200, "3")));
        Assert.That((second.Status, second.Header("Retry-After"), second.Header("X-Ratelimit-Remaining")), Is.EqualTo((429, "60", "8")));
        Assert.That(contacts.Status, Is.EqualTo(200));
        Assert.That((invalid.Status, invalid.Header("X-Ratelimit-Remaining")), Is.EqualTo((400, "6")));
        Assert.That((whole.Status, whole.Header("X-Ratelimit-Remaining")), Is.EqualTo((200, "1")));
        Assert.That((tooMuch.Status, tooMuch.Header("Retry-After")), Is.EqualTo((429, "60")));
    }
}
