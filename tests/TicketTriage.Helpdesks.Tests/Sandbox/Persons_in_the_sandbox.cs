using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Persons;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Persons_in_the_sandbox
{
    [Test]
    public async Task A_person_comes_between_reading_and_writing_and_the_stamp_tells()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");
        helpdesk.Persons.Add(new() { Method = "PUT", Edit = new() { Priority = "urgent", AddedTags = ["by_hand"] } });

        var stamp = (await caller.GetAsync("/api/v2/tickets/1")).At("ticket.updated_at");
        var protectedWrite = await caller.ChangeAsync(1, new { priority = "low", safe_update = true, updated_stamp = stamp });
        var again = await caller.GetAsync("/api/v2/tickets/1");

        Assert.That(protectedWrite.Status, Is.EqualTo(409));
        Assert.That((again.At("ticket.priority"), again.At("ticket.tags.0")), Is.EqualTo(("urgent", "by_hand")));
        Assert.That(helpdesk.Journal.Changes[^1].AuthorId, Is.EqualTo(helpdesk.TeamLead.Id));
        Assert.That(helpdesk.Journal.OverwrittenChanges, Is.Empty);
    }

    [Test]
    public async Task Without_a_stamp_the_persons_change_is_lost_and_the_journal_says_which()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Kind = SandboxKind.Freshdesk }, default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new() { Subject = "s", Body = "b", Tags = ["vip"] });
        helpdesk.Persons.Add(new()
        {
            Method = "PUT",
            Edit = new() { Priority = "urgent", AddedTags = ["by_hand"], RemovedTags = ["vip"], Status = "pending" },
        });

        await caller.PutAsync("/api/v2/tickets/1", new { priority = 2, tags = new[] { "vip", "triage" } });

        var lost = helpdesk.Journal.OverwrittenChanges;
        Assert.That(lost.Select(change => change.Field), Is.EquivalentTo(new[] { "priority", "tag by_hand", "tag vip" }));
        Assert.That(helpdesk.GetTicket(1).Status, Is.EqualTo("pending"), "what was not sent stays");
    }

    [Test]
    public async Task A_person_may_come_after_a_read_later_on_and_more_than_once()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");
        helpdesk.AddTicket("other", "b");
        helpdesk.Persons.Add(new()
        {
            Method = "GET",
            Moment = PersonMoment.After,
            After = 1,
            Times = 2,
            Ticket = 2,
            Edit = new() { Comment = new() { Body = "I am on it", IsPublic = false } },
        });

        for (var read = 0; read < 4; read++)
        {
            await caller.GetAsync("/api/v2/tickets/1");
        }

        Assert.That(helpdesk.ListComments(2), Has.Count.EqualTo(3));
        Assert.That(helpdesk.ListComments(1), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Over_http_a_person_edits_at_once_or_at_the_moment_of_a_call()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new() { Subject = "s", Body = "b", Priority = "low", GroupId = helpdesk.Groups[0].Id });

        var now = await caller.PostAsync(
            "/sandbox/tickets/1/edits",
            new { addedTags = new[] { "by_hand" }, priority = (string?)null, assigneeId = helpdesk.TeamLead.Id });
        var planned = await caller.PostAsync(
            "/sandbox/edits", new { method = "PUT", edit = new { groupId = helpdesk.Groups[1].Id, note = "Moved" } });
        await caller.ChangeAsync(1, new { type = "question" });
        var wrong = await caller.PostAsync("/sandbox/tickets/1/edits", new { status = "asleep" });
        var empty = await caller.PostAsync("/sandbox/edits", new { method = "PUT" });

        Assert.That((now.Status, planned.Status, wrong.Status, empty.Status), Is.EqualTo((200, 204, 409, 400)));
        var ticket = helpdesk.GetTicket(1);
        Assert.That((ticket.Priority, ticket.AssigneeId, ticket.Type), Is.EqualTo(((string?)null, helpdesk.TeamLead.Id, "question")));
        Assert.That(ticket.GroupId, Is.EqualTo(helpdesk.Groups[1].Id));
        Assert.That(helpdesk.Journal.Changes.Select(change => change.Channel), Is.EqualTo(new[] { "email", "web", "web", "api" }));
    }

    [Test]
    public async Task Whoever_finds_the_ticket_closed_changes_nothing()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");
        helpdesk.Close(1);
        helpdesk.Persons.Add(new PersonEdit { Edit = new TicketEdit { Priority = "low" } });

        var read = await caller.GetAsync("/api/v2/tickets/1");

        Assert.That((read.Status, read.At("ticket.priority")), Is.EqualTo((200, "null")));
    }
}
