using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Faults;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Faults_of_the_sandbox
{
    [Test]
    public async Task A_rule_strikes_as_often_as_it_says_after_letting_some_through()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.Faults.Add(
            new() { Path = "/api/v2/groups", Kind = FaultKind.Status, Status = 429, RetryAfter = "7", After = 1, Times = 2 });

        var replies = new List<Reply>();
        for (var call = 0; call < 4; call++)
        {
            replies.Add(await caller.GetAsync("/api/v2/groups.json"));
        }

        Assert.That(replies.Select(reply => reply.Status), Is.EqualTo(new[] { 200, 429, 429, 200 }));
        Assert.That(replies[1].Header("Retry-After"), Is.EqualTo("7"));
        Assert.That(helpdesk.Journal.CallsByEndpoint["GET /api/v2/groups"], Is.EqualTo(4));
        Assert.That(helpdesk.Journal.Calls.Select(call => call.Fault), Is.EqualTo(new[] { null, "Status", "Status", null }));
    }

    [Test]
    public async Task A_refused_change_is_not_applied()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var number = helpdesk.AddTicket("s", "b").Number;
        helpdesk.Faults.Add(new() { Method = "PUT", Path = "/api/v2/tickets/*", Kind = FaultKind.Status, Status = 500, Times = 1 });

        var reply = await caller.ChangeAsync(number, new { priority = "low" });

        Assert.That(reply.Status, Is.EqualTo(500));
        Assert.That(helpdesk.Journal.ApiChanges, Is.Empty);
    }

    [TestCase(FaultKind.NoAnswer, 0)]
    [TestCase(FaultKind.AnswerLost, 1)]
    public async Task A_broken_connection_comes_before_or_after_the_change(FaultKind kind, int applied)
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var number = helpdesk.AddTicket("s", "b").Number;
        helpdesk.Faults.Add(new() { Method = "PUT", Kind = kind, Times = 1 });

        Assert.That(async () => await caller.ChangeAsync(number, new { priority = "low" }), Throws.InstanceOf<HttpRequestException>());

        Assert.That(helpdesk.Journal.ApiChanges, Has.Count.EqualTo(applied));
        Assert.That(helpdesk.Journal.Calls.Single().Status, Is.Null);
    }

    [Test]
    public async Task A_page_of_html_stands_where_json_was_expected()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.Faults.Add(new() { Kind = FaultKind.Html, Status = 200 });

        var reply = await caller.GetAsync("/api/v2/groups");

        Assert.That(reply.Status, Is.EqualTo(200));
        Assert.That(reply.Json, Is.Null);
        Assert.That(reply.Text, Does.StartWith("<!doctype html>"));
    }

    [Test]
    public async Task A_share_strikes_the_same_calls_for_the_same_seed()
    {
        var runs = new List<int[]>();
        foreach (var seed in new[] { 7, 7, 8 })
        {
            await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Seed = seed }, default);
            using var caller = new SandboxCaller(helpdesk);
            helpdesk.Faults.Add(new() { Path = "/api/**", Kind = FaultKind.Status, Status = 500, Share = 0.4 });
            var statuses = new List<int>();
            for (var call = 0; call < 60; call++)
            {
                statuses.Add((await caller.GetAsync("/api/v2/groups")).Status);
            }

            runs.Add([.. statuses]);
        }

        Assert.That(runs[1], Is.EqualTo(runs[0]));
        Assert.That(runs[2], Is.Not.EqualTo(runs[0]));
        Assert.That(runs[0].Count(status => status == 500), Is.InRange(10, 38));
    }

    [Test]
    public async Task Faults_are_planned_and_the_journal_is_read_over_http()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var number = helpdesk.AddTicket("s", "b").Number;

        var fault = new { method = "PUT", path = "/api/v2/tickets/*", kind = "Status", status = 422, times = 1, delay = "00:00:00.001" };
        var planned = await caller.PostAsync("/sandbox/faults", fault);
        var refused = await caller.ChangeAsync(number, new { priority = "low" });
        await caller.ChangeAsync(number, new { priority = "low", metadata = new { run = "x" } });
        var journal = await caller.GetAsync("/sandbox/journal");

        Assert.That(planned.Status, Is.EqualTo(204));
        Assert.That(refused.Status, Is.EqualTo(422));
        Assert.That(journal.ListAt("changes", "what"), Is.EqualTo(new[] { "Created", "Edited" }));
        Assert.That((string?)journal.Json?["changes"]?[1]?["metadata"], Is.EqualTo("""{"run":"x"}"""));
        Assert.That((int?)journal.Json?["callsByEndpoint"]?["PUT /api/v2/tickets/{id}"], Is.EqualTo(2));
    }

    [TestCase("""{"path":"/x"}""")]
    [TestCase("""{"kind":"Explodes"}""")]
    [TestCase("""{"kind":"Status","share":2}""")]
    [TestCase("""{"kind":"Status","status":42}""")]
    [TestCase("""{"kind":"Status","path":"api"}""")]
    public async Task A_fault_that_can_not_be_meant_is_refused(string rule)
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);

        var reply = await caller.PostAsync("/sandbox/faults", System.Text.Json.JsonDocument.Parse(rule).RootElement);

        Assert.That(reply.Status, Is.EqualTo(400));
        Assert.That((await caller.GetAsync("/api/v2/groups")).Status, Is.EqualTo(200));
    }
}
