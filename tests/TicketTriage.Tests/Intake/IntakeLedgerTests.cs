using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Helpdesks.Webhooks;
using TicketTriage.Intake;
using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Intake;

public sealed class IntakeLedgerTests
{
    [Test]
    public async Task A_delivery_is_stored_and_its_ticket_is_due()
    {
        await using var database = await TriageDatabase.CreateAsync();

        var raised = await new IntakeLedger(database.Pool).StoreAsync([Delivery("a", "7")], CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(raised, Is.EqualTo(1));
            Assert.That(await database.AskAsync<string>("select number from deliveries where key = 'a'"), Is.EqualTo("7"));
            Assert.That(await database.AskAsync<bool>("select next_at <= now() from tickets where number = '7'"), Is.True);
        }
    }

    [Test]
    public async Task A_repeat_raises_nothing_in_the_same_batch_or_a_later_one()
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new IntakeLedger(database.Pool);

        await ledger.StoreAsync([Delivery("a", "7"), Delivery("a", "7")], CancellationToken.None);
        var raised = await ledger.StoreAsync([Delivery("a", "7")], CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(raised, Is.Zero);
            Assert.That(await database.AskAsync<long>("select count(*) from deliveries"), Is.EqualTo(1));
            Assert.That(await database.AskAsync<long>("select wanted from tickets"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task An_event_of_service_levels_has_its_ticket_looked_at_also_where_our_own_change_was_the_cause()
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, watch, now) = (new IntakeLedger(database.Pool), new WatchLedger(database.Pool), new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
        await ledger.StoreAsync([Delivery("known", "7")], CancellationToken.None);
        await database.AskAsync<long>("with done as (update tickets set next_at = null, outcome = 'written' returning 1) select count(*) from done");
        foreach (var number in (string[])["7", "8"])
        {
            var ticket = new WatchedTicket
            {
                Id = new TicketId("acme", number), CreatedAt = now, Status = HelpdeskStatus.Open, Priority = TicketPriority.None, Segment = "standard",
            };
            await watch.ObserveAsync(ticket, now, now.AddDays(1), CancellationToken.None);
            await watch.KeepToldAsync(ticket.Id, [], null, now, CancellationToken.None);
        }

        var own = Delivery("own", "7") with { IsOwn = true };
        var raised = await ledger.StoreAsync(
            [own with { Delivery = own.Delivery with { TellsOfServiceLevels = true } }, Delivery("other", "8") with { IsOwn = true }],
            CancellationToken.None);
        var due = await watch.ClaimDueAsync(now, 10, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(due.Select(ticket => (ticket.Id.Number, ticket.AskAt)), Is.EqualTo(new[] { ("7", (DateTimeOffset?)now) }));
            Assert.That(await database.AskAsync<bool>("select next_at is null from tickets where number = '7'"), Is.True, "nothing is triaged anew");
            Assert.That(raised, Is.EqualTo(1), "only the ticket that was never seen");
        }
    }

    [Test]
    public async Task The_same_key_from_another_helpdesk_is_another_delivery()
    {
        await using var database = await TriageDatabase.CreateAsync();

        await new IntakeLedger(database.Pool).StoreAsync([Delivery("a", "7"), Delivery("a", "7", helpdesk: "other")], CancellationToken.None);

        Assert.That(await database.AskAsync<long>("select count(*) from tickets"), Is.EqualTo(2));
    }

    [Test]
    public async Task Ten_deliveries_of_a_ticket_make_it_due_once()
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ten = Enumerable.Range(0, 10).Select(i => Delivery($"key {i}", "7")).ToList();

        await new IntakeLedger(database.Pool).StoreAsync(ten, CancellationToken.None);
        var claimed = await new TicketQueue(database.Pool, TimeProvider.System).ClaimAsync(new ClaimOrder(10), CancellationToken.None);

        Assert.That(claimed.Single().Wanted, Is.EqualTo(10));
    }

    [Test]
    public async Task A_change_of_our_own_raises_no_ticket_that_is_known()
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new IntakeLedger(database.Pool);
        await ledger.StoreAsync([Delivery("a", "7")], CancellationToken.None);

        var raised = await ledger.StoreAsync([Delivery("b", "7", isOwn: true)], CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(raised, Is.Zero);
            Assert.That(await database.AskAsync<long>("select count(*) from deliveries"), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_ticket_that_our_own_user_opened_is_not_missed()
    {
        await using var database = await TriageDatabase.CreateAsync();

        var raised = await new IntakeLedger(database.Pool).StoreAsync([Delivery("a", "7", isOwn: true)], CancellationToken.None);

        Assert.That(raised, Is.EqualTo(1));
    }

    [Test]
    public async Task A_ticket_that_waits_for_another_try_keeps_its_time()
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new IntakeLedger(database.Pool);
        var queue = new TicketQueue(database.Pool, TimeProvider.System);
        await ledger.StoreAsync([Delivery("a", "7")], CancellationToken.None);
        var claim = (await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None)).Single();
        await queue.RetryAsync(claim, new NextTry(TimeSpan.FromHours(1), "The helpdesk asked for an hour."), CancellationToken.None);

        await ledger.StoreAsync([Delivery("b", "7")], CancellationToken.None);

        Assert.That(await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None), Is.Empty);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Batches_that_cross_each_other_do_not_deadlock_and_lose_nothing(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new IntakeLedger(database.Pool);
        var writers = Enumerable.Range(0, 8).Select(async writer =>
        {
            var chance = new Random(writer);
            for (var round = 0; round < 25; round++)
            {
                var batch = Enumerable.Range(0, 20).Select(i => Delivery($"{round} {i}", $"{i % 5}")).ToArray();
                chance.Shuffle(batch);
                await ledger.StoreAsync(batch, cancellationToken);
            }
        });

        await Task.WhenAll(writers);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await database.AskAsync<long>("select count(*) from deliveries"), Is.EqualTo(500));
            Assert.That(await database.AskAsync<decimal>("select sum(wanted) from tickets"), Is.EqualTo(500));
        }
    }

    private static AcceptedDelivery Delivery(string key, string number, string helpdesk = "acme", bool isOwn = false) =>
        new(helpdesk, new IncomingDelivery(key, number, "ticket.created", ActorId: null), isOwn);
}
