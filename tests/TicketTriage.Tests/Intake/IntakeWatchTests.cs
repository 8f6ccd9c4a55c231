using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Helpdesks;
using TicketTriage.Helpdesks.Webhooks;
using TicketTriage.Intake;
using TicketTriage.Storage;
using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Intake;

[CancelAfter(120_000)]
internal sealed class IntakeWatchTests
{
    [Test]
    public async Task A_database_that_says_nothing_costs_the_first_sender_time_and_the_others_none(CancellationToken cancellationToken)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await using var pool = StorageServices.OpenPool($"Host=127.0.0.1;Port={port};Database=x;Username=x;Password=x;Timeout=60");
        await using var intake = new IntakeUnderTest(pool, new IntakeOptions { Writers = 1, StoreTimeout = TimeSpan.FromSeconds(10) });
        await intake.Desk.StartAsync(cancellationToken);
        var first = intake.Desk.AcceptAsync(Delivery("first"), cancellationToken);
        using var look = await silent.AcceptTcpClientAsync(cancellationToken);
        using var commit = await silent.AcceptTcpClientAsync(cancellationToken);
        var second = intake.Desk.AcceptAsync(Delivery("second"), cancellationToken);

        Assert.That(async () => await second, Throws.TypeOf<IntakeBusyException>());
        Assert.That(async () => await intake.Desk.AcceptAsync(Delivery("third"), cancellationToken), Throws.TypeOf<IntakeBusyException>());
        Assert.That(first.IsCompleted, Is.False, "its commit is still being waited for");
        Assert.That(async () => await first, Throws.TypeOf<IntakeBusyException>());
    }

    [Test]
    public async Task Comes_back_by_itself_with_the_database_and_keeps_what_it_has_taken(CancellationToken cancellationToken)
    {
        await using var cluster = await PostgresForTests.StartOwnClusterAsync();
        var database = await cluster.Databases.CreateAsync(TriageDatabase.MigrateAsync);
        await using var pool = StorageServices.OpenPool(database.ConnectionString);
        await using var intake = new IntakeUnderTest(pool, new IntakeOptions());
        await intake.Desk.StartAsync(cancellationToken);
        var accepted = new List<string>();
        foreach (var isImmediate in new[] { false, true })
        {
            accepted.Add(await AcceptAsync($"before {isImmediate}"));
            await cluster.StopAsync(isImmediate);
            Assert.That(
                async () => await intake.Desk.AcceptAsync(Delivery($"refused {isImmediate}"), cancellationToken),
                Throws.TypeOf<IntakeBusyException>());
            Assert.That(intake.Watch.Refusal, Is.Not.Null);

            await cluster.StartAgainAsync();
            while (intake.Watch.Refusal is not null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }

            accepted.Add(await AcceptAsync($"after {isImmediate}"));
        }

        await using var command = pool.CreateCommand("select array_agg(key order by received_at) from deliveries");
        Assert.That(await command.ExecuteScalarAsync(cancellationToken), Is.EqualTo(accepted));

        async Task<string> AcceptAsync(string key)
        {
            await intake.Desk.AcceptAsync(Delivery(key), cancellationToken);
            return key;
        }
    }

    [Test]
    public async Task Refuses_while_the_backlog_is_too_old_and_never_what_the_reconciliation_finds(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(
            "insert into tickets (helpdesk, number, wanted, next_at) values ('acme', '7', 1, now() - interval '16 minutes')");
        await using var intake = new IntakeUnderTest(database.Pool, new IntakeOptions());
        await intake.Desk.StartAsync(cancellationToken);
        while (intake.Watch.Refusal is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        Assert.That(
            async () => await intake.Desk.AcceptAsync(Delivery("a"), cancellationToken),
            Throws.TypeOf<IntakeBusyException>().With.Message.Contains("waiting for too long"));
        var found = await new ReconciliationLedger(database.Pool, new IntakeLedger(database.Pool)).RaiseMissedAsync(
            "acme", [new ChangedTicket("8", "stamp", HelpdeskStatus.New, DateTimeOffset.UnixEpoch)], cancellationToken);
        await new TicketQueue(database.Pool, TimeProvider.System).ClaimAsync(new ClaimOrder(1), cancellationToken);
        while (intake.Watch.Refusal is not null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        await intake.Desk.AcceptAsync(Delivery("b"), cancellationToken);

        Assert.That(
            (found, await database.AskAsync<string>("select string_agg(key, ' ' order by key) from deliveries")),
            Is.EqualTo((1, "b reconciliation:8:stamp")));
    }

    [Test]
    public async Task A_ticket_that_waits_for_its_time_or_has_killed_its_worker_is_no_backlog(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(
            "insert into tickets (helpdesk, number, wanted, attempts, next_at) values "
            + "('acme', '7', 1, 0, now() + interval '1 hour'), ('acme', '8', 1, 3, now() - interval '1 hour')");
        await using var intake = new IntakeUnderTest(database.Pool, new IntakeOptions());
        await intake.Desk.StartAsync(cancellationToken);

        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);

        await intake.Desk.AcceptAsync(Delivery("a"), cancellationToken);
        Assert.That(await database.AskAsync<long>("select count(*) from deliveries"), Is.EqualTo(1));
    }

    private static AcceptedDelivery Delivery(string key) =>
        new("acme", new IncomingDelivery(key, "1", "ticket.created", ActorId: null), IsOwn: false);

    private sealed class IntakeUnderTest : IAsyncDisposable
    {
        private readonly BellRinger ringer;

        public IntakeUnderTest(NpgsqlDataSource pool, IntakeOptions options)
        {
            var ledger = new IntakeLedger(pool);
            var settings = Options.Create(options);
            ringer = new BellRinger(pool, TimeProvider.System, NullLogger<BellRinger>.Instance);
            Watch = new IntakeWatch(pool, ledger, settings, TimeProvider.System, NullLogger<IntakeWatch>.Instance);
            Desk = new IntakeDesk(ledger, ringer, Watch, settings, NullLogger<IntakeDesk>.Instance);
        }

        public IntakeWatch Watch { get; }

        public IntakeDesk Desk { get; }

        public async ValueTask DisposeAsync()
        {
            await Desk.StopAsync(CancellationToken.None);
            Desk.Dispose();
            ringer.Dispose();
        }
    }
}
