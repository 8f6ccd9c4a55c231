using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Agents;
using TicketTriage.Journey;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Faults;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class Choosing_an_agent
{
    private static readonly TriageSetUp ByAgents = new()
    {
        Settings = new Dictionary<string, string?> { [$"Routing:Modes:{TriageUnderTest.Helpdesk}"] = "Agent" },
    };

    [Test]
    public async Task A_ticket_that_waited_gets_an_agent_of_its_group_as_soon_as_agents_are_known(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents);
        var waiting = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);

        await triage.Services.GetRequiredService<AgentDispatch>().RunAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        var given = triage.Sandbox.GetTicket(waiting.Number);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(waiting.GroupId, Is.Not.Null);
            Assert.That(given.AssigneeId, Is.Not.Null.And.Not.EqualTo(triage.Sandbox.Integration.Id));
            Assert.That(given.GroupId, Is.EqualTo(waiting.GroupId));
            Assert.That(
                await triage.AskAsync<long>("select count(*) from assignments where assigned_at is not null", cancellationToken),
                    Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_ticket_that_waited_says_why_it_got_its_agent_on_its_page_and_in_its_record(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents);
        var waiting = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);
        await triage.Services.GetRequiredService<AgentDispatch>().RunAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        var agent = $"{triage.Sandbox.GetTicket(waiting.Number).AssigneeId}";
        var record = await triage.Agent.GetFromJsonAsync<JsonNode>($"api/tickets/{TriageUnderTest.Helpdesk}/{waiting.Number}", cancellationToken);
        var page = await triage.Agent.GetStringAsync($"tickets/{TriageUnderTest.Helpdesk}/{waiting.Number}", cancellationToken);

        var choice = record?["agents"]?[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That($"{choice?["agent"]}", Is.EqualTo(agent));
            Assert.That($"{choice?["reasons"]?[0]}", Is.EqualTo($"Agent {agent} gets it."));
            Assert.That($"{choice?["reasons"]?[1]}", Does.Match(@"^\d+ could have it now; worth most: "));
            Assert.That($"{choice?["reasons"]?[2]}", Does.Contain("(not in the group "));
            Assert.That(page, Does.Contain($"Given to agent {agent}").And.Contain("could have it now; worth most"));
        }
    }

    [Test]
    public async Task One_run_fills_an_agent_up_to_what_is_allowed(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents);
        var only = OnlyOneInGroups(triage);
        await RosterAsync(triage, only, new AgentEntry { Capacity = 3 }, cancellationToken);
        var numbers = new List<long>();
        for (var ticket = 0; ticket < 4; ticket++)
        {
            var mail = Mail.WrongInvoice with { RequesterEmail = $"{ticket}@kunde.example" };
            numbers.Add((await triage.TriageAsync(mail, cancellationToken)).Number);
        }

        var said = await triage.Services.GetRequiredService<AgentDispatch>().RunAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(said, Does.StartWith("3 tickets were given to agents"));
            Assert.That(numbers.Count(number => triage.Sandbox.GetTicket(number).AssigneeId == only.Id), Is.EqualTo(3));
            Assert.That(await triage.AskAsync<int>($"select active_units from agents where id = '{only.Id}'", cancellationToken), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task The_requesters_last_agent_gets_the_next_ticket_too_when_the_first_is_solved(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(
            cancellationToken, ByAgents with { Sandbox = new() { HasAvailability = true } });
        var dispatch = triage.Services.GetRequiredService<AgentDispatch>();
        var everywhere = triage.Sandbox.Groups.Select(group => group.Id).ToArray();
        SandboxPerson[] alike =
        [
            .. triage.Sandbox.Staff.Where(person => person != triage.Sandbox.Integration)
                .Select(person => person with { GroupIds = everywhere, Skills = [] }),
        ];
        Array.ForEach(alike, person => triage.Sandbox.ChangePerson(person with { IsAvailable = person == alike[^1] }));
        await dispatch.RunAsync(cancellationToken);
        var first = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);
        triage.Sandbox.EditAsPerson(first.Number, new() { Status = "solved" });
        await triage.WhenQuietAsync(cancellationToken);
        await triage.AskAsync<long>(
            "with aged as (update agent_choices set given_at = given_at - interval '2 days' returning 1) select count(*) from aged",
            cancellationToken);

        Array.ForEach(alike, triage.Sandbox.ChangePerson);
        await dispatch.RunAsync(cancellationToken);
        var known = Mail.LateOrder with { RequesterName = Mail.WrongInvoice.RequesterName, RequesterEmail = Mail.WrongInvoice.RequesterEmail };
        var next = await triage.TriageAsync(known, cancellationToken);
        var ofAnother = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                await triage.AskAsync<long>($"select count(*) from assignments where number = '{first.Number}'", cancellationToken), Is.Zero);
            Assert.That((first.AssigneeId, next.AssigneeId), Is.EqualTo((alike[^1].Id, alike[^1].Id)));
            Assert.That(ofAnother.AssigneeId, Is.Not.Null.And.Not.EqualTo(alike[^1].Id), "who has nobody of before gets another");
        }
    }

    [Test]
    public async Task A_change_without_an_answer_keeps_the_unit_until_the_helpdesk_is_asked(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents);
        var dispatch = triage.Services.GetRequiredService<AgentDispatch>();
        var waiting = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);
        triage.Sandbox.Faults.Add(new() { Method = "PUT", Kind = FaultKind.AnswerLost, Times = 1 });

        await dispatch.RunAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);
        var meanwhile = await triage.AskAsync<long>(
            "select sum(active_units) from agents where id = (select agent_id from assignments where assigned_at is null)", cancellationToken);
        await triage.AskAsync<string>("update assignments set claimed_at = now() - interval '10 minutes' returning number", cancellationToken);
        await dispatch.RunAsync(cancellationToken);
        await dispatch.RunAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(meanwhile, Is.EqualTo(1));
            Assert.That(
                await triage.AskAsync<string>("select agent_id from assignments where assigned_at is not null", cancellationToken),
                Is.EqualTo($"{triage.Sandbox.GetTicket(waiting.Number).AssigneeId}"));
            Assert.That(await triage.AskAsync<long>("select sum(active_units) from agents", cancellationToken), Is.EqualTo(1));
            Assert.That(triage.Sandbox.Journal.CallsByEndpoint["PUT /api/v2/tickets/{id}"], Is.EqualTo(2), "one for the group, one for the agent");
        }
    }

    [Test]
    public async Task A_day_off_on_the_roster_takes_from_an_agent_what_he_has_not_begun(CancellationToken cancellationToken)
    {
        var clock = new MovedClock();
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents with { Clock = clock });
        var dispatch = triage.Services.GetRequiredService<AgentDispatch>();
        await dispatch.RunAsync(cancellationToken);
        var ticket = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);
        var first = triage.Sandbox.Staff.Single(person => person.Id == ticket.AssigneeId);
        var dayAfterTomorrow = clock.GetUtcNow().AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await RosterAsync(triage, first, new AgentEntry { Absences = [dayAfterTomorrow] }, cancellationToken);

        await dispatch.RunAsync(cancellationToken);
        var before = triage.Sandbox.GetTicket(ticket.Number).AssigneeId;
        clock.Move(TimeSpan.FromDays(2));
        await dispatch.RunAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(first.Id));
            Assert.That(triage.Sandbox.GetTicket(ticket.Number).AssigneeId, Is.Not.Null.And.Not.EqualTo(first.Id));
        }
    }

    [Test]
    public async Task Who_is_in_no_group_there_and_on_the_roster_is_an_agent_and_who_is_on_neither_is_none(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents);
        OnlyOneInGroups(triage);
        var (onRoster, nowhere) = (triage.Sandbox.Staff[2], triage.Sandbox.Staff[3]);
        await RosterAsync(triage, onRoster, new AgentEntry { Groups = ["Billing"] }, cancellationToken);

        await triage.Services.GetRequiredService<AgentRefresh>().RunAsync(TriageUnderTest.Helpdesk, cancellationToken);
        var agents = await triage.Services.GetRequiredService<AgentBook>().ListAsync(TriageUnderTest.Helpdesk, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            var kept = agents.Single(one => one.Agent.Id == $"{onRoster.Id}");
            Assert.That((kept.IsAvailable, kept.Agent.Groups), Is.EqualTo((true, (IReadOnlyList<string>)["Billing"])));
            Assert.That(agents.Select(one => one.Agent.Id), Has.No.Member($"{nowhere.Id}"));
        }
    }

    [Test]
    public async Task With_agents_known_the_one_change_carries_the_assignee(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents);
        await triage.Services.GetRequiredService<AgentDispatch>().RunAsync(cancellationToken);

        var ticket = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.AssigneeId, Is.Not.Null);
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That(
                await triage.AskAsync<string>("select agent_id from assignments where assigned_at is not null", cancellationToken),
                Is.EqualTo(ticket.AssigneeId?.ToString(CultureInfo.InvariantCulture)));
        }
    }

    [Test]
    public async Task An_agent_whom_the_helpdesk_refuses_has_the_unit_back_and_the_ticket_waits_for_another(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents);
        var dispatch = triage.Services.GetRequiredService<AgentDispatch>();
        await dispatch.RunAsync(cancellationToken);
        var known = triage.Sandbox.Staff;
        foreach (var person in known)
        {
            triage.Sandbox.ChangePerson(person with { GroupIds = [] });
        }

        var refused = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);
        var first = await triage.AskAsync<string>("select not_again[1] from assignments where agent_id is null", cancellationToken);
        foreach (var person in known)
        {
            triage.Sandbox.ChangePerson(person);
        }

        await dispatch.RunAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((refused.AssigneeId, refused.GroupId is null), Is.EqualTo(((long?)null, false)), "All but the agent was written.");
            Assert.That(
                await triage.AskAsync<string>("select reasons ->> 0 from assignments", cancellationToken),
                Does.StartWith($"The helpdesk did not give it to agent {first}."));
            Assert.That(
                $"{triage.Sandbox.GetTicket(refused.Number).AssigneeId}", Is.Not.Empty.And.Not.EqualTo(first), "Another got it a minute later.");
            Assert.That(
                await triage.AskAsync<long>("select sum(active_units) from agents where id = (select not_again[1] from assignments)", cancellationToken),
                Is.Zero);
        }
    }

    [Test]
    public async Task The_reasons_say_when_it_is_due_and_how_long_it_is_likely_to_take(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken, ByAgents);

        var ticket = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);

        var reasons = await triage.AskAsync<string>($"select route ->> 'reasons' from triages where number = '{ticket.Number}'", cancellationToken);
        Assert.That(
            reasons, Does.Contain("first reply, by rule “").And.Contain("” of the service levels").And.Contain("30 minutes, by Routing:ExpectedMinutes"));
    }

    [Test]
    public async Task What_an_absent_agent_has_not_begun_is_given_to_another(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(
            cancellationToken, ByAgents with { Sandbox = new() { HasAvailability = true } });
        var dispatch = triage.Services.GetRequiredService<AgentDispatch>();
        await dispatch.RunAsync(cancellationToken);
        var ticket = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);
        var first = ticket.AssigneeId ?? throw new AssertionException("Nobody got it.");

        triage.Sandbox.ChangePerson(triage.Sandbox.Staff.Single(person => person.Id == first) with { IsAvailable = false });
        await dispatch.RunAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        Assert.That(triage.Sandbox.GetTicket(ticket.Number).AssigneeId, Is.Not.Null.And.Not.EqualTo(first));
    }

    /// <summary>Puts all staff but one, who is in every group, into none.</summary>
    private static SandboxPerson OnlyOneInGroups(TriageUnderTest triage)
    {
        foreach (var person in triage.Sandbox.Staff.Where(person => person != triage.Sandbox.TeamLead && person != triage.Sandbox.Integration))
        {
            triage.Sandbox.ChangePerson(person with { GroupIds = [] });
        }

        return triage.Sandbox.TeamLead;
    }

    private static Task<bool> RosterAsync(TriageUnderTest triage, SandboxPerson person, AgentEntry entry, CancellationToken cancellationToken) =>
        triage.Services.GetRequiredService<RosterDesk>().ReplaceAsync(
            TriageUnderTest.Helpdesk, [new RosterLine(2, $"{person.Id}", person.Name, entry)], seen: null, "Ada", cancellationToken);

    /// <summary>Runs as the world's, and ahead of it by what a test says.</summary>
    private sealed class MovedClock : TimeProvider
    {
        private long ahead;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));

        public void Move(TimeSpan time) => Interlocked.Add(ref ahead, time.Ticks);
    }
}
