using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TicketTriage.Storage.PrivatePostgres;

namespace TicketTriage.Tests.Storage.PrivatePostgres;

/// <summary>A data directory for one test.</summary>
internal sealed class ClusterHome : IDisposable
{
    public ClusterHome()
    {
        Path = Directory.CreateTempSubdirectory("tickettriage-home-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.OtherExecute);
        }

        Folder = new ClusterFolder(Path);
    }

    public string Path { get; }

    public ClusterFolder Folder { get; }

    /// <summary>Not durable, for the tests' speed: what is killed here is a process, never the machine.</summary>
    public PrivateClusterOptions Options => new() { DataDirectory = Path, IsDurable = false };

    public Task<PrivateCluster> StartAsync() => StartAsync(Options);

    public static Task<PrivateCluster> StartAsync(PrivateClusterOptions options) =>
        PrivateCluster.StartAsync(options, TimeProvider.System, NullLogger<PrivateCluster>.Instance, CancellationToken.None);

    /// <summary>The same in a process of its own, which is killed at the latest with the test's end.</summary>
    public async Task<(Process Host, string ConnectionString)> StartElsewhereAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, Path])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var host = Process.Start(start) ?? throw new InvalidOperationException("The host did not start.");
        var said = await host.StandardOutput.ReadLineAsync();
        return (host, said ?? throw new InvalidOperationException("The host ended without a connection string."));
    }

    /// <summary>The process of the server that runs now.</summary>
    public async Task<Process> FindServerAsync(CancellationToken cancellationToken) =>
        Process.GetProcessById(await Folder.FindRunningServerAsync(cancellationToken)
            ?? throw new InvalidOperationException("No server runs on these data."));

    public static async Task<object?> AskAsync(string connectionString, string statement)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Asks again while the server is away.</summary>
    public static async Task<object?> AskPatientlyAsync(string connectionString, string statement, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await AskAsync(connectionString, statement);
            }
            catch (NpgsqlException e) when (e.SqlState is null or PostgresErrorCodes.CannotConnectNow)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
