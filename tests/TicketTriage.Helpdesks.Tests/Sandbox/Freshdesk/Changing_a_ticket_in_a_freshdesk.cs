using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Helpdesks.Tests.Sandbox.Freshdesk;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Changing_a_ticket_in_a_freshdesk
{
    private static readonly NewField[] Fields =
    [
        new("Intent", SandboxFieldKind.Choice, "refund", "order"), new("Summary"), new("Score", SandboxFieldKind.Number),
        new("Checked", SandboxFieldKind.Checkbox), new("Promised", SandboxFieldKind.Date),
    ];

    [Test]
    public async Task Only_what_is_sent_changes_and_tags_replace_the_whole_set()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new() { Fields = Fields });
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new() { Subject = "s", Body = "b", Tags = ["vip", "de"], Priority = "low" });

        var reply = await caller.PutAsync("/api/v2/tickets/1", new
        {
            priority = 3,
            tags = new[] { "vip", "triage_intent_refund" },
            group_id = helpdesk.Groups[1].Id,
            custom_fields = new { cf_intent = "refund", cf_score = 0.8, cf_checked = true, cf_promised = "2026-12-01" },
        });

        Assert.That(reply.Status, Is.EqualTo(200));
        var ticket = helpdesk.GetTicket(1);
        Assert.That(ticket.Priority, Is.EqualTo("high"));
        Assert.That(ticket.Tags, Is.EqualTo(new[] { "triage_intent_refund", "vip" }), "no field with choices adds a tag here");
        Assert.That(ticket.GroupId, Is.EqualTo(helpdesk.Groups[1].Id));
        Assert.That(ticket.Subject, Is.EqualTo("s"));
        Assert.That(reply.At("custom_fields.cf_intent"), Is.EqualTo("refund"));
        Assert.That((reply.At("custom_fields.cf_score"), reply.At("custom_fields.cf_checked")), Is.EqualTo(("0.8", "true")));
        Assert.That(reply.At("custom_fields.cf_summary"), Is.EqualTo("null"));
    }

    [TestCase("""{"priorty":3}""", "priorty", "invalid_field")]
    [TestCase("""{"priority":"high"}""", "priority", "datatype_mismatch")]
    [TestCase("""{"priority":5}""", "priority", "invalid_value")]
    [TestCase("""{"status":"2"}""", "status", "datatype_mismatch")]
    [TestCase("""{"status":1}""", "status", "invalid_value")]
    [TestCase("""{"spam":false}""", "spam", "readonly_field")]
    [TestCase("""{"tags":"a b"}""", "tags", "datatype_mismatch")]
    [TestCase("""{"tags":["a,b"]}""", "tags", "invalid_value")]
    [TestCase("""{"tags":["triage_intent_with_a_very_long_slug"]}""", "tags", "invalid_value")]
    [TestCase("""{"group_id":1}""", "group_id", "invalid_value")]
    [TestCase("""{"group_id":"1"}""", "group_id", "datatype_mismatch")]
    [TestCase("""{"responder_id":1}""", "responder_id", "invalid_value")]
    [TestCase("""{"type":"Riddle"}""", "type", "invalid_value")]
    [TestCase("""{"custom_fields":{"cf_nobody":"x"}}""", "custom_fields.cf_nobody", "invalid_field")]
    [TestCase("""{"custom_fields":{"intent":"refund"}}""", "custom_fields.intent", "invalid_field")]
    [TestCase("""{"custom_fields":{"cf_intent":"Refund"}}""", "custom_fields.cf_intent", "invalid_value")]
    [TestCase("""{"custom_fields":{"cf_summary":7}}""", "custom_fields.cf_summary", "datatype_mismatch")]
    [TestCase("""{"custom_fields":{"cf_checked":"true"}}""", "custom_fields.cf_checked", "datatype_mismatch")]
    [TestCase("""{"custom_fields":{"cf_score":"8"}}""", "custom_fields.cf_score", "datatype_mismatch")]
    [TestCase("""{"custom_fields":{"cf_promised":"tomorrow"}}""", "custom_fields.cf_promised", "invalid_value")]
    public async Task A_wrong_field_refuses_the_whole_change_by_its_name(string body, string field, string code)
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new() { Fields = Fields });
        using var caller = new SandboxCaller(helpdesk);
        var ticket = helpdesk.AddTicket("s", "b");

        var reply = await caller.PutAsync("/api/v2/tickets/1", JsonDocument.Parse(body).RootElement);

        Assert.That(reply.Status, Is.EqualTo(400));
        Assert.That(reply.At("description"), Is.EqualTo("Validation failed"));
        Assert.That((reply.At("errors.0.field"), reply.At("errors.0.code")), Is.EqualTo((field, code)));
        Assert.That(helpdesk.GetTicket(1), Is.EqualTo(ticket));
    }

    [TestCase(false, "2026-11-22T09:30:01Z")]
    [TestCase(true, "2026-11-22T09:30:00Z")]
    public async Task Edits_of_one_second_share_a_stamp_only_where_that_is_asked_for(bool mayRepeat, string stamp)
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(
            new() { StampsMayRepeat = mayRepeat, TimeProvider = new StoppedClock() });
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");

        var reply = await caller.PutAsync("/api/v2/tickets/1", new { priority = 3 });

        Assert.That(reply.At("updated_at"), Is.EqualTo(stamp));
    }

    [Test]
    public async Task Every_wrong_field_is_named_at_once()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");

        var reply = await caller.PutAsync("/api/v2/tickets/1", new { priority = 9, stat = 2, tags = new[] { "fine" } });

        Assert.That(reply.ListAt("errors", "field"), Is.EqualTo(new[] { "priority", "stat" }));
    }

    [Test]
    public async Task Deleted_and_spam_tickets_can_be_read_and_nothing_else()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("deleted", "b");
        helpdesk.AddTicket("spam", "b");
        helpdesk.Delete(1);
        helpdesk.MarkAsSpam(2);

        Assert.That((await caller.GetAsync("/api/v2/tickets/1")).At("deleted"), Is.EqualTo("true"));
        Assert.That((await caller.GetAsync("/api/v2/tickets/2")).At("spam"), Is.EqualTo("true"));
        foreach (var number in new[] { 1, 2 })
        {
            Assert.That((await caller.PutAsync($"/api/v2/tickets/{number}", new { priority = 2 })).Status, Is.EqualTo(405));
            Assert.That((await caller.PostAsync($"/api/v2/tickets/{number}/notes", new { body = "n" })).Status, Is.EqualTo(405));
            Assert.That((await caller.PutAsync($"/api/v2/tickets/{number}/summary", new { body = "n" })).Status, Is.EqualTo(405));
        }
    }

    [Test]
    public async Task A_closed_ticket_still_takes_changes_and_an_unknown_one_says_nothing()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");
        helpdesk.Close(1);

        var closed = await caller.PutAsync("/api/v2/tickets/1", new { tags = new[] { "late" } });
        var unknown = await caller.PutAsync("/api/v2/tickets/99", new { tags = new[] { "late" } });

        Assert.That((closed.Status, closed.At("status")), Is.EqualTo((200, "5")));
        Assert.That((unknown.Status, unknown.Text), Is.EqualTo((404, "")));
    }

    [Test]
    public async Task A_note_is_private_unless_it_says_otherwise_and_loses_what_is_hidden_in_it()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");

        var reply = await caller.PostAsync(
            "/api/v2/tickets/1/notes", new { body = "<p data-run=\"7\">Wants a refund<!-- mark --></p><script>1</script>" });

        Assert.That(reply.Status, Is.EqualTo(201));
        Assert.That(reply.At("private"), Is.EqualTo("true"));
        Assert.That((reply.At("incoming"), reply.At("source")), Is.EqualTo(("false", "2")));
        Assert.That(reply.At("user_id"), Is.EqualTo($"{helpdesk.Integration.Id}"));
        Assert.That(helpdesk.ListComments(1)[^1].Html, Is.EqualTo("<p>Wants a refund</p>"));
        Assert.That(helpdesk.ListComments(1)[^1].IsPublic, Is.False);
    }

    [TestCase("""{}""", "body", "missing_field")]
    [TestCase("""{"body":" "}""", "body", "missing_field")]
    [TestCase("""{"body":5}""", "body", "datatype_mismatch")]
    [TestCase("""{"body":"n","private":"true"}""", "private", "datatype_mismatch")]
    [TestCase("""{"body":"n","public":false}""", "public", "invalid_field")]
    public async Task A_note_with_a_wrong_field_is_refused(string body, string field, string code)
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");

        var reply = await caller.PostAsync("/api/v2/tickets/1/notes", JsonDocument.Parse(body).RootElement);

        Assert.That((reply.Status, reply.At("errors.0.field"), reply.At("errors.0.code")), Is.EqualTo((400, field, code)));
        Assert.That(helpdesk.ListComments(1), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_summary_is_overwritten_and_removed()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");

        var none = await caller.GetAsync("/api/v2/tickets/1/summary");
        var first = await caller.PutAsync("/api/v2/tickets/1/summary", new { body = "<p>First</p>" });
        var second = await caller.PutAsync("/api/v2/tickets/1/summary", new { body = "<p>Second</p>" });
        var removed = await caller.DeleteAsync("/api/v2/tickets/1/summary");

        Assert.That(none.Status, Is.EqualTo(404));
        Assert.That((second.At("body_text"), second.At("id")), Is.EqualTo(("Second", first.At("id"))));
        Assert.That(removed.Status, Is.EqualTo(204));
        Assert.That(helpdesk.GetTicket(1).Summary, Is.Null);
    }

    [Test]
    public async Task A_change_a_note_and_a_summary_stand_in_the_journal_each_by_itself_with_the_mark_they_carry()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");
        var clock = new StoppedClock();
        var (triage, other) = (Guid.CreateVersion7(clock.Now), Guid.CreateVersion7(clock.Now));

        await caller.PutAsync("/api/v2/tickets/1", new { priority = 3 });
        await caller.PostAsync("/api/v2/tickets/1/notes", new { body = $"<p>Why</p><small>{triage:N}</small>" });
        await caller.PutAsync("/api/v2/tickets/1/summary", new { body = $"<p>What ({triage})</p>" });

        Assert.That(helpdesk.Journal.ApiChanges.Select(change => change.What), Is.EqualTo(new[] { "Edited", "Noted", "Summarised" }));
        Assert.That(helpdesk.Journal.ListMarked(triage).Select(change => change.What), Is.EqualTo(new[] { "Noted", "Summarised" }));
        Assert.That(helpdesk.Journal.ListMarked(other), Is.Empty);
    }

    [Test]
    public async Task A_new_field_can_be_set_at_once_and_two_of_one_label_can_not_be()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");
        var wanted = new
        {
            label = "Triage intent",
            label_for_customers = "Intent",
            type = "custom_dropdown",
            choices = new[] { new { value = "refund", position = 1 } },
        };

        var made = await caller.PostAsync("/api/v2/admin/ticket_fields", wanted);
        var again = await caller.PostAsync("/api/v2/admin/ticket_fields", wanted);
        var set = await caller.PutAsync("/api/v2/tickets/1", new { custom_fields = new { cf_triage_intent = "refund" } });

        Assert.That((made.Status, made.At("name"), made.At("choices.0.value")), Is.EqualTo((201, "cf_triage_intent", "refund")));
        Assert.That((again.Status, again.At("errors.0.code")), Is.EqualTo((409, "duplicate_value")));
        Assert.That(set.At("custom_fields.cf_triage_intent"), Is.EqualTo("refund"));
    }

    [TestCase("Basic c2FuZGJveC1hcGktdG9rZW46WA==", 200)]
    [TestCase("Basic c2FuZGJveC1hcGktdG9rZW4=", 200)]
    [TestCase("Basic bm90LXRoZS1rZXk6WA==", 401)]
    [TestCase("Basic %%%", 401)]
    [TestCase("Bearer sandbox-api-token", 401)]
    public async Task Only_the_key_opens_and_the_password_does_not_count(string authorization, int status)
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk, authorization);

        Assert.That((await caller.GetAsync("/api/v2/agents/me")).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task What_is_not_json_or_not_a_known_method_is_refused()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");
        using var xml = new HttpRequestMessage(HttpMethod.Put, "/api/v2/tickets/1")
        {
            Content = new StringContent("<ticket/>", new MediaTypeHeaderValue("application/xml")),
        };
        using var broken = new HttpRequestMessage(HttpMethod.Put, "/api/v2/tickets/1")
        {
            Content = new StringContent("{", Encoding.UTF8, "application/json"),
        };

        var refusedForm = await caller.SendAsync(xml);
        var refusedJson = await caller.SendAsync(broken);
        var refusedMethod = await caller.PostAsync("/api/v2/tickets/1", new { });

        Assert.That(refusedForm.Status, Is.EqualTo(415));
        Assert.That((refusedJson.Status, refusedJson.At("code")), Is.EqualTo((400, "invalid_json")));
        Assert.That(refusedMethod.Status, Is.EqualTo(405));
    }
}
