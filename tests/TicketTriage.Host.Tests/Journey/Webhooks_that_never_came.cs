using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Journey;
using TicketTriage.Sandbox.Faults;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class Webhooks_that_never_came
{
    [Test]
    public async Task Are_found_by_reconciliation_and_only_once(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var reconciler = triage.Services.GetRequiredService<Reconciler>();
        var heard = await triage.TriageAsync(Mail.WrongInvoice, cancellationToken);
        var unheard = triage.AddUnheard(Mail.LateOrder);
        var closed = triage.AddUnheard(Mail.LateOrder, ticket => triage.Sandbox.Close(ticket.Number));

        var first = await reconciler.RunAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);
        var second = await reconciler.RunAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Does.StartWith("1 tickets found"));
            Assert.That(second, Does.StartWith("0 tickets found"));
            Assert.That((await triage.GetRecordAsync(unheard.Number, cancellationToken)).State, Is.EqualTo("written"));
            Assert.That(
                triage.Sandbox.Journal.ApiChanges.Select(change => change.Ticket), Is.EquivalentTo([heard.Number, unheard.Number]));
            Assert.That(triage.Sandbox.GetTicket(closed.Number).Tags, Is.Empty);
        }
    }

    [Test]
    public async Task Are_found_after_a_helpdesk_that_could_not_be_asked_is_back(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var reconciler = triage.Services.GetRequiredService<Reconciler>();
        var unheard = triage.AddUnheard(Mail.LateOrder);
        triage.Sandbox.Faults.Add(new() { Path = "/api/v2/incremental/**", Kind = FaultKind.Status, Status = 403, Times = 1 });

        Assert.That(() => reconciler.RunAsync(cancellationToken), Throws.InstanceOf<AggregateException>().With.Message.Contains("403"));
        await reconciler.RunAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        Assert.That((await triage.GetRecordAsync(unheard.Number, cancellationToken)).State, Is.EqualTo("written"));
    }
}
