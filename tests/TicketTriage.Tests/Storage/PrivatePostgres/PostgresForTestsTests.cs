using Npgsql;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Storage.PrivatePostgres;

public sealed class PostgresForTestsTests
{
    private static int migrations;

    [Test]
    public async Task Databases_are_copies_of_a_template_that_is_made_once()
    {
        await using var first = await PostgresForTests.CreateDatabaseAsync(CountAsync);
        await using var second = await PostgresForTests.CreateDatabaseAsync(CountAsync);

        await RunAsync(first.ConnectionString, "insert into kept values (2)");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(migrations, Is.EqualTo(1));
            Assert.That(await RunAsync(first.ConnectionString, "select count(*) from kept"), Is.EqualTo(2));
            Assert.That(await RunAsync(second.ConnectionString, "select count(*) from kept"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_database_is_gone_after_its_test_though_somebody_is_still_connected()
    {
        await using var other = await PostgresForTests.CreateDatabaseAsync();
        var database = await PostgresForTests.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();

        await database.DisposeAsync();

        var look = $"select count(*) from pg_database where datname = '{connection.Database}'";
        Assert.That(await RunAsync(other.ConnectionString, look), Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_own_cluster_goes_and_comes_back_at_the_same_address(bool immediately)
    {
        await using var cluster = await PostgresForTests.StartOwnClusterAsync();
        await using var database = await cluster.Databases.CreateAsync(CreateTableAsync);

        await cluster.StopAsync(immediately);
        var whileAway = () => RunAsync(database.ConnectionString, "select 1");
        Assert.That(whileAway, Throws.InstanceOf<NpgsqlException>());

        await cluster.StartAgainAsync();
        Assert.That(await RunAsync(database.ConnectionString, "select count(*) from kept"), Is.EqualTo(1));
    }

    private static async Task CountAsync(string connectionString)
    {
        Interlocked.Increment(ref migrations);
        await CreateTableAsync(connectionString);
    }

    private static Task CreateTableAsync(string connectionString) =>
        RunAsync(connectionString, "create table kept (number int); insert into kept values (1)");

    private static async Task<object?> RunAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
