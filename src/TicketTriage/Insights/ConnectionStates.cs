using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Insights;

/// <summary>How each helpdesk's connection stands, by what it has left in the database.</summary>
public sealed class ConnectionStates(NpgsqlDataSource database)
{
    public async Task<ConnectionState> ReadAsync(string helpdesk, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select
                (select max(first_seen_at) from (
                    select first_seen_at from tickets where helpdesk = $1 order by first_seen_at desc limit 1) t),
                (select max(ended_at) from write_backs where state = 'applied' and triage_id in (
                    select triage_id from decision_lines where helpdesk = $1 order by decided_at desc limit 50)),
                (select read_until from reconciliations where helpdesk = $1),
                (select count(*) from (select 1 from tickets where helpdesk = $1 and state = 'parked' limit 1000) p),
                (select ended_at from history_imports where helpdesk = $1),
                f.kind, f.message, f.at
            from (select) one left join helpdesk_failures f on f.helpdesk = $1
            """);
        command.Parameters.Add(Text(helpdesk));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ConnectionState(
            await MomentAsync(reader, 0, cancellationToken),
            await MomentAsync(reader, 1, cancellationToken),
            await MomentAsync(reader, 2, cancellationToken),
            reader.GetInt64(3),
            await MomentAsync(reader, 4, cancellationToken))
        {
            Failure = await MomentAsync(reader, 7, cancellationToken) is { } at
                ? new HelpdeskFailure(reader.GetString(5), reader.GetString(6), at)
                : null,
        };
    }

    /// <summary>The quotas of a helpdesk's calls as they were last counted.</summary>
    public async Task<IReadOnlyList<QuotaState>> ListQuotasAsync(string helpdesk, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select kind, calls_per_minute, least(most, calls_left + per_second * extract(epoch from now() - counted_at)), most, closed_until,
                   coalesce(closed_until > now(), false)
            from helpdesk_quotas where helpdesk = $1 order by kind
            """);
        command.Parameters.Add(Text(helpdesk));
        var quotas = new List<QuotaState>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            quotas.Add(new QuotaState(
                reader.GetString(0), reader.GetInt32(1), reader.GetDouble(2), reader.GetDouble(3),
                await MomentAsync(reader, 4, cancellationToken))
            {
                IsClosed = reader.GetBoolean(5),
            });
        }

        return quotas;
    }

    private static async Task<DateTimeOffset?> MomentAsync(NpgsqlDataReader reader, int column, CancellationToken cancellationToken) =>
        await reader.IsDBNullAsync(column, cancellationToken) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(column, cancellationToken);
}

/// <summary>What is known of a connection; a moment is <see langword="null"/> where it never came.</summary>
/// <param name="LastTicketAt">When a ticket came in that was not known before.</param>
/// <param name="LastWriteAt">Of the latest 50 decisions.</param>
/// <param name="ReadUntil">How far the helpdesk's own record of changes was read.</param>
/// <param name="ImportedAt">When its past was read to the end.</param>
public sealed record ConnectionState(
    DateTimeOffset? LastTicketAt, DateTimeOffset? LastWriteAt, DateTimeOffset? ReadUntil, long Parked, DateTimeOffset? ImportedAt)
{
    /// <summary>The last one; <see langword="null"/> where there never was any.</summary>
    public HelpdeskFailure? Failure { get; init; }

    /// <summary>True where nothing has got through since the last failure.</summary>
    public bool IsFailing => Failure is { } failure && !(LastWriteAt > failure.At || ReadUntil > failure.At);
}

/// <param name="CallsLeft">Now, of <paramref name="Most"/>.</param>
/// <param name="ClosedUntil">The helpdesk has asked for no calls until then.</param>
public sealed record QuotaState(string Kind, int CallsPerMinute, double CallsLeft, double Most, DateTimeOffset? ClosedUntil)
{
    /// <summary>Until a moment that is still to come.</summary>
    public bool IsClosed { get; init; }
}
