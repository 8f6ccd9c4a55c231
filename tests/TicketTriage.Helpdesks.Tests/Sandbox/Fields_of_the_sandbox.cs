using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Fields_of_the_sandbox
{
    private static readonly NewField Intent = new("Intent", SandboxFieldKind.Choice, "refund", "order");
    private static readonly NewField Checked = new("Checked", SandboxFieldKind.Checkbox);

    [Test]
    public async Task A_value_is_set_by_the_fields_id_and_a_choice_is_a_tag_as_well()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Fields = [Intent, Checked] }, default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new() { Subject = "s", Body = "b", Tags = ["vip"] });

        var set = await caller.ChangeAsync(1, new
        {
            custom_fields = new object[] { Value(helpdesk.Fields[0], "refund"), Value(helpdesk.Fields[1], true) },
        });
        var moved = await caller.ChangeAsync(1, new { custom_fields = new[] { Value(helpdesk.Fields[0], "order") } });
        var untagged = await caller.ChangeAsync(1, new { tags = new[] { "vip" } });

        Assert.That(set.Json?["ticket"]?["tags"]?.ToJsonString(), Is.EqualTo("""["refund","vip"]"""));
        Assert.That((set.At("ticket.custom_fields.0.value"), set.At("ticket.custom_fields.1.value")), Is.EqualTo(("refund", "true")));
        Assert.That(moved.Json?["ticket"]?["tags"]?.ToJsonString(), Is.EqualTo("""["order","vip"]"""));
        Assert.That(untagged.At("ticket.custom_fields.0.value"), Is.EqualTo("null"), "with its tag a choice goes");
        Assert.That(untagged.At("ticket.custom_fields.1.value"), Is.EqualTo("true"));
    }

    [Test]
    public async Task An_unknown_field_is_dropped_with_a_warning_and_the_rest_is_done()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");

        var reply = await caller.ChangeAsync(1, new { priority = "high", custom_fields = new[] { new { id = 4711, value = "x" } } });

        Assert.That((reply.Status, reply.At("ticket.priority")), Is.EqualTo((200, "high")));
        Assert.That(reply.Header("X-Zendesk-API-Warn"), Does.Contain("custom_fields.4711"));
    }

    [Test]
    public async Task A_wrong_option_and_an_inactive_field_refuse_the_whole_change()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Fields = [Intent, Checked] }, default);
        using var caller = new SandboxCaller(helpdesk);
        var ticket = helpdesk.AddTicket("s", "b");
        helpdesk.ChangeField(helpdesk.Fields[1] with { IsActive = false });

        var wrong = await caller.ChangeAsync(1, new { priority = "high", custom_fields = new[] { Value(helpdesk.Fields[0], "Refund!") } });
        var inactive = await caller.ChangeAsync(1, new { priority = "high", custom_fields = new[] { Value(helpdesk.Fields[1], "true") } });

        Assert.That((wrong.Status, wrong.At("error")), Is.EqualTo((422, "RecordInvalid")));
        Assert.That(wrong.At("details.base.0.description"), Does.StartWith("Intent"));
        Assert.That((inactive.Status, inactive.At("details.base.0.error")), Is.EqualTo((422, "InvalidField")));
        Assert.That(helpdesk.GetTicket(1), Is.EqualTo(ticket));
    }

    [Test]
    public async Task A_field_is_made_and_listed_after_the_accounts_own()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Fields = [Intent] }, default);
        using var caller = new SandboxCaller(helpdesk);
        var options = new[] { new { name = "Positive", value = "triage_sentiment_positive" } };

        var made = await caller.PostAsync(
            "/api/v2/ticket_fields", new { ticket_field = new { type = "tagger", title = "Sentiment", custom_field_options = options } });
        var again = await caller.PostAsync(
            "/api/v2/ticket_fields", new { ticket_field = new { type = "tagger", title = "Mood", custom_field_options = options } });
        var untitled = await caller.PostAsync("/api/v2/ticket_fields", new { ticket_field = new { type = "text" } });
        var list = await caller.GetAsync("/api/v2/ticket_fields");

        Assert.That(made.Status, Is.EqualTo(201));
        Assert.That(made.At("ticket_field.custom_field_options.0.value"), Is.EqualTo("triage_sentiment_positive"));
        Assert.That((again.Status, again.At("details.custom_field_options.0.error")), Is.EqualTo((422, "DuplicateValue")));
        Assert.That((untitled.Status, untitled.At("details.title.0.error")), Is.EqualTo((422, "BlankValue")));
        Assert.That(list.ListAt("ticket_fields", "title").TakeLast(2), Is.EqualTo(new[] { "Intent", "Sentiment" }));
        Assert.That(list.At("ticket_fields.0.type"), Is.EqualTo("subject"));
    }

    [Test]
    public async Task Options_that_are_not_sent_again_are_gone_and_names_may_differ_from_values()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Fields = [Intent] }, default);
        using var caller = new SandboxCaller(helpdesk);
        var path = $"/api/v2/ticket_fields/{helpdesk.Fields[0].Id}";
        var options = new[] { new { name = "Money back", value = "refund" }, new { name = "Praise", value = "praise" } };

        var changed = await caller.PutAsync(
            path, new { ticket_field = new { agent_description = "triage_intent", custom_field_options = options } });
        var unknown = await caller.PutAsync("/api/v2/ticket_fields/1", new { ticket_field = new { title = "x" } });

        Assert.That(changed.At("ticket_field.custom_field_options.0.name"), Is.EqualTo("Money back"));
        Assert.That(changed.At("ticket_field.agent_description"), Is.EqualTo("triage_intent"));
        Assert.That(helpdesk.Fields[0].Choices, Is.EqualTo(new[] { "refund", "praise" }));
        Assert.That(unknown.Status, Is.EqualTo(404));
    }

    [Test]
    public async Task An_incident_is_tied_to_a_problem_and_to_nothing_else()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new() { Subject = "all is down", Body = "b", Type = "problem" });
        helpdesk.AddTicket("mine too", "b");

        var tied = await caller.ChangeAsync(2, new { type = "incident", problem_id = 1 });
        var refused = await caller.ChangeAsync(1, new { problem_id = 2 });
        var incidents = await caller.GetAsync("/api/v2/tickets/1/incidents");

        Assert.That(tied.At("ticket.problem_id"), Is.EqualTo("1"));
        Assert.That(refused.Status, Is.EqualTo(422));
        Assert.That(incidents.ListAt("tickets", "id"), Is.EqualTo(new[] { "2" }));
        Assert.That((await caller.GetAsync("/api/v2/tickets/1")).At("ticket.has_incidents"), Is.EqualTo("true"));
    }

    private static object Value(SandboxField field, object value) => new { id = field.Id, value };
}
