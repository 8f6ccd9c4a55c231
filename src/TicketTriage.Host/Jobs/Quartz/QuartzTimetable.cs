using Npgsql;

namespace TicketTriage.Host.Jobs.Quartz;

/// <summary>Makes room for Quartz's tables before it starts, and writes the timetable into them.</summary>
internal sealed class QuartzTimetable(NpgsqlDataSource database, QuartzEngine engine) : IHostedService
{
    /// <summary>The schema that holds Quartz's own tables.</summary>
    public const string Schema = "quartz";

    // Two processes that start together would otherwise both find the schema missing, and one fail to create it.
    private const string CreateSchema = $"""
        begin;
        select pg_advisory_xact_lock(hashtextextended('tickettriage.schema.{Schema}', 0));
        create schema if not exists {Schema};
        commit;
        """;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(CreateSchema);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await engine.WriteTimetableAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
