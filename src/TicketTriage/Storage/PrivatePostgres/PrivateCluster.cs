using Microsoft.Extensions.Logging;
using Npgsql;

namespace TicketTriage.Storage.PrivatePostgres;

/// <summary>
/// A PostgreSQL of our own on loopback, kept under the data directory. The first process that asks runs the server; others with the same
/// data directory use it, and one of them takes it over when the first ends. A server that dies is started again.
/// </summary>
public sealed partial class PrivateCluster : IAsyncDisposable
{
    /// <summary>The database that is made, and the name of its owner.</summary>
    public const string DatabaseName = "tickettriage";

    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    private readonly ClusterFolder folder;
    private readonly PostgresServer server;
    private readonly TimeProvider clock;
    private readonly ILogger<PrivateCluster> logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task watch;

    private PrivateCluster(
        ClusterFolder folder, PostgresServer server, FileStream? ownership, TimeProvider clock, ILogger<PrivateCluster> logger)
    {
        this.folder = folder;
        this.server = server;
        this.clock = clock;
        this.logger = logger;
        ConnectionString = OwnersConnectionString(folder, server.Port);
        watch = WatchAsync(ownership);
    }

    /// <summary>Opens the database as its owner, who is no superuser. Stays the same until disposal.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether one was made under this directory before.</summary>
    public static bool IsMade(string dataDirectory) => new ClusterFolder(dataDirectory).HasData;

    /// <summary>Returns once the database takes connections.</summary>
    /// <exception cref="PrivatePostgresException">It can't be had; the message says why and what to do.</exception>
    public static async Task<PrivateCluster> StartAsync(
        PrivateClusterOptions options, TimeProvider clock, ILogger<PrivateCluster> logger, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PrivatePostgresException(
                "A private PostgreSQL is started on Linux and macOS only: name a database in ConnectionStrings:TicketTriage.");
        }

