using Hangfire;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.Server;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Testing;
using RecurringJob = TicketTriage.Jobs.RecurringJob;

namespace TicketTriage.Host.Tests.Jobs.Hangfire;

/// <summary>What the tests of all engines need from Hangfire in particular.</summary>
internal static class EngineDriver
{
    /// <summary>Where the engine's own dashboard is.</summary>
    public static string? Dashboard => "/hangfire";

    /// <summary>A killed process's job comes back sooner than in service.</summary>
    public static void Quicken(IHostApplicationBuilder builder) =>
        builder.Services.Configure<PostgreSqlStorageOptions>(options => options.InvisibilityTimeout = TimeSpan.FromSeconds(10));

    /// <summary>When the engine would wake the job next, asked at a given moment.</summary>
    public static async Task<DateTimeOffset?> FindNextDueAsync(RecurringJob job, DateTimeOffset after, CancellationToken cancellationToken)
    {
        await using var database = await PostgresForTests.CreateDatabaseAsync();
        var storage = Open(database.ConnectionString);
        new RecurringJobManager(storage).AddOrUpdate(
            job.Name,
            Job.FromExpression<TextWriter>(nothing => nothing.Flush()),
            job.Cron,
            new RecurringJobOptions { TimeZone = job.Zone });
        Write(storage, job, after.AddSeconds(-1), after);

        var scheduler = new RecurringJobScheduler(
            new BackgroundJobFactory(), TimeSpan.FromMilliseconds(1), new DefaultTimeZoneResolver(), () => after.UtcDateTime);
        scheduler.Execute(new BackgroundProcessContext(
            "test", storage, new Dictionary<string, object>(), Guid.Empty, cancellationToken, cancellationToken, cancellationToken));

        using var connection = storage.GetConnection();
        return connection.GetRecurringJobs([job.Name])[0].NextExecution;
    }

    /// <summary>Makes it so that the job was due a while ago and nobody was there. No process may be running.</summary>
    public static Task MissSinceAsync(string connectionString, RecurringJob job, DateTimeOffset due, CancellationToken cancellationToken)
    {
        Write(Open(connectionString), job, due.AddSeconds(-1), due);
        return Task.CompletedTask;
    }

    private static PostgreSqlStorage Open(string connectionString) =>
        new(new global::Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(connectionString, new PostgreSqlStorageOptions()));

    private static void Write(PostgreSqlStorage storage, RecurringJob job, DateTimeOffset last, DateTimeOffset next)
    {
        using var connection = storage.GetConnection();
        using var transaction = connection.CreateWriteTransaction();
        transaction.SetRangeInHash($"recurring-job:{job.Name}",
        [
            new("LastExecution", JobHelper.SerializeDateTime(last.UtcDateTime)),
            new("NextExecution", JobHelper.SerializeDateTime(next.UtcDateTime)),
        ]);
        transaction.AddToSet("recurring-jobs", job.Name, JobHelper.ToTimestamp(next.UtcDateTime));
        transaction.Commit();
    }
}
