using Microsoft.Extensions.Hosting;
using Npgsql;
using TicketTriage.Host.Jobs.Quartz;
using TicketTriage.Jobs;

namespace TicketTriage.Host.Tests.Jobs.Quartz;

/// <summary>What the tests of all engines need from Quartz in particular.</summary>
internal static class EngineDriver
{
    /// <summary>Where the engine's own dashboard is; Quartz has none here.</summary>
    public static string? Dashboard => null;

    public static void Quicken(IHostApplicationBuilder builder) => ArgumentNullException.ThrowIfNull(builder);

    /// <summary>When the engine would wake the job next, asked at a given moment.</summary>
    public static Task<DateTimeOffset?> FindNextDueAsync(RecurringJob job, DateTimeOffset after, CancellationToken cancellationToken) =>
        Task.FromResult(QuartzEngine.CronOf(job).GetNextValidTimeAfter(after)?.ToUniversalTime());

    /// <summary>Makes it so that the job was due a while ago and nobody was there. No process may be running.</summary>
    public static async Task MissSinceAsync(
        string connectionString, RecurringJob job, DateTimeOffset due, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(
            """
            update quartz.qrtz_triggers set next_fire_time = @ticks, start_time = @ticks
            where trigger_name = @name and trigger_group = 'recurring'
            """);
        command.Parameters.AddRange(new NpgsqlParameter[] { new("ticks", due.UtcTicks), new("name", job.Name) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
