using Npgsql;

namespace TicketTriage.Escalations;

/// <summary>Escalations that nobody has taken yet.</summary>
/// <param name="Count">How many.</param>
/// <param name="Longest">How long the oldest of them waits for somebody.</param>
public sealed record OpenEscalations(long Count, TimeSpan Longest)
{
    public static async Task<OpenEscalations> ReadAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select count(*), coalesce(now() - min(opened_at), interval '0') from escalations where state = 'open'");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new OpenEscalations(reader.GetInt64(0), await reader.GetFieldValueAsync<TimeSpan>(1, cancellationToken));
    }
}
