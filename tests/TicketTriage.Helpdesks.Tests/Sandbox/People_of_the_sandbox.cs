using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class People_of_the_sandbox
{
    [Test]
    public async Task Users_are_listed_by_role_in_pages()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");

        var first = await caller.GetAsync("/api/v2/users?role[]=agent&role[]=admin&page[size]=5");
        var rest = await caller.GetAsync(
            $"/api/v2/users?role[]=agent&role[]=admin&page[size]=5&page[after]={first.At("meta.after_cursor")}");

        Assert.That(first.At("meta.has_more"), Is.EqualTo("true"));
        string[] ids = [.. first.ListAt("users", "id"), .. rest.ListAt("users", "id")];
        Assert.That(ids, Is.EqualTo(helpdesk.Staff.Select(person => $"{person.Id}")));
        Assert.That(rest.At("meta.has_more"), Is.EqualTo("false"));
    }

    [Test]
    public async Task Memberships_say_who_may_be_assigned_in_a_group()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var agent = helpdesk.Staff[^1];

        var all = await caller.GetAsync("/api/v2/group_memberships/assignable");
        var ofGroup = await caller.GetAsync($"/api/v2/groups/{agent.GroupIds[0]}/memberships");

        Assert.That(all.ListAt("group_memberships", "user_id"), Has.Count.EqualTo(helpdesk.Staff.Sum(person => person.GroupIds.Count)));
        Assert.That(ofGroup.ListAt("group_memberships", "user_id"), Does.Contain($"{agent.Id}"));
        Assert.That(ofGroup.ListAt("group_memberships", "group_id"), Is.All.EqualTo($"{agent.GroupIds[0]}"));
    }

    [Test]
    public async Task Skills_are_values_of_attributes_and_each_agent_has_some()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var agent = helpdesk.Staff[2];

        var attributes = await caller.GetAsync("/api/v2/routing/attributes?include=attribute_values");
        var one = await caller.GetAsync($"/api/v2/routing/agents/{agent.Id}/instance_values");
        var many = await caller.GetAsync($"/api/v2/routing/agents/instance_values?filter[agent_ids]={agent.Id},{helpdesk.Staff[3].Id}");
        var none = await caller.GetAsync("/api/v2/routing/agents/instance_values");

        Assert.That(attributes.ListAt("attributes", "name"), Is.EqualTo(new[] { "Language", "Subject" }));
        Assert.That(attributes.ListAt("attribute_values", "name"), Is.SupersetOf(agent.Skills));
        Assert.That(one.ListAt("attribute_values", "name"), Is.EquivalentTo(agent.Skills));
        Assert.That(many.ListAt("instance_values", "agent_id").Distinct().Count(), Is.EqualTo(2));
        Assert.That(none.Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_tickets_skills_are_replaced_by_ids_and_unknown_ids_are_ignored()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { ServiceRole = "admin" }, default);
        using var caller = new SandboxCaller(helpdesk);
        var number = helpdesk.AddTicket("s", "b").Number;
        var values = await caller.GetAsync("/api/v2/routing/attributes?include=attribute_values");
        var ids = values.ListAt("attribute_values", "id");
        var names = values.ListAt("attribute_values", "name");

        var put = await caller.ChangeAsync(number, new { attribute_value_ids = new[] { ids[0], $"{Guid.Empty}" } });
        var read = await caller.GetAsync($"/api/v2/routing/tickets/{number}/instance_values");
        var set = await caller.PostAsync(
            $"/api/v2/routing/tickets/{number}/instance_values", new { attribute_value_ids = new[] { ids[1] } });
        var wrong = await caller.ChangeAsync(number, new { attribute_value_ids = "all" });

        Assert.That((put.Status, set.Status, wrong.Status), Is.EqualTo((200, 200, 422)));
        Assert.That(read.ListAt("attribute_values", "name"), Is.EqualTo(new[] { names[0] }));
        Assert.That(set.ListAt("attribute_values", "name"), Is.EqualTo(new[] { names[1] }));
        Assert.That(helpdesk.Journal.ApiChanges.Select(change => change.Fields.Single()), Is.EqualTo(new[]
        {
            new FieldChange("skills", "", names[0]), new FieldChange("skills", names[0], names[1]),
        }));
    }

    [Test]
    public async Task Availability_is_only_where_the_account_has_it_and_counts_open_tickets()
    {
        await using var without = await SandboxHelpdesk.StartAsync(new(), default);
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { HasAvailability = true }, default);
        using var callerWithout = new SandboxCaller(without);
        using var caller = new SandboxCaller(helpdesk);
        var agent = helpdesk.Staff[2];
        helpdesk.AddTicket("s", "b");
        helpdesk.EditAsPerson(1, new() { AssigneeId = agent.Id });
        helpdesk.ChangePerson(agent with { IsAvailable = false });

        var refused = await callerWithout.GetAsync("/api/v2/agent_availabilities");
        var reply = await caller.GetAsync("/api/v2/agent_availabilities?page[size]=100");
        var count = await caller.GetAsync($"/api/v2/search/count?query=type:ticket status<solved assignee:{agent.Id}");

        Assert.That(refused.Status, Is.EqualTo(404));
        Assert.That(reply.At("data.2.attributes.agent_id"), Is.EqualTo($"{agent.Id}"));
        Assert.That(reply.At("data.2.attributes.agent_status.name"), Is.EqualTo("offline"));
        Assert.That(reply.At("included.2.attributes.work_item_count"), Is.EqualTo("1"));
        Assert.That(count.At("count"), Is.EqualTo("1"));
    }

    [TestCase("status:open", 1)]
    [TestCase("status<pending", 2)]
    [TestCase("assignee:none", 2)]
    [TestCase("tags:vip status>open", 1)]
    [TestCase("updated>2030-01-01", 0)]
    public async Task A_search_counts_what_fits_all_its_words(string query, int count)
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("new", "b");
        helpdesk.AddTicket("open", "b");
        helpdesk.AddTicket(new() { Subject = "solved", Body = "b", Tags = ["vip"] });
        helpdesk.EditAsPerson(2, new() { AssigneeId = helpdesk.TeamLead.Id });
        helpdesk.EditAsPerson(3, new() { Status = "solved" });

        var reply = await caller.GetAsync($"/api/v2/search/count?query={Uri.EscapeDataString(query)}");

        Assert.That(reply.At("count"), Is.EqualTo($"{count}"));
    }

    [Test]
    public async Task An_agents_credentials_open_no_administrators_call()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { ServiceRole = "agent" }, default);
        using var caller = new SandboxCaller(helpdesk);

        foreach (var path in new[] { "incremental/tickets/cursor?start_time=1", "slas/policies", "webhooks", "triggers" })
        {
            Assert.That((await caller.GetAsync($"/api/v2/{path}")).Status, Is.EqualTo(403), path);
        }

        Assert.That((await caller.PostAsync("/api/v2/ticket_fields", new { ticket_field = new { } })).Status, Is.EqualTo(403));
        Assert.That((await caller.GetAsync("/api/v2/users/me")).At("user.role"), Is.EqualTo("agent"));
        Assert.That((await caller.GetAsync("/api/v2/ticket_fields")).Status, Is.EqualTo(200));
    }
}
