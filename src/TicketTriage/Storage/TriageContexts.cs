using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TicketTriage.Storage;

/// <summary>
/// Contexts over the pool. What they are made of is put together for the first: most processes need none, and it would be a part of what
/// they hold and of their start.
/// </summary>
internal sealed class TriageContexts(NpgsqlDataSource database, ILoggerFactory loggers) : IDbContextFactory<TriageDbContext>
{
    private readonly Lazy<DbContextOptions<TriageDbContext>> options = new(() => new DbContextOptionsBuilder<TriageDbContext>()
        .UseNpgsql(database)
        .UseLoggerFactory(loggers)
        .ConfigureWarnings(warnings => warnings
            .Ignore(RelationalEventId.PendingModelChangesWarning)
            // It says that such a step has to be taken back by hand where it is cut off. Each of them can be run again.
            .Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning)
            // A statement that fails throws, and whoever catches it knows what it means: on a new database the migrator asks in vain.
            .Log((RelationalEventId.CommandError, LogLevel.Debug)))
        .Options);

    public TriageDbContext CreateDbContext() => new(options.Value);
}
