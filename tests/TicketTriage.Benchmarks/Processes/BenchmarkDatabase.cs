using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TicketTriage.Storage.PrivatePostgres;

namespace TicketTriage.Benchmarks.Processes;

/// <summary>
/// The private PostgreSQL as it is shipped, durable, in a temporary directory, started from here so that its processor time can be read.
/// Where that directory lies in memory, commits cost nothing and the figures mean nothing: set <c>TMPDIR</c> to a disk.
/// </summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    /// <summary>Room for one commit per request at 128 connections beside the service and pgbench.</summary>
    private const int MostConnections = 400;

    private readonly PrivateCluster cluster;
    private readonly int server;

    private BenchmarkDatabase(PrivateCluster cluster, string directory, int server, string version)
    {
        this.cluster = cluster;
        this.server = server;
        Directory = directory;
        Version = version;
    }

    /// <summary>For whatever belongs to the run; deleted with it.</summary>
    public string Directory { get; }

    public string Version { get; }

    public string ConnectionString => cluster.ConnectionString;

    public TimeSpan ProcessorTime => Processes.ProcessorTime.OfFamily(server);

    public static async Task<BenchmarkDatabase> StartAsync(CancellationToken cancellationToken)
    {
        var directory = TemporaryDirectory.Create();
        var started = await PrivateCluster.StartAsync(
            new PrivateClusterOptions { DataDirectory = directory, MaxConnections = MostConnections },
            TimeProvider.System,
            NullLogger<PrivateCluster>.Instance,
            cancellationToken);
        var note = await File.ReadAllLinesAsync(Path.Combine(directory, "postgres", "data", "postmaster.pid"), cancellationToken);
        await using var connection = new NpgsqlConnection(started.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var pid = int.Parse(note[0], CultureInfo.InvariantCulture);
        return new BenchmarkDatabase(started, directory, pid, connection.PostgreSqlVersion.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
