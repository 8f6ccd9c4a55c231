using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TicketTriage.Storage;

namespace TicketTriage.Tickets;

/// <summary>
/// Rings every process's <see cref="WorkBell"/>. Apart from the commit that stored the work: PostgreSQL lets transactions that notify
/// commit only one after the other, each waiting for the disk (with pgbench at 32 clients 400 commits a second in place of 6,000).
/// </summary>
public sealed partial class BellRinger(NpgsqlDataSource database, TimeProvider clock, ILogger<BellRinger> logger) : BackgroundService
{
    /// <summary>Whatever comes in meanwhile shares the next ring; one that comes after silence is rung for at once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim wanted = new(0, 1);

    /// <summary>Returns at once.</summary>
    public void Ring()
    {
        if (wanted.CurrentCount > 0)
        {
            return;
        }

        try
        {
            wanted.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else was faster, and one ring is as good as two.
            return;
        }
    }

    public override void Dispose()
    {
        wanted.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await wanted.WaitAsync(stoppingToken);
                await NotifyAsync(stoppingToken);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task NotifyAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var command = database.CreateCommand($"notify {TicketQueue.Channel}");
            await command.ExecuteNonQueryAsync(stoppingToken);
        }
        catch (Exception e) when (DatabaseAway.IsCause(e) && !stoppingToken.IsCancellationRequested)
        {
            NotRung(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Workers could not be told of waiting work ({Message}); they look by themselves every few seconds.")]
    private partial void NotRung(string message);
}
