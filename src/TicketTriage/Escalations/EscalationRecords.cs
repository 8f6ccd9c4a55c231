using Npgsql;
using NpgsqlTypes;
using TicketTriage.Tickets;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Escalations;

/// <summary>Looks up what escalated, and what became of it.</summary>
public sealed class EscalationRecords(NpgsqlDataSource database)
{
    private const string Columns =
        """
        id, helpdesk, number, cause, level, direction, state, people, reasons, due_at, opened_at, acknowledge_by, unanswered_since,
        acknowledged_at, acknowledged_by, acknowledged_how, ended_at, outcome, outcome_by, lower_level_could, intent, product, bundle,
        matrix_version, service_version, coalesce(raised_from::text, ''), source
        """;

    /// <summary>The latest, those that nobody has taken first.</summary>
    /// <param name="onlyOpen">Leaves out what is taken or over.</param>
    /// <param name="ticket">Only of this one; <see langword="null"/> for all.</param>
    public async Task<IReadOnlyList<EscalationRecord>> ListAsync(
        bool onlyOpen, TicketId? ticket, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from escalations
            where (not $1 or state = 'open') and ($2::text is null or (helpdesk = $2 and number = $3))
            order by state = 'open' desc, unanswered_since nulls last, opened_at desc limit $4
            """);
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = onlyOpen });
        command.Parameters.Add(Text(ticket?.Helpdesk));
        command.Parameters.Add(Text(ticket?.Number));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        var records = new List<EscalationRecord>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            records.Add(await ReadAsync(reader, cancellationToken));
        }

        return records;
    }

    /// <summary>How often what escalated, and how it ended.</summary>
    /// <param name="by">What is counted apart.</param>
    public async Task<IReadOnlyList<EscalationCount>> CountAsync(
        DateTimeOffset since, EscalationGrouping by, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select case when $2 in ('all', 'week') then date_trunc('week', opened_at at time zone 'UTC')::date end,
                   case when $2 in ('all', 'cause') then cause end,
                   case when $2 in ('all', 'group') then coalesce(group_id, '') end,
                   case when $2 in ('all', 'product') then coalesce(product, '') end, count(*),
                   count(acknowledged_at), count(*) filter (where outcome = 'prevented'), count(*) filter (where outcome = 'missed'),
                   count(*) filter (where outcome = 'neutral'), count(*) filter (where lower_level_could),
                   coalesce(percentile_cont(0.5) within group (order by extract(epoch from acknowledged_at - opened_at)), 0)
            from escalations where opened_at >= $1
            group by 1, 2, 3, 4 order by 1 desc, 5 desc
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = since.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(Text(by.ToString().ToLowerInvariant()));
        var counts = new List<EscalationCount>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            counts.Add(new EscalationCount
            {
                Week = await reader.IsDBNullAsync(0, cancellationToken)
                    ? null
                    : await reader.GetFieldValueAsync<DateOnly>(0, cancellationToken),
                Cause = reader[1] as string,
                GroupId = reader[2] as string,
                Product = reader[3] as string,
                Levels = reader.GetInt64(4),
                Acknowledged = reader.GetInt64(5),
                Prevented = reader.GetInt64(6),
                Missed = reader.GetInt64(7),
                Neutral = reader.GetInt64(8),
                LowerLevelCould = reader.GetInt64(9),
                MedianTaking = TimeSpan.FromSeconds(Math.Round(reader.GetDouble(10))),
            });
        }

        return counts;
    }

    private static async Task<EscalationRecord> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        async Task<DateTimeOffset?> MomentAsync(int column) => await reader.IsDBNullAsync(column, cancellationToken)
            ? null
            : await reader.GetFieldValueAsync<DateTimeOffset>(column, cancellationToken);

        return new EscalationRecord
        {
            Id = reader.GetGuid(0),
            Ticket = new TicketId(reader.GetString(1), reader.GetString(2)),
            Cause = reader.GetString(3),
            Level = reader.GetInt32(4),
            Direction = reader.GetString(5),
            State = reader.GetString(6),
            People = await reader.GetFieldValueAsync<string[]>(7, cancellationToken),
            Reasons = await reader.GetFieldValueAsync<string[]>(8, cancellationToken),
            DueAt = await MomentAsync(9),
            OpenedAt = await reader.GetFieldValueAsync<DateTimeOffset>(10, cancellationToken),
            AcknowledgeBy = await reader.GetFieldValueAsync<DateTimeOffset>(11, cancellationToken),
            UnansweredSince = await MomentAsync(12),
            AcknowledgedAt = await MomentAsync(13),
            AcknowledgedBy = reader[14] as string,
            AcknowledgedHow = reader[15] as string,
            EndedAt = await MomentAsync(16),
            Outcome = reader[17] as string,
            OutcomeBy = reader[18] as string,
            LowerLevelCould = reader[19] as bool?,
            Intent = reader[20] as string,
            Product = reader[21] as string,
            Bundle = reader[22] as string,
            MatrixVersion = reader.GetString(23),
            ServiceVersion = reader.GetString(24),
            RaisedFrom = reader.GetString(25) is { Length: > 0 } from ? Guid.Parse(from) : null,
            Source = reader[26] as string,
        };
    }
}

/// <summary>A level of an escalation, for looking at. Nothing in it was written by a customer.</summary>
public sealed record EscalationRecord
{
    public required Guid Id { get; init; }

    public required TicketId Ticket { get; init; }

    public required string Cause { get; init; }

    public required int Level { get; init; }

    /// <summary><c>functional</c> or <c>hierarchical</c>.</summary>
    public required string Direction { get; init; }

    /// <summary><c>open</c>, <c>raised</c>, <c>acknowledged</c> or <c>closed</c>.</summary>
    public required string State { get; init; }

    public required IReadOnlyList<string> People { get; init; }

    public required IReadOnlyList<string> Reasons { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset AcknowledgeBy { get; init; }

    /// <summary>Since when even the last level has let its time pass.</summary>
    public DateTimeOffset? UnansweredSince { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    public string? AcknowledgedHow { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>prevented</c>, <c>neutral</c> or <c>missed</c>, once it is over.</summary>
    public string? Outcome { get; init; }

    /// <summary><c>rule</c>, or whoever corrected it.</summary>
    public string? OutcomeBy { get; init; }

    /// <summary>Whether somebody whom a lower level had told took it in the end; <see langword="null"/> at the first level and before it is taken.</summary>
    public bool? LowerLevelCould { get; init; }

    public string? Intent { get; init; }

    public string? Product { get; init; }

    public string? Bundle { get; init; }

    public required string MatrixVersion { get; init; }

    public required string ServiceVersion { get; init; }

    public Guid? RaisedFrom { get; init; }

    /// <summary>
    /// Whose clock tells of it, <c>helpdesk</c> or <c>computed</c>; <see langword="null"/> where no clock is the cause, and in records of
    /// earlier versions.
    /// </summary>
    public string? Source { get; init; }
}

/// <summary>What escalations are counted by.</summary>
public enum EscalationGrouping
{
    /// <summary>Week, cause, group and product together.</summary>
    All = 0,
    Week,
    Cause,
    Group,
    Product,
}

/// <summary>Escalations of one kind; what they were not counted by is <see langword="null"/>.</summary>
public sealed record EscalationCount
{
    /// <summary>Its Monday.</summary>
    public required DateOnly? Week { get; init; }

    public required string? Cause { get; init; }

    /// <summary>Empty for tickets without a group.</summary>
    public required string? GroupId { get; init; }

    public required string? Product { get; init; }

    public required long Levels { get; init; }

    public required long Acknowledged { get; init; }

    public required long Prevented { get; init; }

    public required long Missed { get; init; }

    public required long Neutral { get; init; }

    public required long LowerLevelCould { get; init; }

    public required TimeSpan MedianTaking { get; init; }
}
