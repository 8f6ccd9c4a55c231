using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Storage;

namespace TicketTriage.Intake;

/// <summary>
/// Knows whether a delivery can be taken in before one has to wait to find out. It is refused at once while the database does not take
/// anything, while all commits under way have hung for <see cref="Slow"/>, and while the backlog is older than
/// <see cref="IntakeOptions.MostBacklogAge"/>. A database that failed is tried with nothing of anybody's until it answers.
/// </summary>
public sealed partial class IntakeWatch(
    NpgsqlDataSource database, IntakeLedger ledger, IOptions<IntakeOptions> options, TimeProvider clock, ILogger<IntakeWatch> logger)
{
    /// <summary>A commit takes milliseconds; who came after one that takes this long is better sent away than left to hope.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LookAtBacklogEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const string Away = "The database does not take deliveries just now.";

    /// <summary>When each writer's commit began; 0 while it has none.</summary>
    private readonly long[] commits = new long[options.Value.Writers];

    /// <summary>Wakes who watches the commits: looking while nothing comes in would be most of what an idle process does.</summary>
    private readonly Channel<bool> stirred = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private volatile bool isAway;
    private volatile bool isHanging;
    private volatile string? tooOld;

    /// <summary>Why nothing is taken in; <see langword="null"/> while it is.</summary>
    public string? Refusal => isAway || isHanging ? Away : tooOld;

    internal void CommitBegins(int writer)
    {
        Volatile.Write(ref commits[writer], clock.GetTimestamp());
        stirred.Writer.TryWrite(true);
    }

    /// <param name="isAway">True where the database did not take it.</param>
    internal void CommitEnds(int writer, bool isAway)
    {
        Volatile.Write(ref commits[writer], 0);
        if (isAway && !this.isAway)
        {
            this.isAway = true;
            stirred.Writer.TryWrite(true);
            Closed();
        }
    }

    /// <summary>Watches until cancelled.</summary>
    /// <param name="refuseWaiting">Sends away those who wait for a commit that will not come soon.</param>
    internal async Task RunAsync(Action<string> refuseWaiting, CancellationToken cancellationToken)
    {
        try
        {
            // Apart, since a look at a silent database takes its time and the commits have to be watched meanwhile.
            await Task.WhenAll(WatchCommitsAsync(refuseWaiting, cancellationToken), WatchDatabaseAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task WatchCommitsAsync(Action<string> refuseWaiting, CancellationToken cancellationToken)
    {
        while (true)
        {
            isHanging = Array.TrueForAll(commits, began => began != 0 && clock.GetElapsedTime(began) >= Slow);
            if (isAway || isHanging)
            {
                refuseWaiting(Away);
            }

            if (!isAway && Array.TrueForAll(commits, began => began == 0))
            {
                await stirred.Reader.ReadAsync(cancellationToken);
            }
            else
            {
                await Task.Delay(LookEvery, clock, cancellationToken);
            }
        }
    }

    private async Task WatchDatabaseAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (isAway)
            {
                await TryDatabaseAsync(cancellationToken);
                await Task.Delay(TryEvery, clock, cancellationToken);
            }
            else
            {
                // In vain, it says nothing: the next commit finds out whether something is wrong.
                await LookAtBacklogAsync(cancellationToken);
                await Task.Delay(LookAtBacklogEvery, clock, cancellationToken);
            }
        }
    }

    private async Task TryDatabaseAsync(CancellationToken cancellationToken)
    {
        if (await IsAnsweredAsync(token => ledger.StoreAsync([], token), cancellationToken))
        {
            isAway = false;
            Opened();
            return;
        }

        // Connections that lie idle lead to where the database was; the next try makes a new one.
        database.Clear();
    }

    private Task<bool> LookAtBacklogAsync(CancellationToken cancellationToken) => IsAnsweredAsync(
        async token =>
        {
            var age = await ReadBacklogAgeAsync(token);
            var wasTooOld = tooOld is not null;
            tooOld = age > options.Value.MostBacklogAge ? "Tickets have been waiting for too long already." : null;
            if (wasTooOld != tooOld is not null)
            {
                BacklogChanged(age, tooOld is null ? "taken in again" : "refused until it has been worked off");
            }
        },
        cancellationToken);

    private Task<bool> IsAnsweredAsync(Func<CancellationToken, Task> ask, CancellationToken cancellationToken) =>
        DatabaseAway.IsAnsweredAsync(ask, Patience, clock, cancellationToken);

    /// <summary>How long the first of those has been due that nobody has taken yet. One entry of an index, whatever the backlog.</summary>
    private async Task<TimeSpan> ReadBacklogAgeAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select now() - next_at from tickets where next_at <= now() and attempts = 0 order by next_at limit 1");
        return await command.ExecuteScalarAsync(cancellationToken) as TimeSpan? ?? TimeSpan.Zero;
    }

    [LoggerMessage(LogLevel.Error, "The database takes no deliveries; senders are asked to come again until it does.")]
    private partial void Closed();

    [LoggerMessage(LogLevel.Information, "The database takes deliveries again.")]
    private partial void Opened();

    [LoggerMessage(LogLevel.Warning, "The oldest waiting ticket has been due for {Age}; deliveries are {What}.")]
    private partial void BacklogChanged(TimeSpan age, string what);
}
