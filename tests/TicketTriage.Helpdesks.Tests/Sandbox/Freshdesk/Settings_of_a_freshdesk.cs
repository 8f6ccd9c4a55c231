using System.Globalization;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Helpdesks.Tests.Sandbox.Freshdesk;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Settings_of_a_freshdesk
{
    [Test]
    public async Task Administrators_see_choices_with_ids_and_rename_remove_and_add_them()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(
            new() { Fields = [new("Intent", SandboxFieldKind.Choice, "refund", "order", "other")] });
        using var caller = new SandboxCaller(helpdesk);
        var path = $"/api/v2/admin/ticket_fields/{helpdesk.Fields[0].Id}";

        var list = await caller.GetAsync("/api/v2/admin/ticket_fields");
        var before = await caller.GetAsync(path);
        var after = await caller.PutAsync(path, new
        {
            choices = new object[]
            {
                new { id = long.Parse(before.At("choices.0.id"), CultureInfo.InvariantCulture), value = "refunds" },
                new { id = long.Parse(before.At("choices.1.id"), CultureInfo.InvariantCulture), deleted = true },
                new { value = "complaint", position = 3 },
            },
        });
        var wrong = await caller.PutAsync(path, new { choices = new[] { new { id = 1, value = "x" } } });

        Assert.That(list.Json?.AsArray().Single(field => (string?)field?["name"] == "cf_intent")?["choices"], Is.Null);
        Assert.That(before.ListAt("choices", "value"), Is.EqualTo(new[] { "refund", "order", "other" }));
        Assert.That(after.ListAt("choices", "value"), Is.EqualTo(new[] { "refunds", "other", "complaint" }));
        Assert.That(helpdesk.Fields[0].Choices, Is.EqualTo(new[] { "refunds", "other", "complaint" }));
        Assert.That(wrong.Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_rule_that_is_renewed_reports_in_its_new_form_only()
    {
        await using var target = await WebhookTarget.StartAsync();
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        object Rule(bool active, string version) => new
        {
            name = "TicketTriage",
            active,
            conditions = Array.Empty<object>(),
            actions = new[] { new { field_name = "trigger_webhook", url = target.Address, content = new { version } } },
        };

        var made = await caller.PostAsync("/api/v2/automations/1/rules", Rule(active: false, "1"));
        helpdesk.AddTicket("unheard", "b");
        var renewed = await caller.PutAsync($"/api/v2/automations/1/rules/{made.At("id")}", Rule(active: true, "2"));
        helpdesk.AddTicket("heard", "b");
        var heard = await target.NextAsync();
        var unknown = await caller.PutAsync("/api/v2/automations/4/rules/5", Rule(active: true, "3"));

        Assert.That((renewed.Status, renewed.At("id")), Is.EqualTo((200, made.At("id"))));
        Assert.That(heard.Json?.ToJsonString(), Is.EqualTo("""{"version":"2"}"""));
        Assert.That(() => helpdesk.WebhooksUnderWay, Is.Zero.After(5_000, 10));
        Assert.That(helpdesk.Journal.Deliveries, Has.Count.EqualTo(1));
        Assert.That(unknown.Status, Is.EqualTo(400), "a rule on updates needs events");
    }

    [Test]
    public async Task An_archived_ticket_is_only_where_archived_ones_are()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("old", "b");
        helpdesk.AddComment(1, new() { Body = "again" });
        helpdesk.AddTicket("young", "b");
        helpdesk.Archive(1);

        Assert.That((await caller.GetAsync("/api/v2/tickets/1")).Status, Is.EqualTo(404));
        Assert.That((await caller.GetAsync("/api/v2/tickets/1/conversations")).Status, Is.EqualTo(404));
        Assert.That((await caller.PutAsync("/api/v2/tickets/1", new { priority = 2 })).Status, Is.EqualTo(404));
        Assert.That((await caller.GetAsync("/api/v2/tickets")).Json?.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await caller.GetAsync("/api/v2/tickets/archived/1")).At("subject"), Is.EqualTo("old"));
        Assert.That((await caller.GetAsync("/api/v2/tickets/archived/1/conversations")).At("0.body_text"), Is.EqualTo("again"));
        Assert.That((await caller.GetAsync("/api/v2/tickets/archived/2")).Status, Is.EqualTo(404));
    }

    [TestCase("\"status:2\"", 2)]
    [TestCase("\"status:2 OR status:6\"", 3)]
    [TestCase("\"agent_id:null AND (status:2 OR status:6)\"", 2)]
    [TestCase("\"priority:>3\"", 1)]
    [TestCase("\"tag:vip AND status:4\"", 1)]
    [TestCase("\"created_at:<'2026-11-21'\"", 0)]
    public async Task A_search_in_quotation_marks_finds_and_counts(string query, int total)
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new() { TimeProvider = new StoppedClock() });
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new() { Subject = "urgent", Body = "b", Priority = "urgent" });
        helpdesk.AddTicket("held", "b");
        helpdesk.AddTicket("taken", "b");
        helpdesk.AddTicket(new() { Subject = "solved", Body = "b", Tags = ["vip"] });
        helpdesk.EditAsPerson(2, new() { Status = "hold" });
        helpdesk.EditAsPerson(3, new() { AssigneeId = helpdesk.TeamLead.Id });
        helpdesk.EditAsPerson(4, new() { Status = "solved" });

        var reply = await caller.GetAsync($"/api/v2/search/tickets?query={Uri.EscapeDataString(query)}");

        Assert.That(reply.At("total"), Is.EqualTo($"{total}"));
        Assert.That(reply.Json?["results"]?.AsArray(), Has.Count.EqualTo(total));
    }

    [TestCase("status:2")]
    [TestCase("\"status:2 AND\"")]
    [TestCase("\"(status:2\"")]
    [TestCase("\"mood:good\"")]
    public async Task A_search_that_is_none_is_refused(string query)
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);

        var reply = await caller.GetAsync($"/api/v2/search/tickets?query={Uri.EscapeDataString(query)}");

        Assert.That((reply.Status, reply.At("errors.0.field")), Is.EqualTo((400, "query")));
    }
}
