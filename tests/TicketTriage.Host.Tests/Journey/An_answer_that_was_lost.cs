using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Sandbox.Journal;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Tests.Journey;

/// <summary>A change that arrived, and of which the service never heard: it is looked for before anything else is sent.</summary>
[CancelAfter(120_000)]
internal sealed class An_answer_that_was_lost
{
    [Test]
    public async Task After_a_part_was_refused_is_found_as_what_was_sent_last(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Faults.Add(new() { Method = "PUT", Kind = FaultKind.Status, Status = 422, Times = 1 });
        triage.Sandbox.Faults.Add(new() { Method = "PUT", Kind = FaultKind.AnswerLost, Times = 1 });

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        var change = await triage.AskAsync<string>("select change::text from write_backs", cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.Journal.CallsByEndpoint["PUT /api/v2/tickets/{id}"], Is.EqualTo(2));
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That((record.State, record.WriteBacks.Single().State), Is.EqualTo(("written", "applied")));
            Assert.That(change, Does.Contain("tags").And.Not.Contain("priority"), "so that no person is taken for having changed it back");
        }
    }

    [Test]
    public async Task Hides_nothing_that_the_customer_wrote_while_it_was_looked_for(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Faults.Add(new() { Method = "PUT", Kind = FaultKind.AnswerLost, Times = 1 });
        triage.Sandbox.Faults.Add(new() { Method = "GET", Path = "/api/v2/tickets/1/audits", Kind = FaultKind.Status, Times = 2 });
        triage.Sandbox.AddTicket(Mail.LateOrder);
        await Eventually.TrueAsync(() => triage.Sandbox.Journal.Calls.Any(IsSearchForTheChange), cancellationToken);

        triage.Sandbox.AddComment(1, new() { Body = "Please cancel the order, I have bought it elsewhere." });
        await triage.WhenQuietAsync(cancellationToken);

        var record = await triage.GetRecordAsync(1, cancellationToken);
        var said = await triage.AskAsync<string>("select conversation::text from triages order by decided_at desc limit 1", cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.State, Is.EqualTo("written"), record.Reason);
            Assert.That(record.WriteBacks.Select(change => change.State), Is.EqualTo(new[] { "applied", "applied" }));
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(2));
            Assert.That(said, Does.Contain("bought it elsewhere"));
        }
    }

    [Test]
    public async Task Of_a_ticket_that_was_deleted_since_ends_it_quietly(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Faults.Add(new() { Method = "PUT", Kind = FaultKind.AnswerLost, Times = 1 });
        triage.Sandbox.Faults.Add(new() { Method = "GET", Path = "/api/v2/tickets/1/audits", Kind = FaultKind.Status, Times = 8 });
        triage.Sandbox.AddTicket(Mail.LateOrder);
        await Eventually.TrueAsync(() => triage.Sandbox.Journal.Calls.Any(IsSearchForTheChange), cancellationToken);

        triage.Sandbox.Delete(1);
        await triage.WhenQuietAsync(cancellationToken);

        var record = await triage.GetRecordAsync(1, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.State, Is.EqualTo("skipped"), record.Reason);
            Assert.That(record.WriteBacks.Select(change => change.State), Has.None.EqualTo("sent"));
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Is_still_looked_for_when_a_person_replays_it_days_later(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Faults.Add(new() { Method = "PUT", Kind = FaultKind.AnswerLost, Times = 1 });
        triage.Sandbox.Faults.Add(new() { Method = "GET", Path = "/api/v2/tickets/1/audits", Kind = FaultKind.Status });
        triage.Sandbox.AddTicket(Mail.LateOrder);
        await Eventually.TrueAsync(() => triage.Sandbox.Journal.Calls.Any(IsSearchForTheChange), cancellationToken);
        await triage.AskAsync<int>(
            "update tickets set failing_since = now() - interval '73 hours' where failing_since is not null or lease_until is not null; select 1",
            cancellationToken);
        var parked = await triage.WaitForRecordAsync(1, record => record.State == "parked", cancellationToken);

        triage.Sandbox.Faults.Clear();
        var isReplayed = await triage.Services.GetRequiredService<ParkedTickets>().ReplayAsync(
            new TicketId(TriageUnderTest.Helpdesk, "1"), "Ada", cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        var record = await triage.GetRecordAsync(1, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parked.WriteBacks.Single().State, Is.EqualTo("sent"), "nobody knows");
            Assert.That(isReplayed, Is.True);
            Assert.That((record.State, record.WriteBacks.Single().State), Is.EqualTo(("written", "applied")));
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
        }
    }

    private static bool IsSearchForTheChange(ReceivedCall call) => call.Path.EndsWith("/audits", StringComparison.Ordinal);
}
