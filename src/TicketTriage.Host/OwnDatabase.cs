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
        if (!string.IsNullOrWhiteSpace(configuration.GetConnectionString(StorageServices.ConnectionName)))
        {
            return null;
        }

        var directory = DataDirectory.Of(configuration);
        using var logging = LoggerFactory.Create(log => log.AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole());
        var started = await PrivateCluster.StartAsync(
            new PrivateClusterOptions { DataDirectory = directory },
            TimeProvider.System,
            logging.CreateLogger<PrivateCluster>(),
            cancellationToken);
        configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageServices.ConnectionName}", started.ConnectionString)]);
        return new OwnDatabase(started);
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
