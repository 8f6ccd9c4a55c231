using Npgsql;
using TicketTriage.Storage;
using TicketTriage.Storage.PrivatePostgres;

namespace TicketTriage.Host;

/// <summary>The private PostgreSQL of a process that was given no database.</summary>
internal sealed class OwnDatabase : IAsyncDisposable
{
    private readonly PrivateCluster cluster;

    private OwnDatabase(PrivateCluster cluster) => this.cluster = cluster;

    /// <returns><see langword="null"/> where a database is configured.</returns>
    public static async Task<OwnDatabase?> StartWhereNoneIsGivenAsync(ConfigurationManager configuration, CancellationToken cancellationToken)
    {
        if (IsGiven(configuration))
        {
            return null;
        }

        var directory = DataDirectory.Of(configuration);
        using var logging = LoggerFactory.Create(log => log.AddConfiguration(configuration.GetSection("Logging")).AddConsole());
        var started = await PrivateCluster.StartAsync(
            new PrivateClusterOptions { DataDirectory = directory },
            TimeProvider.System,
            logging.CreateLogger<PrivateCluster>(),
            cancellationToken);
        configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageServices.ConnectionName}", started.ConnectionString)]);
        return new OwnDatabase(started);
    }

    /// <summary>Whether there is a database without this process making one.</summary>
    public static bool IsGivenOrMade(IConfiguration configuration) =>
        IsGiven(configuration) || PrivateCluster.IsMade(DataDirectory.Of(configuration));

    /// <summary>
    /// The same for a command that has to leave everything as it is. Where no private database was ever made, the configuration gets the
    /// place where it will be, and nobody answers there.
    /// </summary>
    public static Task<OwnDatabase?> FindWhereNoneIsGivenAsync(ConfigurationManager configuration, CancellationToken cancellationToken)
    {
        if (IsGivenOrMade(configuration))
        {
            return StartWhereNoneIsGivenAsync(configuration, cancellationToken);
        }

        var place = new NpgsqlConnectionStringBuilder { Host = DataDirectory.Of(configuration), Database = PrivateCluster.DatabaseName };
        configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageServices.ConnectionName}", place.ConnectionString)]);
        return Task.FromResult<OwnDatabase?>(null);
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    private static bool IsGiven(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration.GetConnectionString(StorageServices.ConnectionName));
}
