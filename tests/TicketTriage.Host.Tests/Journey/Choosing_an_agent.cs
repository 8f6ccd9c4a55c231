using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Journey;

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
}
