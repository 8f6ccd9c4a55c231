using System.Diagnostics;
using TicketTriage.Storage.PrivatePostgres;

namespace TicketTriage.Testing;

/// <summary>A PostgreSQL without a memory of power cuts, in a temporary directory. It and its files go with the test process, also when that crashes.</summary>
public sealed class ThrowawayCluster : IAsyncDisposable
{
    private readonly PostgresServer server;
    private readonly Process undertaker;

    private ThrowawayCluster(PostgresServer server, Process undertaker)
    {
        this.server = server;
        this.undertaker = undertaker;
        ConnectionString = server.AdministratorsConnectionString("postgres");
        Databases = new TestDatabases(ConnectionString);
    }

    /// <summary>The administrator's, to the database <c>postgres</c>; the same after a restart.</summary>
    public string ConnectionString { get; }

    public TestDatabases Databases { get; }

    public static async Task<ThrowawayCluster> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("tickettriage-tests-").FullName;
        OpenToServerAccount(directory);
        var watcher = StartUndertaker(directory);

        var options = new PrivateClusterOptions { DataDirectory = directory, IsDurable = false, MaxConnections = 400 };
        var folder = new ClusterFolder(directory);
        var account = await ServerAccount.ChooseAsync(folder.Path, CancellationToken.None);
        folder.Create();
        await folder.PrepareAsync(account, CancellationToken.None);
        var started = await PostgresServer.PrepareAsync(options, folder, account, port: null, TimeProvider.System, CancellationToken.None);
        await started.StartAsync(mayChangePort: true, CancellationToken.None);
        return new ThrowawayCluster(started, watcher);
    }

    /// <summary>Takes the database away: sessions are cut. <paramref name="immediately"/> as by a power cut, else in good order.</summary>
    public Task StopAsync(bool immediately) => server.StopAsync(immediately ? StopMode.Immediate : StopMode.Fast, CancellationToken.None);

    /// <summary>Brings it back at the same address.</summary>
    public Task StartAgainAsync() => server.StartAsync(mayChangePort: false, CancellationToken.None);

    /// <summary><see cref="StopAsync"/>, then <see cref="StartAgainAsync"/>.</summary>
    public async Task RestartAsync(bool immediately)
    {
        await StopAsync(immediately);
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(immediately: true);
        undertaker.StandardInput.Close();
        await undertaker.WaitForExitAsync();
        undertaker.Dispose();
    }

    private static void OpenToServerAccount(string directory)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    /// <summary>A shell that waits for our end, however it comes: its input closes then. It ends the server and deletes the files.</summary>
    private static Process StartUndertaker(string directory)
    {
        const string Script =
            """
            trap '' INT
            cat > /dev/null
            pid=$(head -n 1 "$1/postgres/data/postmaster.pid" 2> /dev/null) && kill -QUIT "$pid"
            tries=0
            while [ -n "$pid" ] && [ $tries -lt 100 ] && kill -0 "$pid" 2> /dev/null; do
              tries=$((tries + 1))
              sleep 0.1
            done
            rm -rf "$1"
            """;
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", directory])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The shell did not start.");
    }
}
