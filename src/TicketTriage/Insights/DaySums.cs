using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Insights;

/// <summary>
/// What was decided, by day: days that are over are summed once, one after the other, and again when something of them changes; what came
/// after the last of them is counted as it is asked for. Guarantee: a sum is right as of the oldest mark of its day. A mark comes with the
/// change that it tells of, in one transaction, and goes in the statement that sums, which sees both or neither.
/// </summary>
public sealed class DaySums(NpgsqlDataSource database)
{
    // Counts what was decided from $1 and before $2 by the aspect $3, or by each where that is null. The bounds are parameters of their own:
    // the planner takes what it can't see for a ninth of the table, and compiles the statement, which takes longer than all the rest.
    private const string Counting =
        """
        lines as (
            select (l.decided_at at time zone 'UTC')::date as day, l.is_last, l.is_past, l.intent, l.product, l.language, l.group_name,
                   l.confidence, l.input_tokens, l.output_tokens, l.question_tokens, l.first_reply, l.resolution, l.reopens, l.transfers, l.targets_met,
                   l.targets_missed, e.levels, e.missed,
                   exists (select from judgements j where j.triage_id = l.triage_id and j.said <> j.decided) as is_corrected,
                   is_last and (l.intent = 'unclear' or l.is_held) as is_for_person,
                   coalesce($3, 'all') = 'all' and exists (
                       select from write_backs w where w.triage_id = l.triage_id and w.state = 'applied') as is_written
            from decision_lines l
            left join lateral (
                select count(*) as levels, count(*) filter (where outcome = 'missed') as missed from escalations
                where l.is_last and helpdesk = l.helpdesk and number = l.number) e on true
            where l.decided_at >= $1 and l.decided_at < $2
        ), told as (
            select a.aspect, a.key, l.* from lines l
            cross join lateral (
                values ('all', ''), ('intent', intent), ('product', product), ('language', language), ('group', group_name)) a (aspect, key)
            where $3 is null or a.aspect = $3
        ), counts as (
            select day, aspect, key, count(*) filter (where is_last) as tickets, count(*) as decisions,
                   sum(confidence::float8) as confidence, coalesce(sum(confidence::float8) filter (where is_last), 0) as last_confidence,
                   count(*) filter (where is_corrected) as corrected,
                   count(*) filter (where is_last and is_past) as known_outcomes, count(*) filter (where levels > 0) as escalated,
                   sum(missed)::bigint as missed, sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens,
                   count(*) filter (where is_last and reopens > 0) as reopened, count(*) filter (where is_last and transfers > 0) as transferred,
                   coalesce(sum(targets_met) filter (where is_last), 0) as targets_met,
                   coalesce(sum(targets_missed) filter (where is_last), 0) as targets_missed,
                   count(*) filter (where is_for_person) as for_person, count(*) filter (where is_written and aspect = 'all') as written,
                   sum(question_tokens) as question_tokens
            from told group by day, aspect, key
        ), steps as (
            select day, aspect, key, what, count(*) as many,
                   case when seconds < 60 then 0 else 1 + floor(8 * ln(seconds / 60) / ln(2)) end::bigint as step
            from told cross join lateral (values ('reply', first_reply), ('solution', resolution)) s (what, seconds)
            where is_last and is_past and seconds is not null
            group by day, aspect, key, what, step
        ), spans as (
            select day, aspect, key, array_agg((step << 32) + many) filter (where what = 'reply') as first_replies,
                   array_agg((step << 32) + many) filter (where what = 'solution') as resolutions
            from steps group by day, aspect, key
        ), counted as (
            select c.*, coalesce(s.first_replies, '{}') as first_replies, coalesce(s.resolutions, '{}') as resolutions
            from counts c left join spans s using (day, aspect, key)
        )
        """;

    private const string Columns =
        """
        day, aspect, key, tickets, decisions, confidence, last_confidence, corrected, known_outcomes, escalated, missed, input_tokens,
        output_tokens, first_replies, resolutions, reopened, transferred, targets_met, targets_missed, for_person,
        written, question_tokens
        """;

    /// <summary>
    /// Sums the days that have ended, an hour ago at least, and those that have changed since; each in a transaction of its own.
    /// </summary>
    /// <returns>How many days were summed.</returns>
    public async Task<int> SumAsync(CancellationToken cancellationToken)
    {
        var days = await ListUnsummedAsync(cancellationToken);
        foreach (var day in days)
        {
            await SumAsync(day, cancellationToken);
        }

        return days.Count;
    }

