using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using Npgsql;

namespace TicketTriage.Testing;

/// <summary>Makes databases on one server.</summary>
/// <param name="administrator">The connection string of somebody who may create databases.</param>
public sealed class TestDatabases(string administrator)
{
    private readonly ConcurrentDictionary<MethodInfo, Lazy<Task<string>>> templates = new();

    /// <inheritdoc cref="PostgresForTests.CreateDatabaseAsync"/>
    public async Task<TestDatabase> CreateAsync(Func<string, Task>? migrate = null)
    {
        var template = migrate is null
            ? "template1"
            : await templates.GetOrAdd(migrate.Method, _ => new Lazy<Task<string>>(() => MakeTemplateAsync(migrate))).Value;
        var name = NewName("test");
        await RunAsync($"create database {name} template {template}");
        return new TestDatabase(this, name, ConnectionStringOf(name, isPooled: true));
    }

    internal Task DropAsync(string name) => RunAsync($"drop database if exists {name} with (force)");

    private async Task<string> MakeTemplateAsync(Func<string, Task> migrate)
    {
        var name = NewName("template");
        await RunAsync($"create database {name}");
        // An idle connection in a pool would forbid the copying.
        await migrate(ConnectionStringOf(name, isPooled: false));
        return name;
    }

    private string ConnectionStringOf(string database, bool isPooled) => new NpgsqlConnectionStringBuilder(administrator)
    {
        Database = database,
        Pooling = isPooled,
        // Many tests run side by side, each with a pool of its own.
        MaxPoolSize = 30,
        ConnectionIdleLifetime = 10,
        ConnectionPruningInterval = 5,
        IncludeErrorDetail = true,
    }.ConnectionString;

    private async Task RunAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(administrator) { Pooling = false, Timeout = 120 }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    private static string NewName(string kind) => $"{kind}_{Environment.ProcessId}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
}
