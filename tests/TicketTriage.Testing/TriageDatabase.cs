using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TicketTriage.Storage;

namespace TicketTriage.Testing;

/// <summary>A database of one test with the product's tables in it.</summary>
public sealed class TriageDatabase : IAsyncDisposable
{
    private readonly TestDatabase database;

    private TriageDatabase(TestDatabase database)
    {
        this.database = database;
        Pool = StorageServices.OpenPool(database.ConnectionString);
    }

    public NpgsqlDataSource Pool { get; }

    public string ConnectionString => database.ConnectionString;

    public static async Task<TriageDatabase> CreateAsync() => new(await PostgresForTests.CreateDatabaseAsync(MigrateAsync));

    /// <summary>Runs a statement and returns its first value.</summary>
    public async Task<T?> AskAsync<T>(string sql)
    {
        await using var command = Pool.CreateCommand(sql);
        var value = await command.ExecuteScalarAsync();
        return value is null or DBNull ? default : (T)value;
    }

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Makes the tables in an empty database.</summary>
    public static async Task MigrateAsync(string connectionString)
    {
        await using var pool = NpgsqlDataSource.Create(connectionString);
        var contexts = new Contexts(pool);
        await new SchemaUpgrade(pool, contexts, NullLogger<SchemaUpgrade>.Instance).RunAsync(CancellationToken.None);
    }

    private sealed class Contexts(NpgsqlDataSource pool) : IDbContextFactory<TriageDbContext>
    {
        public TriageDbContext CreateDbContext() => new(new DbContextOptionsBuilder<TriageDbContext>()
            .UseNpgsql(pool)
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options);
    }
}