    /// <param name="aspect">
    /// What makes a row beside the day: <c>all</c>, <c>intent</c>, <c>product</c>, <c>language</c> or <c>group</c>.
    /// </param>
    /// <param name="first">By UTC, as <paramref name="last"/>.</param>
    /// <param name="last">The last day that counts.</param>
    public async Task<DayFigures> ReadAsync(
        string aspect, DateOnly first, DateOnly last, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (summedUntil, oldestMark) = await FindSummedAsync(first, last, cancellationToken);
        // What is summed between the two statements is counted once, since sums of later days are left out.
        var open = summedUntil is { } until && until >= first ? until.AddDays(1) : first;
        await using var command = database.CreateCommand(
            $"""
            with {Counting}
            select {Columns} from counted
            union all
            select {Columns} from decision_days where aspect = $3 and day >= $4 and day < least($5, $6 + 1)
            """);
        command.Parameters.Add(Moment(BeginningOf(open)));
        command.Parameters.Add(Moment(BeginningOf(last.AddDays(1))));
        command.Parameters.Add(Text(aspect));
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = first });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = open });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = last });
        var days = new List<DaySum>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            days.Add(new DaySum
            {
                Day = await reader.GetFieldValueAsync<DateOnly>(0, cancellationToken),
                Key = reader.GetString(2),
                Tickets = reader.GetInt64(3),
                Decisions = reader.GetInt64(4),
                Confidence = reader.GetDouble(5),
                LastConfidence = reader.GetDouble(6),
                Corrected = reader.GetInt64(7),
                KnownOutcomes = reader.GetInt64(8),
                Escalated = reader.GetInt64(9),
                Missed = reader.GetInt64(10),
                InputTokens = reader.GetInt64(11),
                OutputTokens = reader.GetInt64(12),
                FirstReplies = await reader.GetFieldValueAsync<long[]>(13, cancellationToken),
                Resolutions = await reader.GetFieldValueAsync<long[]>(14, cancellationToken),
                Reopened = await CountAsync(reader, 15, cancellationToken),
                Transferred = await CountAsync(reader, 16, cancellationToken),
                TargetsMet = await CountAsync(reader, 17, cancellationToken),
                TargetsMissed = await CountAsync(reader, 18, cancellationToken),
                ForPerson = await CountAsync(reader, 19, cancellationToken),
                Written = await CountAsync(reader, 20, cancellationToken),
                QuestionTokens = await CountAsync(reader, 21, cancellationToken),
            });
        }

        return new DayFigures(oldestMark is { } mark && mark < now ? mark : now, days);
    }

    // What a version before this one has summed lacks them, until the day is summed again.
    private static async Task<long> CountAsync(NpgsqlDataReader reader, int column, CancellationToken cancellationToken) =>
        await reader.IsDBNullAsync(column, cancellationToken) ? 0 : reader.GetInt64(column);

    private async Task<(DateOnly? Until, DateTimeOffset? OldestMark)> FindSummedAsync(
        DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with summed as (select max(day) as until from decision_days where aspect = 'all')
            select until, (select min(at) from decision_day_marks where day between $1 and $2 and day <= until) from summed
            """);
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = first });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = last });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (
            await reader.GetFieldValueAsync<DateOnly?>(0, cancellationToken),
            await reader.GetFieldValueAsync<DateTimeOffset?>(1, cancellationToken));
    }

    /// <summary>The oldest first, so that no day before a summed one is without a sum.</summary>
    private async Task<IReadOnlyList<DateOnly>> ListUnsummedAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with over as (
                select coalesce(
                           (select max(day) + 1 from decision_days where aspect = 'all'),
                           (select (min(decided_at) at time zone 'UTC')::date from decision_lines)) as first,
                       ((now() - interval '1 hour') at time zone 'UTC')::date - 1 as last
            )
            select d::date from over, generate_series(first::timestamp, last::timestamp, interval '1 day') d
            union
            select m.day from decision_day_marks m, over where m.day <= last
            union
            select day from decision_days where aspect = 'all' and reopened is null
            order by 1
            """);
        var days = new List<DateOnly>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            days.Add(await reader.GetFieldValueAsync<DateOnly>(0, cancellationToken));
        }

        return days;
    }

    private async Task SumAsync(DateOnly day, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Two who sum the same day at once would each add their own rows, not seeing the other's; readers aren't held up.
        await using (var alone = new NpgsqlCommand("lock table decision_days in share row exclusive mode", connection, transaction))
        {
            await alone.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(
            $"""
            with gone as (
                delete from decision_days where day = $4
            ), seen as (
                delete from decision_day_marks where day = $4
            ), {Counting}
            insert into decision_days ({Columns}) select {Columns} from counted
            union all
            select $4, 'all', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '{"{}"}', '{"{}"}', 0, 0, 0, 0, 0, 0, 0 where not exists (select from counted)
            """,
            connection,
            transaction);
        command.CommandTimeout = 0;
        command.Parameters.Add(Moment(BeginningOf(day)));
        command.Parameters.Add(Moment(BeginningOf(day.AddDays(1))));
        command.Parameters.Add(Text(null));
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static DateTimeOffset BeginningOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}

/// <summary>Sums of days, and the moment as of which they are right.</summary>
public sealed record DayFigures(DateTimeOffset At, IReadOnlyList<DaySum> Days);

/// <summary>What was decided on a day about one intent, product, language or group, or about all.</summary>
public sealed record DaySum
{
    public required DateOnly Day { get; init; }

    /// <summary>Empty for all.</summary>
    public required string Key { get; init; }

    /// <summary>Whose last decision is of this day.</summary>
    public long Tickets { get; init; }

    public long Decisions { get; init; }

    /// <summary>The sum over all decisions.</summary>
    public double Confidence { get; init; }

    /// <summary>The sum over those that are their ticket's last.</summary>
    public double LastConfidence { get; init; }

    public long Corrected { get; init; }

    public long KnownOutcomes { get; init; }

    public long Escalated { get; init; }

    public long Missed { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>Of the embedding model.</summary>
    public long QuestionTokens { get; init; }

    /// <summary>Tickets that were opened again after they had been solved.</summary>
    public long Reopened { get; init; }

    /// <summary>Tickets that somebody moved from one group to another.</summary>
    public long Transferred { get; init; }

    /// <summary>Of service levels, of the tickets; the same goes for the next.</summary>
    public long TargetsMet { get; init; }

    public long TargetsMissed { get; init; }

    /// <summary>Last decisions that are unclear, or that a rule holds.</summary>
    public long ForPerson { get; init; }

    /// <summary>Decisions that are in their helpdesk. Of all alone: 0 for one intent, product, language or group.</summary>
    public long Written { get; init; }

    /// <summary>As <see cref="SpanTally"/> reads them.</summary>
    public IReadOnlyList<long> FirstReplies { get; init => field = value ?? []; } = [];

    public IReadOnlyList<long> Resolutions { get; init => field = value ?? []; } = [];
}
