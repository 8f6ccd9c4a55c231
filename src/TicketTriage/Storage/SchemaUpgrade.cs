using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TicketTriage.Storage;

/// <summary>Brings the tables to this version at the start, one process after the other: several may start at once.</summary>
public sealed partial class SchemaUpgrade(
    NpgsqlDataSource database, IDbContextFactory<TriageDbContext> contexts, ILogger<SchemaUpgrade> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // The migrator costs half a second and its memory, and nearly every start has nothing for it to do.
        if (await ListMissingAsync(cancellationToken) is not [])
        {
            await UpgradeAsync(cancellationToken);
        }
    }

    private async Task UpgradeAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // The migrator's own lock ends where a step commits halfway; and a large table takes as long as it takes.
        await using var alone = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await alone.BeginTransactionAsync(cancellationToken);
        await using (var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('tickettriage.tables', 0))", alone, transaction))
        {
            wait.CommandTimeout = 0;
            await wait.ExecuteNonQueryAsync(cancellationToken);
        }

        db.Database.SetCommandTimeout(0);
        var missing = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        await db.Database.MigrateAsync(cancellationToken);
        Upgraded(missing.Count, missing[^1]);
    }

    /// <summary>Looks, and changes nothing.</summary>
    /// <returns>The steps that this version has and the database has not, in their order.</returns>
    public async Task<IReadOnlyList<string>> ListMissingAsync(CancellationToken cancellationToken)
    {
        var done = await ReadDoneAsync(cancellationToken);
        return [.. SchemaSteps.List().Where(step => !done.Contains(step))];
    }

    /// <summary>Whether the role that connects may run steps: it has to own the tables, and to be let make more.</summary>
    public async Task<bool> MayRunAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select has_schema_privilege(current_schema(), 'create')
                and not exists (select from pg_tables where schemaname = current_schema() and not pg_has_role(tableowner, 'usage'))
            """);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task<HashSet<string>> ReadDoneAsync(CancellationToken cancellationToken)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            await using var command = database.CreateCommand("""select "MigrationId" from "__EFMigrationsHistory" """);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                done.Add(reader.GetString(0));
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // An empty database.
            return done;
        }

        return done;
    }

    [LoggerMessage(LogLevel.Information, "The database was brought up to date by {Count} steps, the last one {Step}.")]
    private partial void Upgraded(int count, string step);
}
