using Npgsql;

namespace TicketTriage.Tickets;

/// <summary>How the queue stands.</summary>
/// <param name="Waiting">Tickets that are due and nobody works on.</param>
/// <param name="OldestWait">How long the first of them has been due.</param>
/// <param name="UnderWay">Tickets that a worker holds.</param>
/// <param name="Later">Tickets that wait for another try.</param>
/// <param name="Parked">Tickets that wait for a person.</param>
public sealed record QueueState(long Waiting, TimeSpan OldestWait, long UnderWay, long Later, long Parked)
{
    /// <summary>Counts only rows that are not at rest: its cost follows the backlog, not the history.</summary>
    public static async Task<QueueState> ReadAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select count(*) filter (where next_at <= now()),
                   coalesce(now() - min(next_at) filter (where next_at <= now()), interval '0'),
                   count(*) filter (where next_at > now() and lease_until is not null),
                   count(*) filter (where next_at > now() and lease_until is null),
                   (select count(*) from tickets where outcome = 'parked' and next_at is null)
            from tickets
            where next_at is not null
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new QueueState(
            reader.GetInt64(0),
            await reader.GetFieldValueAsync<TimeSpan>(1, cancellationToken),
            reader.GetInt64(2),
            reader.GetInt64(3),
            reader.GetInt64(4));
    }
}
