using Npgsql;

namespace TicketTriage.Jobs;

/// <summary>
/// The right to run a job, held by one session of the database among all processes. It ends with the session: at once when the
/// process is killed, never by a clock. What a run records goes over the same session, so that whoever lost the lock records nothing.
/// </summary>
internal sealed class JobLock : IAsyncDisposable
{
    /// <summary>The lock's number in SQL, from the job's name in <c>@name</c>.</summary>
    public const string Key = "hashtextextended('tickettriage.job.' || @name, 0)";

    // The server drops a session whose machine vanished without a word only when TCP finds out; its default is two hours.
    private const string Take = $"""
        set tcp_keepalives_idle = 10;
        set tcp_keepalives_interval = 5;
        set tcp_keepalives_count = 3;
        select pg_try_advisory_lock({Key})
        """;

    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource database;
    private readonly string name;
    private readonly TimeProvider clock;

    private JobLock(NpgsqlDataSource database, NpgsqlConnection session, string name, TimeProvider clock)
    {
        Session = session;
        this.database = database;
        this.name = name;
        this.clock = clock;
    }

    /// <summary>The session that holds the lock. Not to be used while <see cref="WhileHeldAsync"/> works.</summary>
    public NpgsqlConnection Session { get; }

    /// <returns>The lock, or <see langword="null"/> when the job is running somewhere.</returns>
    public static async Task<JobLock?> TryTakeAsync(
        NpgsqlDataSource database, string name, TimeProvider clock, CancellationToken cancellationToken)
    {
        var session = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var take = new NpgsqlCommand(Take, session) { Parameters = { new("name", name) } };
            if (await take.ExecuteScalarAsync(cancellationToken) is true)
            {
                return new JobLock(database, session, name, clock);
            }
        }
        catch
        {
            // It may have been taken all the same: the session, and with it the lock, must end with its return to the pool.
            database.Clear();
            await session.DisposeAsync();
            throw;
        }

        await session.DisposeAsync();
        return null;
    }

    /// <summary>Does the work, and cancels it as soon as the session, and with it the lock, is lost.</summary>
    /// <exception cref="JobLockLostException">The lock was lost; another process may have begun meanwhile.</exception>
    public async Task<T> WhileHeldAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var finished = new CancellationTokenSource();
        var watch = WatchAsync(lost, finished.Token);
        try
        {
            return await work(lost.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new JobLockLostException();
        }
        finally
        {
            await finished.CancelAsync();
            await watch;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // The session goes back to the pool and may live on; the lock must not.
            await using var release = new NpgsqlCommand($"select pg_advisory_unlock({Key})", Session);
            release.Parameters.Add(new("name", name));
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // Not known to be free: the session must end with its return to the pool.
            database.Clear();
        }

        await Session.DisposeAsync();
    }

    private async Task WatchAsync(CancellationTokenSource lost, CancellationToken finished)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Pulse, clock, finished);
                await using var look = new NpgsqlCommand("select 1", Session) { CommandTimeout = 10 };
                await look.ExecuteScalarAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (finished.IsCancellationRequested)
        {
            return;
        }
        catch (NpgsqlException)
        {
            await lost.CancelAsync();
        }
    }
}

/// <summary>The session that held a job's lock ended during the run.</summary>
public sealed class JobLockLostException()
    : Exception("The connection to the database that held the job's lock was lost, so the run was stopped.");
