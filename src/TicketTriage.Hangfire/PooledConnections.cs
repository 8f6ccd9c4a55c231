using Hangfire.PostgreSql;
using Npgsql;

namespace TicketTriage.Hangfire;

/// <summary>Hangfire's connections come from the process's one pool.</summary>
internal sealed class PooledConnections(NpgsqlDataSource database) : IConnectionFactory
{
    public NpgsqlConnection GetOrCreateConnection() => database.CreateConnection();
}
