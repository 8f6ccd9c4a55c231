using TicketTriage.Sandbox;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Service_levels_of_the_sandbox
{
    [Test]
    public async Task A_ticket_tells_its_clocks_by_sideload_and_by_its_own_path()
    {
        var clock = new StoppedClock();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { TimeProvider = clock }, default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new() { Subject = "s", Body = "b", Priority = "urgent" });
        helpdesk.AddTicket("without priority", "b");

        var sideload = await caller.GetAsync("/api/v2/tickets/1?include=slas");
        var list = await caller.GetAsync("/api/v2/tickets?include=slas");
        var own = await caller.GetAsync("/api/v2/tickets/1/slas/policy_metrics.json");
        var plain = await caller.GetAsync("/api/v2/tickets/1");

        Assert.That(sideload.At("ticket.slas.policy_metrics.0.breach_at"), Is.EqualTo("2026-11-22T10:00:00Z"));
        Assert.That(own.At("policy_metrics.0.minutes"), Is.EqualTo("30"));
        Assert.That(own.At("policy_metrics.1.metric"), Is.EqualTo("total_resolution_time"));
        Assert.That(list.Json?["tickets"]?[1]?["slas"]?["policy_metrics"]?.ToJsonString(), Is.EqualTo("[]"));
        Assert.That(plain.Json?["ticket"]?.AsObject().ContainsKey("slas"), Is.False);
    }

    [Test]
    public async Task A_clock_pauses_while_the_customer_is_waited_for_and_is_achieved_in_the_end()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new() { Subject = "s", Body = "b", Priority = "low" });

        helpdesk.EditAsPerson(1, new() { Status = "pending", Comment = new() { Body = "Which order?" } });
        var waiting = await caller.GetAsync("/api/v2/tickets/1/slas/policy_metrics");
        helpdesk.EditAsPerson(1, new() { Status = "solved" });
        var solved = await caller.GetAsync("/api/v2/tickets/1/slas/policy_metrics");

        Assert.That(waiting.ListAt("policy_metrics", "stage"), Is.EqualTo(new[] { "achieved", "paused" }));
        Assert.That(solved.ListAt("policy_metrics", "stage"), Is.EqualTo(new[] { "achieved", "achieved" }));
    }

    [Test]
    public async Task An_account_has_only_the_ways_it_has()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { SlaRoutes = SlaRoutes.MetricEvents }, default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new() { Subject = "s", Body = "b", Priority = "urgent" });

        var sideload = await caller.GetAsync("/api/v2/tickets/1?include=slas");
        var own = await caller.GetAsync("/api/v2/tickets/1/slas/policy_metrics");
        var events = await caller.GetAsync("/api/v2/incremental/ticket_metric_events?start_time=1");

        Assert.That((sideload.Status, sideload.At("ticket.slas")), Is.EqualTo((200, "null")));
        Assert.That(own.Status, Is.EqualTo(404));
        Assert.That(events.ListAt("ticket_metric_events", "type"), Is.EqualTo(new[] { "activate", "apply_sla", "activate", "apply_sla" }));
    }

    [Test]
    public async Task A_missed_deadline_is_an_event_from_its_moment_on()
    {
        var clock = new StoppedClock();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { TimeProvider = clock }, default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new() { Subject = "s", Body = "b", Priority = "urgent" });
        var since = clock.Now.ToUnixTimeSeconds() + 1;

        clock.Now = clock.Now.AddMinutes(29);
        var before = await caller.GetAsync($"/api/v2/incremental/ticket_metric_events?start_time={since}");
        clock.Now = clock.Now.AddMinutes(1);
        var after = await caller.GetAsync($"/api/v2/incremental/ticket_metric_events?start_time={since}");

        Assert.That(before.At("count"), Is.EqualTo("0"));
        Assert.That(after.At("ticket_metric_events.0.type"), Is.EqualTo("breach"));
        Assert.That(after.At("ticket_metric_events.0.metric"), Is.EqualTo("reply_time"));
    }
}
