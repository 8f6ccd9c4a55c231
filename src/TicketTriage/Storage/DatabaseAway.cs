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
}
