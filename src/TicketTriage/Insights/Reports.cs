using System.Globalization;
using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Insights;

/// <summary>What became of tickets, by whatever a lead wants to compare.</summary>
public sealed class Reports(NpgsqlDataSource database)
{
    private const int MostLines = 500;

    /// <param name="by">What makes a line.</param>
    /// <param name="since">Of the decision.</param>
    public async Task<IReadOnlyList<ReportLine>> ListAsync(
        ReportKey by, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // Beside each other: none needs another's answer, and each goes through as many rows as there were decisions.
        var decisions = ReadAsync(Decisions(by), since, until, ReadDecisions, cancellationToken);
        var outcomes = ReadAsync(Outcomes(by), since, until, ReadOutcomes, cancellationToken);
        var corrections = ReadAsync(Corrections(by), since, until, ReadCorrections, cancellationToken);
        var escalations = ReadAsync(Escalations(by), since, until, ReadEscalations, cancellationToken);
        await Task.WhenAll(decisions, outcomes, corrections, escalations);
        var lines = await decisions;
        Add(lines, await outcomes, (line, known) => line with
        {
            FirstReply = known.FirstReply,
            Resolution = known.Resolution,
            KnownOutcomes = known.KnownOutcomes,
        });
        Add(lines, await corrections, (line, known) => line with { Corrected = known.Corrected });
        Add(lines, await escalations, (line, known) => line with { Escalated = known.Escalated, Missed = known.Missed });
        var ordered = by == ReportKey.Week
            ? lines.Values.OrderByDescending(line => line.Key, StringComparer.Ordinal)
            : lines.Values.OrderByDescending(line => line.Tickets).ThenBy(line => line.Key, StringComparer.Ordinal);
        return [.. ordered.Take(MostLines)];
    }

    /// <summary>What was decided a moment after the decisions were counted has no line yet.</summary>
    private static void Add(
        Dictionary<string, ReportLine> lines, Dictionary<string, ReportLine> others, Func<ReportLine, ReportLine, ReportLine> join)
    {
        foreach (var (key, known) in others)
        {
            if (lines.TryGetValue(key, out var line))
            {
                lines[key] = join(line, known);
            }
        }
    }

    private static string Decisions(ReportKey by) =>
        $"""
        select {Column(by)}, count(*) filter (where l.is_last), count(*), avg(l.confidence)::float8, sum(l.input_tokens)::bigint,
               sum(l.output_tokens)::bigint
        from decision_lines l where l.decided_at >= $1 and l.decided_at < $2
        group by 1
        """;

    private static string Corrections(ReportKey by) =>
        $"""
        select {Column(by)}, count(*)
        from decision_lines l
        where l.decided_at >= $1 and l.decided_at < $2
          and l.triage_id in (select j.triage_id from judgements j where j.at >= $1 and j.said <> j.decided)
        group by 1
        """;

    private static string Outcomes(ReportKey by) =>
        $"""
        select {Column(by)}, percentile_cont(0.5) within group (order by l.first_reply), percentile_cont(0.5) within group (order by l.resolution),
               count(*)
        from decision_lines l where l.decided_at >= $1 and l.decided_at < $2 and l.is_last and l.is_past
        group by 1
        """;

    // By ticket first: joined one by one, the database looks each of a hundred thousand tickets up among the few escalations.
    private static string Escalations(ReportKey by) =>
        $"""
        select {Column(by)}, count(*), sum(e.missed)::bigint
        from (select helpdesk, number, count(*) filter (where outcome = 'missed') as missed from escalations group by 1, 2) e
        join decision_lines l on l.helpdesk = e.helpdesk and l.number = e.number and l.is_last
        where l.decided_at >= $1 and l.decided_at < $2
        group by 1
        """;

    // Weeks as whole numbers since a Monday: to make a name of each row's week takes longer than all the rest.
    private static string Column(ReportKey by) => by switch
    {
        ReportKey.Intent => "l.intent",
        ReportKey.Product => "l.product",
        ReportKey.Language => "l.language",
        ReportKey.Group => "l.group_name",
        ReportKey.Week => "((l.decided_at at time zone 'UTC')::date - date '2000-01-03') / 7",
    };

    private static string KeyOf(NpgsqlDataReader reader) => reader[0] is int week
        ? new DateOnly(2000, 1, 3).AddDays(7 * week).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : reader.GetString(0);

    private async Task<Dictionary<string, ReportLine>> ReadAsync(
        string sql, DateTimeOffset since, DateTimeOffset until, Func<NpgsqlDataReader, ReportLine> read, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(Moment(since));
        command.Parameters.Add(Moment(until));
        var lines = new Dictionary<string, ReportLine>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var line = read(reader);
            lines.Add(line.Key, line);
        }

        return lines;
    }

    private static ReportLine ReadDecisions(NpgsqlDataReader reader) => new()
    {
        Key = KeyOf(reader),
        Tickets = reader.GetInt64(1),
        Decisions = reader.GetInt64(2),
        Confidence = reader.GetDouble(3),
        InputTokens = reader.GetInt64(4),
        OutputTokens = reader.GetInt64(5),
    };

    private static ReportLine ReadCorrections(NpgsqlDataReader reader) => new() { Key = KeyOf(reader), Corrected = reader.GetInt64(1) };

    private static ReportLine ReadOutcomes(NpgsqlDataReader reader) => new()
    {
        Key = KeyOf(reader), FirstReply = SpanIn(reader, 1), Resolution = SpanIn(reader, 2), KnownOutcomes = reader.GetInt64(3),
    };

    private static ReportLine ReadEscalations(NpgsqlDataReader reader) => new()
    {
        Key = KeyOf(reader), Escalated = reader.GetInt64(1), Missed = reader.GetInt64(2),
    };

    private static TimeSpan? SpanIn(NpgsqlDataReader reader, int column) =>
        reader[column] is double seconds ? TimeSpan.FromSeconds(seconds) : null;
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
