using Npgsql;

namespace TicketTriage.Testing;

/// <summary>A database for one test, dropped on disposal with whoever is still connected.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly TestDatabases databases;
    private readonly string name;

    internal TestDatabase(TestDatabases databases, string name, string connectionString)
    {
        this.databases = databases;
        this.name = name;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public async ValueTask DisposeAsync()
    {
        await using var pooled = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(pooled);
        await databases.DropAsync(name);
    }
}
