using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Tickets;

public sealed class Ringing_for_waiting_work
{
    [Test]
    [CancelAfter(30_000)]
    public async Task A_ring_wakes_a_worker_that_listens_elsewhere(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var ringer = new BellRinger(database.Pool, TimeProvider.System, NullLogger<BellRinger>.Instance);
        using var bell = new WorkBell(database.Pool, TimeProvider.System, NullLogger<WorkBell>.Instance);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = bell.ListenAsync(end.Token);
        await ringer.StartAsync(cancellationToken);
        await bell.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);

        ringer.Ring();
        await bell.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);

        await end.CancelAsync();
        await listening;
        await ringer.StopAsync(CancellationToken.None);
        Assert.Pass("Neither wait ended by a time-out.");
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Rings_in_quick_succession_become_one(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var clock = new ManualClock();
        using var ringer = new BellRinger(database.Pool, clock, NullLogger<BellRinger>.Instance);
        await using var listener = await database.Pool.OpenConnectionAsync(cancellationToken);
        var heard = new List<string>();
        listener.Notification += (_, notification) => heard.Add(notification.Payload);
        await using var listen = new NpgsqlCommand($"listen {TicketQueue.Channel}", listener);
        await listen.ExecuteNonQueryAsync(cancellationToken);
        await ringer.StartAsync(cancellationToken);

        ringer.Ring();
        await clock.UntilTimerAsync(TimeSpan.FromSeconds(1), cancellationToken);
        for (var i = 0; i < 50; i++)
        {
            ringer.Ring();
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        await clock.UntilTimerAsync(TimeSpan.FromSeconds(1), cancellationToken);
        clock.Advance(TimeSpan.FromSeconds(1));
        await ringer.StopAsync(CancellationToken.None);

        await database.AskAsync<object>($"notify {TicketQueue.Channel}, 'the last'");
        while (!heard.Contains("the last"))
        {
            await listener.WaitAsync(cancellationToken);
        }

        Assert.That(heard, Is.EqualTo(new[] { "", "", "the last" }));
    }
}
