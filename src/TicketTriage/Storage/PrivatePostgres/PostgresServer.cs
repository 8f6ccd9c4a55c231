using System.Globalization;
using Npgsql;

namespace TicketTriage.Storage.PrivatePostgres;

/// <summary>The server of one cluster: made, started and stopped by the process that owns the folder.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(30);

    private readonly PrivateClusterOptions options;
    private readonly ClusterFolder folder;
    private readonly ServerAccount account;
    private readonly PostgresBinaries binaries;
    private readonly TimeProvider clock;
    private ServerProcess? process;

    private PostgresServer(
        PrivateClusterOptions options, ClusterFolder folder, ServerAccount account, PostgresBinaries binaries, int port, TimeProvider clock)
    {
        this.options = options;
        this.folder = folder;
        this.account = account;
        this.binaries = binaries;
        this.clock = clock;
        Port = port;
    }

    /// <summary>The server's own administrator.</summary>
    public const string Superuser = "postgres";

    public int Port { get; private set; }

    /// <summary>Ends with the server's process, with its exit code.</summary>
    public Task<int> Exited => process?.Exited ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>The process of the server.</summary>
    public int ProcessId => process?.Id ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>Makes the cluster where there is none; what an earlier attempt left half-made is made again.</summary>
    /// <param name="options">How the cluster is kept.</param>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="account">Who runs the server.</param>
    /// <param name="port">Where it has to listen; <see langword="null"/> leaves it the choice.</param>
    /// <param name="clock">Measures the waits.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<PostgresServer> PrepareAsync(
        PrivateClusterOptions options, ClusterFolder folder, ServerAccount account, int? port, TimeProvider clock, CancellationToken cancellationToken)
    {
        var found = await PostgresBinaries.FindAsync(options.DataDirectory, folder.DataVersion, cancellationToken);
        if (!folder.HasData)
        {
            await InitialiseAsync(options, folder, account, found, cancellationToken);
        }

        return new PostgresServer(options, folder, account, found, port ?? folder.ChoosePort(), clock);
    }

    /// <summary>Starts the server and waits until it takes connections. An orphan on the same data is stopped first.</summary>
    /// <param name="mayChangePort">False where somebody holds the address already.</param>
    /// <param name="cancellationToken">Ends the wait and the server.</param>
    public async Task StartAsync(bool mayChangePort, CancellationToken cancellationToken)
    {
        if (await folder.FindRunningServerAsync(cancellationToken) is not null)
        {
            await RunPgCtlStopAsync(StopMode.Fast, cancellationToken);
        }

        folder.DisownStalePid();
        var startedAt = clock.GetTimestamp();
        while (true)
        {
            var complaint = await TryStartAsync(startedAt, cancellationToken);
            if (complaint is null)
            {
                return;
            }

            var isPortTaken = complaint.Contains("could not bind", StringComparison.Ordinal);
            var isGoing = complaint.Contains("shared memory block", StringComparison.Ordinal);
            if (clock.GetElapsedTime(startedAt) > options.StartTimeout || !(isPortTaken && mayChangePort || isGoing))
            {
                throw new PrivatePostgresException($"The private PostgreSQL doesn't start: {complaint} Its log is {folder.Log}.");
            }

            if (isPortTaken)
            {
                Port = folder.ChoosePort();
            }

            // Backends of a killed server are still on their way out.
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellationToken);
        }
    }

    /// <summary>Stops the server: as asked, and at once where it doesn't within half a minute.</summary>
    public async Task StopAsync(StopMode mode, CancellationToken cancellationToken)
    {
        if (process is null)
        {
            return;
        }

        if (!process.Exited.IsCompleted)
        {
            await RunPgCtlStopAsync(mode, cancellationToken);
            process.Kill();
        }

        await process.Exited.WaitAsync(cancellationToken);
        process = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync(StopMode.Fast, CancellationToken.None);

    /// <param name="database">The database to open.</param>
    public string AdministratorsConnectionString(string database) => BuildConnectionString(folder, Port, Superuser, database);

    public static string BuildConnectionString(ClusterFolder folder, int port, string user, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = user,
            Password = folder.ReadPassword(),
            Database = database,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    private static async Task InitialiseAsync(
        PrivateClusterOptions options, ClusterFolder folder, ServerAccount account, PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        await account.RequireEntryAsync(binaries.Folder, cancellationToken);
        // Words of every language need a character table; the order of text stays that of its bytes, on every machine the same.
        var characters = OperatingSystem.IsMacOS() ? "UTF-8" : "C.UTF-8";
        var answer = await ExternalCommand.RunAsync(
            account.Lend(
            [
                binaries.InitDb, "-D", folder.UnfinishedData, "--username", Superuser, "--pwfile", folder.PasswordFile,
                "--auth", "scram-sha-256", "--data-checksums", "--encoding", "UTF8", "--locale", "C", "--lc-ctype", characters,
                .. binaries.MajorVersion >= 15 ? ["--locale-provider", "libc"] : Array.Empty<string>(),
                .. options.IsDurable ? Array.Empty<string>() : ["--no-sync"],
            ]),
            cancellationToken);
        if (!answer.IsSuccess)
        {
            throw new PrivatePostgresException($"The private database can't be made in {folder.Path}: {answer.Text.ReplaceLineEndings(" ")}.");
        }

        Directory.Move(folder.UnfinishedData, folder.Data);
    }

    /// <returns><see langword="null"/> once it takes connections, else what it complained of before it ended.</returns>
    private async Task<string?> TryStartAsync(long startedAt, CancellationToken cancellationToken)
    {
        var logStart = new FileInfo(folder.Log).Length;
        process = await ServerProcess.StartAsync(await account.LendToServerAsync(CommandLine(), cancellationToken));
        try
        {
            while (!process.Exited.IsCompleted)
            {
                if (await TakesConnectionsAsync(cancellationToken))
                {
                    return null;
                }

                if (clock.GetElapsedTime(startedAt) > options.StartTimeout)
                {
                    throw new PrivatePostgresException(
                        $"The private PostgreSQL took no connection within {options.StartTimeout.TotalSeconds:0} seconds; its log is {folder.Log}.");
                }

                await Task.WhenAny(process.Exited, Task.Delay(LookAgainAfter, clock, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch
        {
            await StopAsync(StopMode.Immediate, CancellationToken.None);
            throw;
        }

        process = null;
        return ReadComplaint(logStart);
    }

    private async Task<bool> TakesConnectionsAsync(CancellationToken cancellationToken)
    {
        var address = new NpgsqlConnectionStringBuilder(AdministratorsConnectionString("postgres")) { Pooling = false, Timeout = 5 };
        try
        {
            await using var connection = new NpgsqlConnection(address.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select current_setting('data_directory')", connection);
            return (string?)await command.ExecuteScalarAsync(cancellationToken) == folder.Data;
        }
        catch (NpgsqlException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new PrivatePostgresException(
                $"The private PostgreSQL refuses the password in {folder.PasswordFile}: bring back the one that belongs to {folder.Data}.", e);
        }
        catch (NpgsqlException)
        {
            // Not listening yet, or still replaying its log.
            return false;
        }
    }

    private IReadOnlyList<string> CommandLine()
    {
        List<string> settings =
        [
            "listen_addresses=127.0.0.1",
            $"port={Port.ToString(CultureInfo.InvariantCulture)}",
            "unix_socket_directories=",
            $"max_connections={options.MaxConnections.ToString(CultureInfo.InvariantCulture)}",
            // A container's shared memory is too small for parallel queries' messages.
            "max_parallel_workers_per_gather=0",
            // The log must not repeat what a statement or a row held.
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
        ];
        if (!options.IsDurable)
        {
            // Commits still reach the system before they are answered, so that they outlive a killed server.
            settings.AddRange(["fsync=off", "full_page_writes=off"]);
        }

        // The shell opens the log as the server's account, and so that it stays open when we end first.
        return
        [
            "/bin/sh", "-c", "log=$1; shift; exec \"$@\" >> \"$log\" 2>&1 < /dev/null", "sh", folder.Log,
            binaries.Server, "-D", folder.Data, .. settings.SelectMany(setting => (string[])["-c", setting]),
        ];
    }

    private async Task RunPgCtlStopAsync(StopMode mode, CancellationToken cancellationToken)
    {
        foreach (var how in mode == StopMode.Fast ? ["fast", "immediate"] : (string[])["immediate"])
        {
            string[] stop = [binaries.PgCtl, "stop", "-D", folder.Data, "-m", how, "-w", "-t", "30", "-s"];
            if ((await ExternalCommand.RunAsync(account.Lend(stop), cancellationToken)).IsSuccess)
            {
                return;
            }
        }
    }

    private string ReadComplaint(long logStart)
    {
        using var log = new StreamReader(folder.Log);
        log.BaseStream.Seek(logStart, SeekOrigin.Begin);
        var complaints = log.ReadToEnd().Split('\n')
            .Select(line => (line, At: line.IndexOf(":  ", StringComparison.Ordinal)))
            .Where(line => line.At >= 0 && (line.line.Contains("FATAL", StringComparison.Ordinal) || line.line.Contains("LOG:  could not", StringComparison.Ordinal)))
            .Select(line => line.line[(line.At + 3)..].TrimEnd('.'));
        return string.Join("; ", complaints) is { Length: > 0 } text ? text + "." : "it ended without a word.";
    }
}

/// <summary>How a server is asked to end.</summary>
internal enum StopMode
{
    /// <summary>Sessions are cut, what is committed is written out.</summary>
    Fast = 0,

    /// <summary>As by a power cut: the next start replays the log.</summary>
    Immediate,
}
