using Microsoft.Extensions.Logging;
using Npgsql;
using TicketTriage.Storage;

namespace TicketTriage.Tickets;

/// <summary>
/// Rings when work has come in, by the database's LISTEN and NOTIFY. It only saves waiting: a ring that is lost costs no more than
/// the time between two looks of the worker.
/// </summary>
public sealed partial class WorkBell(NpgsqlDataSource database, TimeProvider clock, ILogger<WorkBell> logger) : IDisposable
{
    private static readonly TimeSpan PauseAfterLoss = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim rung = new(0, 1);

    /// <summary>Returns at the next ring, or after <paramref name="longest"/>.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => rung.WaitAsync(longest, cancellationToken);

    /// <summary>Rings without the database: work is known to wait.</summary>
    public void Ring()
    {
        try
        {
            rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has rung already and nobody has come yet: one ring is as good as many.
            return;
        }
    }

    /// <summary>Listens until cancelled; a lost connection is opened again.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                connection.Notification += (_, _) => Ring();
                await using (var listen = new NpgsqlCommand($"listen {TicketQueue.Channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(cancellationToken);
                }

                Ring();
                while (true)
                {
                    await connection.WaitAsync(cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (DatabaseAway.IsCause(e))
            {
                ConnectionLost(e.Message);
                await PauseAsync(cancellationToken);
            }
        }
    }

    public void Dispose() => rung.Dispose();

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(PauseAfterLoss, clock, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The connection that announces waiting work was lost ({Message}); workers look by themselves until it is back.")]
    private partial void ConnectionLost(string message);
}
