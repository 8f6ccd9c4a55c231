namespace TicketTriage.Storage.PrivatePostgres;

/// <summary>How the private PostgreSQL is kept.</summary>
public sealed record PrivateClusterOptions
{
    /// <summary>The service's own data directory; the cluster, its password and its log live in <c>postgres</c> below it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>False only for clusters that are thrown away: nothing is forced to disk then, and a power cut may ruin the data.</summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>Default 200: a pool of Npgsql's default size for each of two processes.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Longest wait for the server to take connections; after a power cut it has its log to replay first. Default 2 minutes.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
