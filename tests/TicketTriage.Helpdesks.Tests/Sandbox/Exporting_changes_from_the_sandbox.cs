using TicketTriage.Sandbox;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Exporting_changes_from_the_sandbox
{
    [Test]
    public async Task Each_ticket_comes_once_at_its_newest_change_and_the_cursor_goes_on_from_there()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        for (var ticket = 0; ticket < 3; ticket++)
        {
            helpdesk.AddTicket("s", "b");
        }

        helpdesk.EditAsPerson(1, new() { Priority = "low" });
        helpdesk.Delete(2);

        var first = await caller.GetAsync("/api/v2/incremental/tickets/cursor?start_time=0&per_page=2");
        var second = await caller.GetAsync($"/api/v2/incremental/tickets/cursor.json?cursor={first.At("after_cursor")}");
        helpdesk.EditAsPerson(3, new() { Priority = "low" });
        var third = await caller.GetAsync($"/api/v2/incremental/tickets/cursor?cursor={second.At("after_cursor")}");

        Assert.That(first.ListAt("tickets", "id"), Is.EqualTo(new[] { "3", "1" }));
        Assert.That(first.At("end_of_stream"), Is.EqualTo("false"));
        Assert.That(second.ListAt("tickets", "status"), Is.EqualTo(new[] { "deleted" }));
        Assert.That(second.At("end_of_stream"), Is.EqualTo("true"));
        Assert.That(third.ListAt("tickets", "id"), Is.EqualTo(new[] { "3" }));
    }

    [Test]
    public async Task It_starts_at_the_second_that_is_asked_for()
    {
        var clock = new StoppedClock();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { TimeProvider = clock }, default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("early", "b");
        clock.Now += TimeSpan.FromSeconds(10);
        helpdesk.AddTicket("late", "b");

        var both = await caller.GetAsync($"/api/v2/incremental/tickets/cursor?start_time={clock.Now.ToUnixTimeSeconds() - 10}");
        var late = await caller.GetAsync($"/api/v2/incremental/tickets/cursor?start_time={clock.Now.ToUnixTimeSeconds() - 9}");

        Assert.That(both.ListAt("tickets", "subject"), Is.EqualTo(new[] { "early", "late" }));
        Assert.That(late.ListAt("tickets", "subject"), Is.EqualTo(new[] { "late" }));
    }

    [Test]
    public async Task The_newest_minute_can_be_left_out_as_the_vendor_does()
    {
        var clock = new StoppedClock();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { TimeProvider = clock, ExportLagsOneMinute = true }, default);
        using var caller = new SandboxCaller(helpdesk);
        var start = clock.Now.ToUnixTimeSeconds();
        helpdesk.AddTicket("s", "b");

        var tooRecent = await caller.GetAsync($"/api/v2/incremental/tickets/cursor?start_time={start}");
        clock.Now += TimeSpan.FromSeconds(59);
        var early = await caller.GetAsync($"/api/v2/incremental/tickets/cursor?start_time={start - 60}");
        clock.Now += TimeSpan.FromSeconds(1);
        var later = await caller.GetAsync($"/api/v2/incremental/tickets/cursor?cursor={early.At("after_cursor")}");

        Assert.That(tooRecent.Status, Is.EqualTo(400));
        Assert.That(early.ListAt("tickets", "id"), Is.Empty);
        Assert.That(early.At("end_of_stream"), Is.EqualTo("true"));
        Assert.That(later.ListAt("tickets", "id"), Is.EqualTo(new[] { "1" }));
    }

    [TestCase("")]
    [TestCase("start_time=yesterday")]
    [TestCase("cursor=rubbish")]
    public async Task Without_a_place_to_start_it_is_refused(string query)
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);

        Assert.That((await caller.GetAsync($"/api/v2/incremental/tickets/cursor?{query}")).Status, Is.EqualTo(400));
    }
}
