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
