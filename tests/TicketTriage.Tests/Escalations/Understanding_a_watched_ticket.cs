using Microsoft.Extensions.Options;
using TicketTriage.Escalations;
using TicketTriage.Reading;
using TicketTriage.Testing;
using TicketTriage.Tests.Understanding;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Escalations;

/// <summary>What the watch keeps of what a ticket is about.</summary>
[CancelAfter(120_000)]
internal sealed class Understanding_a_watched_ticket
{
    [TestCase(null, "", "web-shop", null)]
    [TestCase(null, "outage", "web-shop", "outage of web-shop")]
    [TestCase(null, "outage", Finding.Unclear, "outage")]
    [TestCase("7", "outage", "web-shop", "problem 7", Description = "the helpdesk knows better")]
    [TestCase("7", "", Finding.Unclear, "problem 7")]
    public async Task What_it_has_in_common_with_others_is_kept(string? problem, string signal, string product, string? bundle)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var database = await TriageDatabase.CreateAsync();
        var (options, clock) = (new EscalationOptions(), new ManualClock(SomeMatrix.Start));
        var policies = TheWatch.Policies(database, options);
        await policies.KeepAsync(cancellationToken);
        var ledger = new WatchLedger(database.Pool);
        await ledger.ObserveAsync(SomeMatrix.Ticket(), clock.GetUtcNow(), cancellationToken);
        var understanding = AnUnderstanding.Of("technical/outage") with
        {
            Product = new Finding(product, 1, []),
            Signals = signal.Split(',', StringSplitOptions.RemoveEmptyEntries),
        };

        await new TicketWatch(ledger, policies, Options.Create(options), clock).UnderstoodAsync(
            SomeMatrix.Ticket(), Ticket, understanding, problem, cancellationToken);

        Assert.That((await ledger.FindAsync(SomeMatrix.Ticket().Id, cancellationToken))?.Bundle, Is.EqualTo(bundle));
    }

    private static CleanTicket Ticket => new()
    {
        Id = new TicketId("acme", "1"), Language = new Finding("en", 1, []), ContentHash = "1", CreatedAt = SomeMatrix.Start,
        Messages = [new CleanMessage(true, true, "The shop is down.", SomeMatrix.Start, [])],
    };
}
