using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Helpdesks.Webhooks;
using TicketTriage.Intake;
using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Intake;

public sealed class IntakeDeskTests
{
    [Test]
    [CancelAfter(30_000)]
    public async Task Who_is_answered_is_in_the_database(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var ringer = Ringer(database);
        using var desk = Desk(database, ringer, new IntakeOptions());
        await desk.StartAsync(cancellationToken);

        await desk.AcceptAsync(Delivery("a"), cancellationToken);

        Assert.That(await database.AskAsync<long>("select count(*) from deliveries where key = 'a'"), Is.EqualTo(1));
        await desk.StopAsync(CancellationToken.None);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Those_who_wait_while_a_commit_is_under_way_share_the_next(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var ringer = Ringer(database);
        using var desk = Desk(database, ringer, new IntakeOptions { Writers = 1 });
        await using var obstacle = await Obstacle.PutUpAsync(database, "held", cancellationToken);
        await desk.StartAsync(cancellationToken);
        var held = desk.AcceptAsync(Delivery("held"), cancellationToken);
        await obstacle.UntilSomebodyWaitsAsync();

        var others = Enumerable.Range(0, 20).Select(i => desk.AcceptAsync(Delivery($"{i}"), cancellationToken)).ToList();
        await obstacle.TakeDownAsync();
        await Task.WhenAll([held, .. others]);

        Assert.That(
            await database.AskAsync<long>("select count(distinct xmin::text) from deliveries where key <> 'held'"), Is.EqualTo(1));
        await desk.StopAsync(CancellationToken.None);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Many_writers_with_a_commit_each_answer_everybody(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var ringer = Ringer(database);
        using var desk = Desk(database, ringer, new IntakeOptions { BatchSize = 1, Writers = 8 });
        await desk.StartAsync(cancellationToken);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => desk.AcceptAsync(Delivery($"{i}"), cancellationToken)));

        Assert.That(await database.AskAsync<long>("select count(distinct xmin::text) from deliveries"), Is.EqualTo(100));
        await desk.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Beyond_what_may_wait_the_sender_is_asked_to_come_again()
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var ringer = Ringer(database);
        using var desk = Desk(database, ringer, new IntakeOptions { MostWaiting = 1 });
        var first = desk.AcceptAsync(Delivery("a"), CancellationToken.None);

        Assert.That(async () => await desk.AcceptAsync(Delivery("b"), CancellationToken.None), Throws.TypeOf<IntakeBusyException>());

        await desk.StartAsync(CancellationToken.None);
        await first;
        Assert.That(await database.AskAsync<string>("select string_agg(key, ' ') from deliveries"), Is.EqualTo("a"));
        await desk.StopAsync(CancellationToken.None);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_stop_ends_the_commit_under_way_and_asks_the_others_to_come_again(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var ringer = Ringer(database);
        using var desk = Desk(database, ringer, new IntakeOptions { Writers = 1 });
        await using var obstacle = await Obstacle.PutUpAsync(database, "held", cancellationToken);
        await desk.StartAsync(cancellationToken);
        var underWay = desk.AcceptAsync(Delivery("held"), cancellationToken);
        await obstacle.UntilSomebodyWaitsAsync();
        var waiting = desk.AcceptAsync(Delivery("a"), cancellationToken);

        var stop = desk.StopAsync(cancellationToken);
        await obstacle.TakeDownAsync();

        await stop;
        await underWay;
        Assert.That(async () => await waiting, Throws.TypeOf<IntakeBusyException>());
    }

    private static BellRinger Ringer(TriageDatabase database) => new(database.Pool, TimeProvider.System, NullLogger<BellRinger>.Instance);

    /// <summary>Its watch's clock stands still, so that nothing hangs however slow the machine is.</summary>
    private static IntakeDesk Desk(TriageDatabase database, BellRinger ringer, IntakeOptions options)
    {
        var ledger = new IntakeLedger(database.Pool);
        var settings = Options.Create(options);
        var watch = new IntakeWatch(database.Pool, ledger, settings, new ManualClock(), NullLogger<IntakeWatch>.Instance);
        return new IntakeDesk(ledger, ringer, watch, settings, NullLogger<IntakeDesk>.Instance);
    }

    private static AcceptedDelivery Delivery(string key) => new("acme", new IncomingDelivery(key, "1", "ticket.created", ActorId: null), IsOwn: false);

    /// <summary>An unfinished transaction with the same delivery: whoever stores it waits for its end.</summary>
    private sealed class Obstacle(TriageDatabase database, NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public static async Task<Obstacle> PutUpAsync(TriageDatabase database, string key, CancellationToken cancellationToken)
        {
            var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var same = new NpgsqlCommand(
                "insert into deliveries (helpdesk, key, number, event_type) values ('acme', $1, '1', 'test')", connection, transaction);
            same.Parameters.Add(new() { Value = key });
            await same.ExecuteNonQueryAsync(cancellationToken);
            return new Obstacle(database, connection, transaction);
        }

        public async Task UntilSomebodyWaitsAsync()
        {
            // The test's databases share a server; a wait in another one is not ours.
            while (await database.AskAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0)
            {
                await Task.Yield();
            }
        }

        public Task TakeDownAsync() => transaction.RollbackAsync();

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
