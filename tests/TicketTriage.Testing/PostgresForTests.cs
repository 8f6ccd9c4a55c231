namespace TicketTriage.Testing;

/// <summary>
/// A real PostgreSQL for tests: one throw-away cluster for each test process, started with the first database that is asked for.
/// The environment variable TICKETTRIAGE_TEST_DATABASE names another server in its place, by a connection string of somebody
/// who may create databases.
/// </summary>
public static class PostgresForTests
{
    private static readonly Lazy<Task<TestDatabases>> Shared = new(StartSharedAsync);

    // Held to the end of the process: a collected cluster would close its undertaker's input, which ends the server.
    private static ThrowawayCluster? cluster;

    /// <summary>A database for one test, copied in some 30 ms from a template.</summary>
    /// <param name="migrate">
    /// Fills the template, whose connection string it gets; called once for each method that is given here, so it must not depend on the
    /// calling test. <see langword="null"/> gives an empty database.
    /// </param>
    public static async Task<TestDatabase> CreateDatabaseAsync(Func<string, Task>? migrate = null) =>
        await (await Shared.Value).CreateAsync(migrate);

    /// <summary>A cluster for one test alone, which may stop and start it.</summary>
    public static Task<ThrowawayCluster> StartOwnClusterAsync() => ThrowawayCluster.StartAsync();

    private static async Task<TestDatabases> StartSharedAsync()
    {
        if (Environment.GetEnvironmentVariable("TICKETTRIAGE_TEST_DATABASE") is { Length: > 0 } named)
        {
            return new TestDatabases(named);
        }

        cluster = await ThrowawayCluster.StartAsync();
        return cluster.Databases;
    }
}