        var home = new ClusterFolder(options.DataDirectory);
        try
        {
            var account = await ServerAccount.ChooseAsync(home.Path, cancellationToken);
            home.Create();
            return await OwnOrJoinAsync(options, home, account, clock, logger, cancellationToken);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PrivatePostgresException(
                $"The user {Environment.UserName} may not write to {home.Path}: start TicketTriage as its owner, or set another DataDirectory.", e);
        }
    }

    /// <summary>Stops the server where this process runs it. Meant for the time after the host has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watch;
        stopping.Dispose();
    }

    private static async Task<PrivateCluster> OwnOrJoinAsync(
        PrivateClusterOptions options, ClusterFolder folder, ServerAccount account, TimeProvider clock, ILogger<PrivateCluster> logger,
        CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        while (clock.GetElapsedTime(startedAt) < options.StartTimeout)
        {
            if (folder.TryOwn() is { } ownership)
            {
                return await StartOwnAsync(options, folder, account, ownership, clock, logger, cancellationToken);
            }

            if (folder.ReadPort() is { } port && await TakesConnectionsAsync(folder, port, cancellationToken))
            {
                var idle = await PostgresServer.PrepareAsync(options, folder, account, port, clock, cancellationToken);
                var joined = new PrivateCluster(folder, idle, ownership: null, clock, logger);
                joined.Joined(folder.Path, port);
                return joined;
            }

            await Task.Delay(LookAgainAfter, clock, cancellationToken);
        }

        throw new PrivatePostgresException(
            $"Another process runs the private PostgreSQL in {folder.Path}, which doesn't answer: stop that process, or set another DataDirectory.");
    }

    private static async Task<PrivateCluster> StartOwnAsync(
        PrivateClusterOptions options, ClusterFolder folder, ServerAccount account, FileStream ownership, TimeProvider clock,
        ILogger<PrivateCluster> logger, CancellationToken cancellationToken)
    {
        PostgresServer? own = null;
        try
        {
            await folder.PrepareAsync(account, cancellationToken);
            own = await PostgresServer.PrepareAsync(options, folder, account, port: null, clock, cancellationToken);
            await own.StartAsync(mayChangePort: true, cancellationToken);
            await MakeDatabaseAsync(folder, own, cancellationToken);
        }
        catch
        {
            if (own is not null)
            {
                await own.DisposeAsync();
            }

            await ownership.DisposeAsync();
            throw;
        }

        var cluster = new PrivateCluster(folder, own, ownership, clock, logger);
        cluster.Started(folder.Path, own.Port);
        return cluster;
    }

    private static async Task MakeDatabaseAsync(ClusterFolder folder, PostgresServer server, CancellationToken cancellationToken)
    {
        await using var administrator = NpgsqlDataSource.Create(server.AdministratorsConnectionString("postgres"));
        var missing = new List<string>();
        await using (var look = administrator.CreateCommand(
            """
            select format('create role %I login password %L', $1, $2) where not exists (select from pg_roles where rolname = $1)
            union all
            select format('create database %I owner %I', $1, $1) where not exists (select from pg_database where datname = $1)
            """))
        {
            look.Parameters.Add(new() { Value = DatabaseName });
            look.Parameters.Add(new() { Value = folder.ReadPassword() });
            await using var reader = await look.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                missing.Add(reader.GetString(0));
            }
        }

        foreach (var statement in missing)
        {
            await using var command = administrator.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<bool> TakesConnectionsAsync(ClusterFolder folder, int port, CancellationToken cancellationToken)
    {
        var address = new NpgsqlConnectionStringBuilder(OwnersConnectionString(folder, port)) { Pooling = false, Timeout = 5 };
        try
        {
            await using var connection = new NpgsqlConnection(address.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            // The owner is still at it.
            return false;
        }
    }

    private static string OwnersConnectionString(ClusterFolder folder, int port) =>
        PostgresServer.BuildConnectionString(folder, port, DatabaseName, DatabaseName);

    private async Task WatchAsync(FileStream? ownership)
    {
        try
        {
            if (ownership is null)
            {
                ownership = await WaitForOwnershipAsync();
                TakingOver(folder.Path);
                await StartAgainAsync();
            }

            while (true)
            {
                var exitCode = await server.Exited.WaitAsync(stopping.Token);
                ServerEnded(exitCode, folder.Log);
                await StartAgainAsync();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host has stopped; so does the server, below.
        }
        finally
        {
            await server.DisposeAsync();
            if (ownership is not null)
            {
                await ownership.DisposeAsync();
            }
        }
    }

    private async Task<FileStream> WaitForOwnershipAsync()
    {
        while (true)
        {
            await Task.Delay(LookAgainAfter, clock, stopping.Token);
            if (folder.TryOwn() is { } ownership)
            {
                return ownership;
            }
        }
    }

    private async Task StartAgainAsync()
    {
        while (true)
        {
            try
            {
                // Everybody in this process has the address by now.
                await server.StartAsync(mayChangePort: false, stopping.Token);
                return;
            }
            catch (Exception e) when (e is PrivatePostgresException or IOException or UnauthorizedAccessException)
            {
                StartFailed(e, TryAgainAfter.TotalSeconds);
            }

            await Task.Delay(TryAgainAfter, clock, stopping.Token);
        }
    }

    [LoggerMessage(LogLevel.Information, "The private PostgreSQL in {Folder} takes connections on port {Port}.")]
    private partial void Started(string folder, int port);

    [LoggerMessage(LogLevel.Information, "The private PostgreSQL in {Folder} is run by another process and used by this one too, on port {Port}.")]
    private partial void Joined(string folder, int port);

    [LoggerMessage(LogLevel.Information, "The process that ran the private PostgreSQL in {Folder} has ended; this one runs it now.")]
    private partial void TakingOver(string folder);

    [LoggerMessage(LogLevel.Warning, "The private PostgreSQL ended with exit code {ExitCode} and is started again; its log is {Log}.")]
    private partial void ServerEnded(int exitCode, string log);

    [LoggerMessage(LogLevel.Error, "The private PostgreSQL could not be started again; the next try is in {Seconds} seconds.")]
    private partial void StartFailed(Exception exception, double seconds);
}
