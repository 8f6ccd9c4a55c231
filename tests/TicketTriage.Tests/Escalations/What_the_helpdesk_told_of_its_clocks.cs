using Microsoft.Extensions.Options;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Escalations;

[CancelAfter(60_000)]
internal sealed class What_the_helpdesk_told_of_its_clocks
{
    private static readonly TicketId Id = new("acme", "7");

    private static readonly DateTimeOffset Begun = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    private static readonly ServiceLevelClock Told =
        new(ServiceLevelMetric.FirstReplyTime, ServiceLevelStage.Active, Begun.AddHours(2), ServiceLevelSource.OfTicket);

    [TestCase(true, true, true, ExpectedResult = 1, Description = "The customer wrote again.")]
    [TestCase(false, true, true, ExpectedResult = 0, Description = "An agent replied, so that a clock may have stopped.")]
    [TestCase(false, false, true, ExpectedResult = 0, Description = "A note may answer too.")]
    [TestCase(true, true, false, ExpectedResult = 0, Description = "The helpdesk was not asked since the ticket was last read.")]
    public async Task<int> Holds_while_only_the_customer_has_spoken_since(bool isCustomer, bool isPublic, bool wasAskedSince)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (clock, options, ledger) = (new ManualClock(), new EscalationOptions(), new WatchLedger(database.Pool));
        var policies = TheWatch.Policies(database, options);
        await policies.KeepAsync(CancellationToken.None);
        var watch = new TicketWatch(ledger, policies, Options.Create(options), clock);
        var ticket = new HelpdeskTicket { Number = Id.Number, Stamp = "1", CreatedAt = Begun, UpdatedAt = Begun };
        var first = Comment("1", isFromCustomer: true, isPublic: true, minute: 0);
        await watch.ObserveAsync(Id, ticket, [first], CancellationToken.None);
        await ledger.KeepToldAsync(Id, [Told], askAgainAt: null, clock.GetUtcNow().AddMinutes(wasAskedSince ? 1 : -1), CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(10));

        var read = await watch.ObserveAsync(Id, ticket, [first, Comment("2", isCustomer, isPublic, minute: 65)], CancellationToken.None);

        return read?.Told?.Count ?? 0;
    }

    private static HelpdeskComment Comment(string id, bool isFromCustomer, bool isPublic, int minute) =>
        new() { Id = id, Text = "Hello", IsFromCustomer = isFromCustomer, IsPublic = isPublic, CreatedAt = Begun.AddMinutes(minute) };
}
