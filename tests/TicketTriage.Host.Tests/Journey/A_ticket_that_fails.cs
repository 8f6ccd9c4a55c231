using Microsoft.Extensions.DependencyInjection;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class A_ticket_that_fails
{
    private const string LastRead = "select coalesce(last_read::text, '') from tickets";

    private static readonly NewTicket OfAnke = new()
    {
        Subject = "Two licences",
        Body = "The invoice names two licences, we have ordered one. Please call me: +49 30 901820, or write to anke@customer.example.",
    };

    [Test]
    public async Task Shows_what_was_read_of_it_until_it_is_decided(CancellationToken cancellationToken)
    {
        using var barrier = new WorkerBarrier(TicketSteps.Understand, atItsEnd: false);
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Faults.Add(new() { Method = "GET", Path = "/api/v2/tickets/1", Kind = FaultKind.Status, Status = 500 });
        var number = triage.AddUnheard(OfAnke).Number;
        await triage.TellOfAsync(number, cancellationToken);
        await Eventually.GetAsync(() => triage.AskAsync<int>("select failures from tickets", cancellationToken), failures => failures > 0, cancellationToken);
        triage.Sandbox.Faults.Clear();
        await barrier.Reached.WaitAsync(cancellationToken);

        // Its worker is held, and looks dead to the others for the third time.
        await triage.AskAsync<int>(
            "update tickets set attempts = 3, lease_until = now() - interval '1 second', next_at = now() - interval '1 second' returning 1", cancellationToken);
        await triage.Services.GetRequiredService<TicketQueue>().ReturnLeasesAsync(cancellationToken);
        var parked = await triage.GetRecordAsync(number, cancellationToken);
        var shown = await triage.Agent.GetStringAsync($"/tickets/{TriageUnderTest.Helpdesk}/{number}", cancellationToken);
        barrier.LetGo();
        await barrier.Over.WaitAsync(cancellationToken);
        await triage.Services.GetRequiredService<ParkedTickets>().ReplayAsync(new(TriageUnderTest.Helpdesk, $"{number}"), "Ada", cancellationToken);
        var written = await triage.WaitForRecordAsync(number, record => record.State == "written", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parked.State, Is.EqualTo("parked"));
            Assert.That(shown, Does.Contain("we have ordered one").And.Contain("[PHONE_1]").And.Contain("Nothing was decided yet."));
            Assert.That(shown, Does.Not.Contain("901820").And.Not.Contain("customer.example"));
            Assert.That(written.WriteBacks, Has.Count.EqualTo(1));
            Assert.That(await triage.AskAsync<string>(LastRead, cancellationToken), Is.Empty);
        }
    }

    [Test]
    public async Task Keeps_nothing_where_nothing_has_failed(CancellationToken cancellationToken)
    {
        using var barrier = new WorkerBarrier(TicketSteps.Understand, atItsEnd: false);
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        await triage.TellOfAsync(triage.AddUnheard(OfAnke).Number, cancellationToken);
        await barrier.Reached.WaitAsync(cancellationToken);

        var kept = await triage.AskAsync<string>(LastRead, cancellationToken);
        barrier.LetGo();

        Assert.That(kept, Is.Empty);
    }
}
