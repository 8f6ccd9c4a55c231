using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Escalations;

/// <summary>What the line of a decision says of reopening, moving and targets, as the watch sees them.</summary>
[CancelAfter(120_000)]
internal sealed class What_becomes_of_a_ticket
{
    private static DateTimeOffset Start => SomeMatrix.Start;

    [Test]
    public async Task One_that_is_opened_again_is_counted_once_however_often_it_is_read(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await DecideAsync(database, Start);
        var ledger = new WatchLedger(database.Pool);
        var ticket = SomeMatrix.Ticket();

        await ledger.ObserveAsync(ticket, Start, cancellationToken);
        await ledger.ObserveAsync(ticket with { Status = HelpdeskStatus.Solved }, Start, cancellationToken);
        await ledger.ObserveAsync(ticket with { Status = HelpdeskStatus.Solved }, Start, cancellationToken);
        await ledger.ObserveAsync(ticket with { Status = HelpdeskStatus.Open }, Start, cancellationToken);
        await ledger.ObserveAsync(ticket with { Status = HelpdeskStatus.Open }, Start, cancellationToken);
        var once = await LineAsync(database);
        await ledger.ObserveAsync(ticket with { Status = HelpdeskStatus.Closed }, Start, cancellationToken);
        await ledger.ObserveAsync(ticket with { Status = HelpdeskStatus.Spam }, Start, cancellationToken);
        await ledger.ObserveAsync(ticket with { Status = HelpdeskStatus.Pending }, Start, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(once, Is.EqualTo("reopens 1, transfers 0, targets 0/0"));
            Assert.That(await LineAsync(database), Is.EqualTo(once), "to be spam is no solution");
        }
    }

    [Test]
    public async Task Who_moves_it_to_another_group_is_counted_and_this_service_is_not(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await DecideAsync(database, Start);
        var ledger = new WatchLedger(database.Pool);
        var ticket = SomeMatrix.Ticket();
        var own = new HelpdeskChange { Number = ticket.Id.Number, Stamp = "s", TriageId = Guid.Empty, GroupId = "8" };

        await ledger.ObserveAsync(ticket with { GroupId = null }, Start, cancellationToken);
        await ledger.ObserveAsync(ticket, Start, cancellationToken);
        await ledger.KeepWrittenAsync(ticket.Id, own, Start, Start, Start, cancellationToken);
        await ledger.ObserveAsync(ticket with { GroupId = "8" }, Start, cancellationToken);
        var before = await LineAsync(database);
        await ledger.ObserveAsync(ticket with { GroupId = "9" }, Start, cancellationToken);
        await ledger.ObserveAsync(ticket with { GroupId = "9" }, Start, cancellationToken);
        await ledger.ObserveAsync(ticket with { GroupId = "8" }, Start, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo("reopens 0, transfers 0, targets 0/0"));
            Assert.That(await LineAsync(database), Is.EqualTo("reopens 0, transfers 2, targets 0/0"));
        }
    }

    [Test]
    public async Task Targets_are_met_or_missed_as_the_watch_sees_them_and_go_with_the_ticket(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await DecideAsync(database, Start);
        var clock = new ManualClock(Start);
        var watch = await TheWatch.StartAsync(database, clock, new EscalationOptions(), cancellationToken);
        var ledger = new WatchLedger(database.Pool);
        var ticket = SomeMatrix.Ticket();
        var told = new List<string>();

        async Task HappensAsync(TimeSpan later, HelpdeskStatus status, params TicketEventKind[] kinds)
        {
            clock.Advance(later);
            var now = clock.GetUtcNow();
            ticket = ticket with
            {
                Status = status,
                Events =
                [
                    .. ticket.Events, .. kinds.Select(kind => new TicketEvent(now, kind)),
                    new TicketEvent(now, TicketEventKind.Changed) { Status = status },
                ],
            };
            await ledger.ObserveAsync(ticket, now, cancellationToken);
            await watch.LookAsync(cancellationToken);
            told.Add(await LineAsync(database));
        }

        await HappensAsync(TimeSpan.Zero, HelpdeskStatus.Open);
        await HappensAsync(TimeSpan.FromHours(1), HelpdeskStatus.Pending, TicketEventKind.AgentReply);
        await HappensAsync(TimeSpan.FromHours(1), HelpdeskStatus.Solved);
        await HappensAsync(TimeSpan.FromHours(1), HelpdeskStatus.Open, TicketEventKind.CustomerMessage);
        await DecideAsync(database, Start.AddHours(3));
        told.Add(await LineAsync(database));
        await HappensAsync(TimeSpan.FromDays(3), HelpdeskStatus.Open);
        await HappensAsync(TimeSpan.FromDays(10), HelpdeskStatus.Solved, TicketEventKind.AgentReply);

        Assert.That(told, Is.EqualTo(new[]
        {
            "reopens 0, transfers 0, targets 0/0",
            "reopens 0, transfers 0, targets 1/0",
            "reopens 0, transfers 0, targets 2/0",
            "reopens 1, transfers 0, targets 1/0",
            "reopens 1, transfers 0, targets 1/0",
            "reopens 1, transfers 0, targets 1/1",
            "reopens 1, transfers 0, targets 1/2",
        }));
    }

    [Test]
    public void A_ticket_that_was_deleted_has_kept_and_missed_nothing()
    {
        var clock = new TicketClock
        {
            Metric = ServiceLevelMetric.FirstReplyTime,
            Stage = ServiceLevelStage.Breached,
            Source = ServiceLevelSource.None,
            StartedAt = Start,
            RunningSince = Start,
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(KeptPromises.Of(HelpdeskStatus.Deleted, [clock], []), Is.EqualTo(default(KeptPromises)));
            Assert.That(KeptPromises.Of(HelpdeskStatus.Open, [clock], []), Is.EqualTo(new KeptPromises(0, 1)));
            Assert.That(
                KeptPromises.Of(HelpdeskStatus.Open, [clock], [clock with { Stage = ServiceLevelStage.Achieved, StartedAt = Start.AddHours(1) }]),
                Is.EqualTo(new KeptPromises(0, 1)), "nothing was promised of that wait");
        }
    }

    private static async Task DecideAsync(TriageDatabase database, DateTimeOffset at) => await database.AskAsync<object>(
        $$"""
        insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft, versions)
        values (gen_random_uuid(), 'acme', '1', '{{at:O}}', 's', 'h', '{}', '{}', '{}', '{}', '{}', '{}')
        """);

    private static async Task<string> LineAsync(TriageDatabase database) => await database.AskAsync<string>(
        """
        select format('reopens %s, transfers %s, targets %s/%s', reopens, transfers, targets_met, targets_missed)
        from decision_lines where helpdesk = 'acme' and number = '1' and is_last
        """) ?? "no line";
}
