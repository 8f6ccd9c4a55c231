using System.Net.Sockets;
using Npgsql;

namespace TicketTriage.Storage;

/// <summary>Tells a database that is away from a statement that it refused.</summary>
public static class DatabaseAway
{
    /// <summary>
    /// True where the database did not answer, ended the connection, is starting or stopping, or can only be read: what was asked
    /// may succeed later, unchanged.
    /// </summary>
    public static bool IsCause(Exception e) => e switch
    {
        // 25006 read-only, 53… out of disk, memory or connections, 57P0x shut down or starting.
        PostgresException p => p.IsTransient || p.SqlState is "25006" or "57P01" or "57P02" or "57P03"
            || p.SqlState.StartsWith("53", StringComparison.Ordinal),
        NpgsqlException or SocketException or TimeoutException => true,
        InvalidOperationException => e.InnerException is { } inner && IsCause(inner),
        _ => false,
    };

    /// <summary>Asks it something, and waits no longer than that.</summary>
    /// <returns>
    /// False where it is away or silent, or refuses, as after a password was changed; what is asked is then no answer either, and whoever
    /// watches it has to outlive that.
    /// </returns>
    public static async Task<bool> IsAnsweredAsync(
        Func<CancellationToken, Task> ask, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Waited for from outside as well: while a connection is made, the driver may not look at the token.
            await ask(asking.Token).WaitAsync(asking.Token);
            return true;
        }
        catch (Exception e) when (
            e is NpgsqlException || IsCause(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
