using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Storage;

/// <summary>Brings the tables to this version at the start, under the migrator's own lock: several processes may start at once.</summary>
public sealed partial class SchemaUpgrade(IDbContextFactory<TriageDbContext> contexts, ILogger<SchemaUpgrade> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var missing = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        await db.Database.MigrateAsync(cancellationToken);
        Upgraded(missing.Count, missing[^1]);
    }

    [LoggerMessage(LogLevel.Information, "The database was brought up to date by {Count} steps, the last one {Step}.")]
    private partial void Upgraded(int count, string step);
}
