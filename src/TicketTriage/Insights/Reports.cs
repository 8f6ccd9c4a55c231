using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Insights;

/// <summary>What became of tickets, by whatever a lead wants to compare.</summary>
public sealed class Reports(NpgsqlDataSource database)
{
    /// <param name="by">What makes a line.</param>
    /// <param name="since">Of the decision.</param>
    public async Task<IReadOnlyList<ReportLine>> ListAsync(
        ReportKey by, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var key = by switch
        {
            ReportKey.Intent => "l.intent",
            ReportKey.Product => "l.product",
            ReportKey.Language => "l.language",
            ReportKey.Group => "l.group_name",
            ReportKey.Week => "to_char(date_trunc('week', l.decided_at at time zone 'UTC'), 'YYYY-MM-DD')",
        };
        await using var command = database.CreateCommand(
            $"""
            with mine as (
                select {key} as key, l.triage_id, l.helpdesk, l.number, l.confidence, l.input_tokens, l.output_tokens, l.is_last
                from decision_lines l where l.decided_at >= $1 and l.decided_at < $2
            ), wrong as (
                select distinct j.triage_id from judgements j where j.at >= $1 and j.said <> j.decided
            ), past as (
                select m.key, percentile_cont(0.5) within group (order by extract(epoch from p.first_reply_at - p.created_at)) as first_reply,
                       percentile_cont(0.5) within group (order by extract(epoch from p.solved_at - p.created_at)) as solved, count(*) as n
                from mine m join past_tickets p on p.helpdesk = m.helpdesk and p.number = m.number where m.is_last group by m.key
            ), late as (
                select m.key, count(*) filter (where e.outcome = 'missed') as missed, count(distinct (e.helpdesk, e.number)) as escalated
                from mine m join escalations e on e.helpdesk = m.helpdesk and e.number = m.number where m.is_last group by m.key
            )
            select mine.key, count(*) filter (where is_last), count(*), avg(confidence)::float8, sum(input_tokens)::bigint,
                   sum(output_tokens)::bigint, count(wrong.triage_id), min(past.first_reply), min(past.solved), coalesce(min(past.n), 0),
                   coalesce(min(late.escalated), 0), coalesce(min(late.missed), 0)
            from mine left join wrong using (triage_id) left join past using (key) left join late using (key)
            group by mine.key order by {(by == ReportKey.Week ? "mine.key desc" : "2 desc, mine.key")} limit 500
            """);
        command.Parameters.Add(Moment(since));
        command.Parameters.Add(Moment(until));
        var lines = new List<ReportLine>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(new ReportLine
            {
                Key = reader.GetString(0),
                Tickets = reader.GetInt64(1),
                Decisions = reader.GetInt64(2),
                Confidence = reader.GetDouble(3),
                InputTokens = reader.GetInt64(4),
                OutputTokens = reader.GetInt64(5),
                Corrected = reader.GetInt64(6),
                FirstReply = await SpanAsync(reader, 7, cancellationToken),
                Resolution = await SpanAsync(reader, 8, cancellationToken),
                KnownOutcomes = reader.GetInt64(9),
                Escalated = reader.GetInt64(10),
                Missed = reader.GetInt64(11),
            });
        }

        return lines;
    }

    private static async Task<TimeSpan?> SpanAsync(NpgsqlDataReader reader, int column, CancellationToken cancellationToken) =>
        await reader.IsDBNullAsync(column, cancellationToken) ? null : TimeSpan.FromSeconds(reader.GetDouble(column));
}

/// <summary>What makes a line of a report.</summary>
public enum ReportKey
{
    Intent = 0,
    Product,
    Language,
    Group,
    Week,
}

/// <summary>A line of a report.</summary>
public sealed record ReportLine
{
    public required string Key { get; init; }

    public long Tickets { get; init; }

    /// <summary>A ticket is decided anew whenever its customer writes.</summary>
    public long Decisions { get; init; }

    public double Confidence { get; init; }

    /// <summary>Decisions that somebody corrected in something.</summary>
    public long Corrected { get; init; }

    /// <summary>The median, from creation to an agent's first answer, of the tickets that <c>import</c> has read since.</summary>
    public TimeSpan? FirstReply { get; init; }

    /// <summary>The median, from creation to solution, of the same.</summary>
    public TimeSpan? Resolution { get; init; }

    /// <summary>How many tickets the two medians are of.</summary>
    public long KnownOutcomes { get; init; }

    /// <summary>Tickets of which somebody was told.</summary>
    public long Escalated { get; init; }

    /// <summary>Levels of escalations that ended with a missed target.</summary>
    public long Missed { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }
}
