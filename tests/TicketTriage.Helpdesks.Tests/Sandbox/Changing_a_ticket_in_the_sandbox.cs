using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Changing_a_ticket_in_the_sandbox
{
    [Test]
    public async Task One_call_sets_tags_priority_and_group_and_adds_a_private_note_in_one_audit()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var ticket = helpdesk.AddTicket(new() { Subject = "Refund", Body = "Where is it?", Tags = ["vip"] });
        var group = helpdesk.Groups[1];

        var reply = await caller.ChangeAsync(ticket.Number, new
        {
            tags = new[] { "vip", "triage_intent_refund" },
            priority = "high",
            group_id = group.Id,
            comment = new { html_body = "<p>Wants <b>money</b> back</p>", @public = false },
            metadata = new { ticket_triage = new { run = "r-1" } },
        });

        Assert.That(reply.Status, Is.EqualTo(200));
        Assert.That(reply.At("ticket.priority"), Is.EqualTo("high"));
        Assert.That(reply.At("ticket.group_id"), Is.EqualTo($"{group.Id}"));
        Assert.That(reply.At("ticket.tags"), Is.EqualTo("""["triage_intent_refund","vip"]"""));
        Assert.That(reply.At("audit.metadata.custom.ticket_triage.run"), Is.EqualTo("r-1"));
        Assert.That(reply.At("audit.events.0.public"), Is.EqualTo("false"));
        Assert.That(reply.At("audit.events.0.body"), Is.EqualTo("Wants money back"));
        var changes = helpdesk.Journal.ApiChanges;
        Assert.That(changes.Select(change => $"{change.AuditId}"), Is.EqualTo(new[] { reply.At("audit.id") }));
        Assert.That(changes[0].Fields.Select(field => field.Field), Is.EquivalentTo(new[] { "tags", "priority", "group_id" }));
        Assert.That(changes[0].IsPublicComment, Is.False);
        Assert.That(changes[0].Metadata, Does.Contain("r-1"));
    }

    [Test]
    public async Task Tags_replace_the_whole_set()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var ticket = helpdesk.AddTicket(new() { Subject = "s", Body = "b", Tags = ["vip", "Old Customer"] });

        await caller.ChangeAsync(ticket.Number, new { tags = new[] { "only" } });

        Assert.That(ticket.Tags, Is.EqualTo(new[] { "customer", "old", "vip" }));
        Assert.That(helpdesk.GetTicket(ticket.Number).Tags, Is.EqualTo(new[] { "only" }));
    }

    [Test]
    public async Task What_is_not_named_stays_and_null_clears()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var ticket = helpdesk.AddTicket(new() { Subject = "s", Body = "b", Priority = "low", GroupId = helpdesk.Groups[0].Id });

        await caller.ChangeAsync(ticket.Number, new { group_id = (long?)null });

        var after = helpdesk.GetTicket(ticket.Number);
        Assert.That(after.GroupId, Is.Null);
        Assert.That(after.Priority, Is.EqualTo("low"));
    }

    [Test]
    public async Task Every_edit_has_its_own_stamp_even_within_one_second()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { TimeProvider = new StoppedClock() }, default);
        using var caller = new SandboxCaller(helpdesk);
        var read = helpdesk.AddTicket("s", "b");
        helpdesk.EditAsPerson(read.Number, new() { Priority = "low" });

        var stale = await caller.ChangeAsync(
            read.Number, new { priority = "urgent", safe_update = true, updated_stamp = read.UpdatedAt.ToString("O") });
        var stamp = helpdesk.GetTicket(read.Number).UpdatedAt.ToString("O");
        var fresh = await caller.ChangeAsync(read.Number, new { priority = "urgent", safe_update = true, updated_stamp = stamp });

        Assert.That(stale.Status, Is.EqualTo(409));
        Assert.That(stale.At("error"), Is.EqualTo("UpdateConflict"));
        Assert.That(fresh.Status, Is.EqualTo(200));
        Assert.That(helpdesk.Journal.ApiChanges, Has.Count.EqualTo(1));
        Assert.That(fresh.At("ticket.updated_at"), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"));
    }

    [TestCase("""{"safe_update":false,"updated_stamp":"2020-01-01Z","priority":"low"}""", 409, TestName = "False_protects_like_true")]
    [TestCase("""{"safe_update":true,"priority":"low"}""", 409, TestName = "Protection_without_a_stamp_is_refused")]
    [TestCase("""{"updated_stamp":"2020-01-01T00:00:00Z","priority":"low"}""", 200, TestName = "A_stamp_alone_protects_nothing")]
    public async Task The_stamp_counts_where_protection_is_named(string change, int status)
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var ticket = helpdesk.AddTicket("s", "b");

        var reply = await caller.ChangeAsync(ticket.Number, System.Text.Json.JsonDocument.Parse(change).RootElement);

        Assert.That(reply.Status, Is.EqualTo(status));
        Assert.That(helpdesk.GetTicket(ticket.Number).Priority, Is.EqualTo(status == 200 ? "low" : null));
    }

    [Test]
    public async Task Unknown_and_read_only_properties_are_dropped_and_named_in_a_header()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var ticket = helpdesk.AddTicket("s", "b");

        var reply = await caller.ChangeAsync(ticket.Number, new { priorty = "high", id = 7, priority = "low" });

        Assert.That(reply.Status, Is.EqualTo(200));
        Assert.That(reply.At("ticket.priority"), Is.EqualTo("low"));
        Assert.That(reply.Header("X-Zendesk-API-Warn"), Does.Contain("\"priorty\"").And.Contain("\"id\"").And.Not.Contain("\"priority\""));
    }

    [Test]
    public async Task A_property_that_the_vendor_knows_and_the_sandbox_does_not_is_unplanned()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var ticket = helpdesk.AddTicket("s", "b");

        var reply = await caller.ChangeAsync(ticket.Number, new { due_at = "2026-12-01" });

        Assert.That(reply.Status, Is.EqualTo(501));
        Assert.That(helpdesk.Journal.UnplannedCalls, Is.EqualTo(new[] { "PUT /api/v2/tickets/{id} with due_at" }));
    }

    [TestCase("""{"priority":"P1"}""", "priority")]
    [TestCase("""{"status":"done"}""", "status")]
    [TestCase("""{"group_id":5}""", "group")]
    [TestCase("""{"group_id":"five"}""", "group")]
    [TestCase("""{"assignee_id":5}""", "assignee")]
    [TestCase("""{"tags":[1]}""", "tags")]
    [TestCase("""{"comment":{"body":"x","public":"false"}}""", "comment")]
    public async Task A_wrong_value_is_refused_whole_and_its_field_is_named(string wrong, string field)
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var ticket = helpdesk.AddTicket("s", "b");
        var change = System.Text.Json.Nodes.JsonNode.Parse(wrong)?.AsObject() ?? [];
        change["subject"] = "changed";

        var reply = await caller.ChangeAsync(ticket.Number, change);

        Assert.That(reply.Status, Is.EqualTo(422));
        Assert.That(reply.At("error"), Is.EqualTo("RecordInvalid"));
        Assert.That(reply.At($"details.{field}.0.description"), Is.Not.EqualTo("null"));
        Assert.That(helpdesk.GetTicket(ticket.Number), Is.EqualTo(ticket));
    }

    [Test]
    public async Task A_closed_ticket_refuses_every_change()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var ticket = helpdesk.AddTicket("s", "b");
        helpdesk.Close(ticket.Number);

        var reply = await caller.ChangeAsync(ticket.Number, new { tags = new[] { "late" } });

        Assert.That(reply.Status, Is.EqualTo(422));
        Assert.That(reply.At("details.status.0.description"), Does.Contain("closed"));
        Assert.That(helpdesk.Journal.ApiChanges, Is.Empty);
    }

    [Test]
    public async Task Unknown_deleted_and_spam_tickets_are_not_found()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var (deleted, spam) = (helpdesk.AddTicket("s", "b").Number, helpdesk.AddTicket("s", "b").Number);
        helpdesk.Delete(deleted);
        helpdesk.MarkAsSpam(spam);

        foreach (var number in new[] { deleted, spam, 4711 })
        {
            var read = await caller.GetAsync($"/api/v2/tickets/{number}");
            Assert.That(read.At("error"), Is.EqualTo("RecordNotFound"), $"reading {number}");
            Assert.That((await caller.ChangeAsync(number, new { priority = "low" })).Status, Is.EqualTo(404), $"changing {number}");
            Assert.That((await caller.GetAsync($"/api/v2/tickets/{number}/comments")).Status, Is.EqualTo(404), $"comments of {number}");
        }
    }

    [Test]
    public async Task A_merged_ticket_is_closed_and_says_where_it_went()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        var (merged, target) = (helpdesk.AddTicket("s", "b").Number, helpdesk.AddTicket("s", "b").Number);

        helpdesk.Merge(merged, target);

        Assert.That(helpdesk.GetTicket(merged).Status, Is.EqualTo("closed"));
        Assert.That(helpdesk.GetTicket(merged).Tags, Does.Contain("closed_by_merge"));
        Assert.That(helpdesk.ListComments(target)[^1].Text, Does.Contain($"{merged}"));
    }

    [Test]
    public async Task An_agent_outside_the_group_can_not_be_assigned_and_is_dropped_when_the_group_changes()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var (support, billing) = (helpdesk.Groups[0].Id, helpdesk.Groups[1].Id);
        var agentOfSupport = helpdesk.Integration.Id + 2;
        var ticket = helpdesk.AddTicket("s", "b");

        var refused = await caller.ChangeAsync(ticket.Number, new { group_id = billing, assignee_id = agentOfSupport });
        var assigned = await caller.ChangeAsync(ticket.Number, new { group_id = support, assignee_id = agentOfSupport });
        var moved = await caller.ChangeAsync(ticket.Number, new { group_id = billing });

        Assert.That(refused.Status, Is.EqualTo(422));
        Assert.That(assigned.At("ticket.status"), Is.EqualTo("open"));
        Assert.That(moved.At("ticket.assignee_id"), Is.EqualTo("null"));
    }

    [Test]
    public async Task A_full_ticket_refuses_a_comment_and_takes_other_changes()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var number = helpdesk.AddTicket("s", "b").Number;
        for (var comments = 1; comments < 5_000; comments++)
        {
            helpdesk.AddComment(number, new() { Body = "again" });
        }

        var comment = await caller.ChangeAsync(number, new { comment = new { body = "one more", @public = false } });
        var tag = await caller.ChangeAsync(number, new { tags = new[] { "full" } });

        Assert.That(comment.Status, Is.EqualTo(422));
        Assert.That(tag.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_change_that_changes_nothing_leaves_the_stamp_and_writes_no_audit()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var ticket = helpdesk.AddTicket(new NewTicket { Subject = "s", Body = "b", Priority = "low" });

        var reply = await caller.ChangeAsync(ticket.Number, new { priority = "low" });

        Assert.That(reply.Status, Is.EqualTo(200));
        Assert.That(reply.At("audit"), Is.EqualTo("null"));
        Assert.That(helpdesk.GetTicket(ticket.Number), Is.EqualTo(ticket));
    }

    [TestCase("[]")]
    [TestCase("\"ticket\"")]
    public async Task A_body_without_a_ticket_is_a_bad_request(string ticket)
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var number = helpdesk.AddTicket("s", "b").Number;

        var reply = await caller.ChangeAsync(number, System.Text.Json.JsonDocument.Parse(ticket).RootElement);

        Assert.That(reply.Status, Is.EqualTo(400));
    }
}
