using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Insights;

/// <summary>How the day goes.</summary>
public sealed class TodayFigures(NpgsqlDataSource database)
{
    /// <summary>More are shown as "so many or more": nobody's day depends on the difference, and counting all would cost.</summary>
    public const int MostCounted = 10_000;

    /// <param name="since">The moment at which the day began.</param>
    /// <param name="personSince">From when on it counts what was left to a person, which nobody has to have seen to by midnight.</param>
    public async Task<TodayCount> ReadAsync(DateTimeOffset since, DateTimeOffset personSince, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select
                (select count(*) from tickets where first_seen_at >= $1),
                (select count(*) from (select 1 from tickets where next_at is not null limit $2) w),
                (select min(next_at) from tickets where next_at is not null),
                (select count(*) from (select 1 from tickets where state = 'parked' limit $2) p),
                (select count(*) from (select 1 from escalations where state = 'open' limit $2) e),
                (select count(*) from decision_lines where decided_at >= $1),
                (select count((select 1 from write_backs w where w.triage_id = d.triage_id and w.state = 'applied'))
                 from decision_lines d where d.decided_at >= $1),
                (select count(*) from (
                     select 1 from decision_lines where decided_at >= $3 and is_last and (intent = 'unclear' or is_held) limit $2) u),
                (select coalesce(sum(input_tokens), 0) from decision_lines where decided_at >= $1),
                (select coalesce(sum(output_tokens), 0) from decision_lines where decided_at >= $1),
                (select count(*) from judgements where at >= $1 and how = 'correction'),
                (select coalesce(sum(question_tokens), 0) from decision_lines where decided_at >= $1)
            """);
        command.Parameters.Add(Moment(since));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostCounted });
        command.Parameters.Add(Moment(personSince));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new TodayCount
        {
            CameIn = reader.GetInt64(0),
            Waiting = reader.GetInt64(1),
            OldestDueAt = await reader.IsDBNullAsync(2, cancellationToken)
                ? null
                : await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken),
            Parked = reader.GetInt64(3),
            AtRisk = reader.GetInt64(4),
            Decided = reader.GetInt64(5),
            WrittenBack = reader.GetInt64(6),
            ForPerson = reader.GetInt64(7),
            InputTokens = reader.GetInt64(8),
            OutputTokens = reader.GetInt64(9),
            Corrected = reader.GetInt64(10),
            QuestionTokens = reader.GetInt64(11),
        };
    }

    /// <summary>How many came in and were decided in each hour, the oldest first; an hour without any is there too.</summary>
    public async Task<IReadOnlyList<HourCount>> ListHoursAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var first = new DateTimeOffset(since.UtcDateTime.Date.AddHours(since.UtcDateTime.Hour), TimeSpan.Zero);
        // Without the hours themselves: a statement that makes them looks so dear to the planner that it compiles it, which takes 200 ms.
        await using var command = database.CreateCommand(
            """
            select date_trunc('hour', first_seen_at, 'UTC'), count(*), 0::bigint from tickets where first_seen_at >= $1 group by 1
            union all
            select date_trunc('hour', decided_at, 'UTC'), 0, count(*) from decision_lines where decided_at >= $1 group by 1
            """);
        command.Parameters.Add(Moment(since));
        var counted = new Dictionary<DateTimeOffset, (long CameIn, long Decided)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var hour = await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken);
            var (cameIn, decided) = counted.GetValueOrDefault(hour);
            counted[hour] = (cameIn + reader.GetInt64(1), decided + reader.GetInt64(2));
        }

        return
        [
            .. Enumerable.Range(0, (int)((until - first) / TimeSpan.FromHours(1)) + 1).Select(place => first.AddHours(place))
                .Select(hour => new HourCount(hour, counted.GetValueOrDefault(hour).CameIn, counted.GetValueOrDefault(hour).Decided)),
        ];
    }

    /// <summary>
    /// What needs somebody, the latest first: what is parked, whenever that was, and what was decided since then as unclear or held by a
    /// rule. Where there is more than fits, each of the two kinds has its half, so that neither hides the other.
    /// </summary>
    public async Task<IReadOnlyList<TicketLine>> ListForPersonAsync(DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with found as (
                (select helpdesk, number, changed_at as at, 'parked' as state, coalesce(reason, '') as reason, '' as intent
                 from tickets where state = 'parked' order by changed_at desc, helpdesk, number limit $2)
                union all
                (select helpdesk, number, decided_at, case when is_held then 'held' else 'unclear' end, subject, intent
                 from decision_lines l
                 where is_last and decided_at >= $1 and (intent = 'unclear' or is_held)
                   and not exists (select from tickets t where t.helpdesk = l.helpdesk and t.number = l.number and t.state = 'parked')
                 order by decided_at desc, helpdesk, number limit $2)
            ), placed as (
                select *, row_number() over (partition by state = 'parked' order by at desc, helpdesk, number) as place from found
            ), chosen as (
                select * from placed order by place, at desc limit $2
            )
            select helpdesk, number, at, state, reason, intent from chosen order by at desc, helpdesk, number
            """);
        command.Parameters.Add(Moment(since));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        var lines = new List<TicketLine>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(new TicketLine
            {
                Helpdesk = reader.GetString(0),
                Number = reader.GetString(1),
                FirstSeenAt = await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken),
                State = reader.GetString(3),
                Reason = reader.GetString(4),
                Intent = reader.GetString(5),
            });
        }

        return lines;
    }
}

/// <summary>The day in figures.</summary>
public sealed record TodayCount
{
    public long CameIn { get; init; }

    /// <summary>Due or being worked on, at most <see cref="TodayFigures.MostCounted"/>; the same goes for the next two.</summary>
    public long Waiting { get; init; }

    public long Parked { get; init; }

    /// <summary>Escalations that nobody has taken.</summary>
    public long AtRisk { get; init; }

    /// <summary>When the first of those that wait was, or will be, due.</summary>
    public DateTimeOffset? OldestDueAt { get; init; }

    public long Decided { get; init; }

    public long WrittenBack { get; init; }

    /// <summary>Decided as unclear, or held by a rule; at most <see cref="TodayFigures.MostCounted"/>.</summary>
    public long ForPerson { get; init; }

    public long Corrected { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>Of the embedding model.</summary>
    public long QuestionTokens { get; init; }
}

public sealed record HourCount(DateTimeOffset Hour, long CameIn, long Decided);
