using System.Globalization;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Helpdesks.Tests.Sandbox.Freshdesk;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Reading_from_a_freshdesk
{
    private static readonly NewField Intent = new("Intent", SandboxFieldKind.Choice, "refund", "order");

    [Test]
    public async Task A_ticket_has_numbers_for_words_and_null_for_nothing()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new() { Fields = [Intent] });
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new()
        {
            Subject = "Zu spät",
            Body = "Wo?",
            Priority = "urgent",
            Tags = ["VIP", "late delivery"],
            Type = "Refund",
        });

        var reply = await caller.GetAsync("/api/v2/tickets/1");

        Assert.That(reply.Status, Is.EqualTo(200));
        Assert.That((reply.At("status"), reply.At("priority"), reply.At("source")), Is.EqualTo(("2", "4", "1")));
        Assert.That(reply.At("type"), Is.EqualTo("Refund"));
        Assert.That(reply.Json?["tags"]?.ToJsonString(), Is.EqualTo("""["VIP","late delivery"]"""));
        Assert.That((reply.At("responder_id"), reply.At("group_id"), reply.At("to_emails")), Is.EqualTo(("null", "null", "null")));
        Assert.That(reply.Json?["custom_fields"]?.ToJsonString(), Is.EqualTo("""{"cf_intent":null}"""));
        Assert.That(reply.At("description_text"), Is.EqualTo("Wo?"));
        Assert.That(reply.Json?.AsObject().ContainsKey("conversations"), Is.False, "conversations are given where they are asked for");
    }

    [Test]
    public async Task Asked_for_it_brings_the_first_ten_conversations_the_requester_and_the_times_for_credits_of_their_own()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");
        for (var message = 1; message <= 12; message++)
        {
            helpdesk.AddComment(1, new() { Body = $"message {message}" });
        }

        var reply = await caller.GetAsync("/api/v2/tickets/1?include=conversations,requester,company,stats");

        var texts = reply.ListAt("conversations", "body_text");
        Assert.That(texts, Is.EqualTo(Enumerable.Range(1, 10).Select(message => $"message {message}")));
        Assert.That(reply.At("conversations.0.incoming"), Is.EqualTo("true"));
        Assert.That(reply.At("requester.email"), Is.EqualTo("robin@example.com"));
        Assert.That(reply.At("stats.first_responded_at"), Is.EqualTo("null"));
        Assert.That(reply.Header("X-Ratelimit-Used-CurrentRequest"), Is.EqualTo("5"));
        Assert.That(reply.Header("X-Ratelimit-Remaining"), Is.EqualTo("99995"));
    }

    [Test]
    public async Task All_conversations_come_in_pages_of_thirty_and_only_the_link_tells_of_the_next()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");
        for (var message = 1; message <= 31; message++)
        {
            helpdesk.AddComment(1, new() { Body = $"message {message}" });
        }

        var first = await caller.GetAsync("/api/v2/tickets/1/conversations");
        var second = await caller.GetAsync("/api/v2/tickets/1/conversations?page=2");

        Assert.That(first.Json?.AsArray(), Has.Count.EqualTo(30));
        Assert.That(first.Header("link"), Is.EqualTo($"<{helpdesk.Address}api/v2/tickets/1/conversations?page=2>; rel=\"next\""));
        Assert.That(second.At("0.body_text"), Is.EqualTo("message 31"));
        Assert.That(second.Header("link"), Is.Null);
    }

    [Test]
    public async Task A_list_leaves_out_what_is_old_deleted_or_spam_unless_it_is_asked_since_when()
    {
        var clock = new StoppedClock();
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new() { TimeProvider = clock });
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new() { Subject = "old", Body = "b", CreatedAt = clock.Now.AddDays(-31) });
        helpdesk.AddTicket("deleted", "b");
        helpdesk.AddTicket("spam", "b");
        helpdesk.AddTicket("new", "b");
        helpdesk.Delete(2);
        helpdesk.MarkAsSpam(3);

        var usual = await caller.GetAsync("/api/v2/tickets");
        var since = clock.Now.AddDays(-40).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var all = await caller.GetAsync($"/api/v2/tickets?updated_since={since}&order_by=updated_at&order_type=asc");
        var spam = await caller.GetAsync("/api/v2/tickets?filter=spam");

        Assert.That(SubjectsOf(usual), Is.EqualTo(new[] { "new" }));
        Assert.That(SubjectsOf(all), Is.EqualTo(new[] { "old", "new" }));
        Assert.That(SubjectsOf(spam), Is.EqualTo(new[] { "spam" }));
        Assert.That(usual.Json?[0]?.AsObject().ContainsKey("description"), Is.False);
    }

    [TestCase("per_page=101", "per_page", "invalid_value")]
    [TestCase("page=301", "page", "invalid_value")]
    [TestCase("updated_since=yesterday", "updated_since", "datatype_mismatch")]
    [TestCase("order_by=subject", "order_by", "invalid_value")]
    [TestCase("since=2026-01-01", "since", "invalid_field")]
    public async Task A_list_refuses_what_it_does_not_know(string query, string field, string code)
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);

        var reply = await caller.GetAsync($"/api/v2/tickets?{query}");

        Assert.That((reply.Status, reply.At("errors.0.field"), reply.At("errors.0.code")), Is.EqualTo((400, field, code)));
    }

    [Test]
    public async Task Due_times_show_late_and_after_a_change_the_old_ones_first()
    {
        var clock = new StoppedClock();
        await using var helpdesk = await FreshdeskSandbox.StartAsync(
            new() { TimeProvider = clock, DueTimesLateBy = TimeSpan.FromSeconds(10) });
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket(new() { Subject = "s", Body = "b", Priority = "low" });

        var fresh = await caller.GetAsync("/api/v2/tickets/1");
        clock.Now = clock.Now.AddSeconds(10);
        var settled = await caller.GetAsync("/api/v2/tickets/1");
        var changed = await caller.PutAsync("/api/v2/tickets/1", new { priority = 4 });
        clock.Now = clock.Now.AddSeconds(10);
        var settledAgain = await caller.GetAsync("/api/v2/tickets/1");

        Assert.That((fresh.At("due_by"), fresh.At("fr_due_by")), Is.EqualTo(("null", "null")));
        Assert.That(settled.At("fr_due_by"), Is.EqualTo("2026-11-23T09:30:00Z"));
        Assert.That(changed.At("fr_due_by"), Is.EqualTo("2026-11-23T09:30:00Z"));
        Assert.That(settledAgain.At("fr_due_by"), Is.EqualTo("2026-11-22T10:00:00Z"));
    }

    [Test]
    public async Task Agents_groups_and_skills_are_for_administrators_and_oneself_is_for_everybody()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new() { ServiceRole = "agent" });
        using var caller = new SandboxCaller(helpdesk);

        foreach (var path in new[] { "agents", "groups", "admin/skills", "sla_policies", "automations/1/rules", "admin/ticket_fields" })
        {
            var reply = await caller.GetAsync($"/api/v2/{path}");
            Assert.That((reply.Status, reply.At("code")), Is.EqualTo((403, "access_denied")), path);
        }

        Assert.That((await caller.GetAsync("/api/v2/agents/me")).At("id"), Is.EqualTo($"{helpdesk.Integration.Id}"));
        Assert.That((await caller.GetAsync("/api/v2/ticket_fields")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_agents_load_is_counted_from_the_open_tickets()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new() { HasAvailability = true });
        using var caller = new SandboxCaller(helpdesk);
        var agent = helpdesk.Staff[2];
        helpdesk.AddTicket("open", "b");
        helpdesk.AddTicket("done", "b");
        helpdesk.EditAsPerson(1, new() { AssigneeId = agent.Id });
        helpdesk.EditAsPerson(2, new() { AssigneeId = agent.Id, Status = "solved" });
        helpdesk.ChangePerson(agent with { Capacity = 4, IsAvailable = false });

        var one = await caller.GetAsync($"/api/v2/agents/{agent.Id}/availability");
        var list = await caller.GetAsync("/api/v2/agents?only=availability");

        Assert.That(one.At("channel_availability.2.channel"), Is.EqualTo("freshdesk"));
        Assert.That(one.At("channel_availability.2.assignment_limit"), Is.EqualTo("4"));
        Assert.That(one.At("channel_availability.2.current_assignment_load"), Is.EqualTo("1"));
        Assert.That(one.At("channel_availability.2.available"), Is.EqualTo("false"));
        Assert.That(list.At("2.availability.channel_availability.2.assignment_limit"), Is.EqualTo("4"));
    }

    [Test]
    public async Task Articles_are_found_from_category_to_folder_to_article()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new());
        using var caller = new SandboxCaller(helpdesk);

        var category = (await caller.GetAsync("/api/v2/solutions/categories")).At("0.id");
        var parent = (await caller.GetAsync($"/api/v2/solutions/categories/{category}/folders")).At("1.id");
        var folder = (await caller.GetAsync($"/api/v2/solutions/folders/{parent}/subfolders")).At("0.id");
        var articles = await caller.GetAsync($"/api/v2/solutions/folders/{folder}/articles");

        Assert.That(articles.At("0.title"), Is.EqualTo("Reset a password"));
        Assert.That(articles.At("0.description_text"), Does.StartWith("Choose Forgot password"));
        Assert.That((articles.At("0.status"), articles.At("1.status")), Is.EqualTo(("2", "1")), "the draft is listed as one");
    }

    [Test]
    public async Task Fields_list_their_choices_each_kind_in_its_own_form()
    {
        await using var helpdesk = await FreshdeskSandbox.StartAsync(new() { Fields = [Intent] });
        using var caller = new SandboxCaller(helpdesk);

        var fields = (await caller.GetAsync("/api/v2/ticket_fields")).Json?.AsArray() ?? [];

        string? ChoicesOf(string name) => fields.Single(field => (string?)field?["name"] == name)?["choices"]?.ToJsonString();
        Assert.That(ChoicesOf("cf_intent"), Is.EqualTo("""["refund","order"]"""));
        Assert.That(ChoicesOf("priority"), Is.EqualTo("""{"Low":1,"Medium":2,"High":3,"Urgent":4}"""));
        Assert.That(ChoicesOf("status"), Does.StartWith("""{"2":["Open","Open"]"""));
        Assert.That(ChoicesOf("group"), Does.StartWith($$"""{"Support":{{helpdesk.Groups[0].Id}}"""));
    }

    private static IEnumerable<string?> SubjectsOf(Reply reply) =>
        (reply.Json?.AsArray() ?? []).Select(ticket => (string?)ticket?["subject"]);
}
