using System.Collections.Concurrent;
using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Insights;

/// <summary>How the last days went, beside today. What was decided is read from the sums of days.</summary>
public sealed class WeekFigures(NpgsqlDataSource database, DaySums sums)
{
    /// <summary>How many tickets came in on days that are over, which changes no more. Each process counts them once.</summary>
    private readonly ConcurrentDictionary<DateOnly, long> cameIn = new();

    /// <param name="now">Its day, by UTC, is the last.</param>
    /// <param name="before">How many days there are before it.</param>
    /// <returns>Today first; a day on which nothing happened is there too.</returns>
    public async Task<IReadOnlyList<DayCount>> ListAsync(DateTimeOffset now, int before, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var first = today.AddDays(-before);
        var decided = (await sums.ReadAsync("all", first, today, now, cancellationToken)).Days.ToLookup(day => day.Day);
        var arrived = await CountArrivedAsync(first, today, now, cancellationToken);
        var states = await CountStatesAsync(first, cancellationToken);
        return
        [
            .. Enumerable.Range(0, before + 1).Select(place => today.AddDays(-place)).Select(day => new DayCount(day)
            {
                CameIn = arrived.GetValueOrDefault(day),
                Waiting = states.GetValueOrDefault(day).Waiting,
                AtRisk = states.GetValueOrDefault(day).AtRisk,
                WrittenBack = decided[day].Sum(sum => sum.Written),
                ForPerson = decided[day].Sum(sum => sum.ForPerson) + states.GetValueOrDefault(day).Parked,
                Corrected = decided[day].Sum(sum => sum.Corrected),
                InputTokens = decided[day].Sum(sum => sum.InputTokens),
                OutputTokens = decided[day].Sum(sum => sum.OutputTokens),
                QuestionTokens = decided[day].Sum(sum => sum.QuestionTokens),
            }),
        ];
    }

    private async Task<IReadOnlyDictionary<DateOnly, long>> CountArrivedAsync(
        DateOnly first, DateOnly today, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = first;
        while (from < today && cameIn.ContainsKey(from))
        {
            from = from.AddDays(1);
        }

        await using var command = database.CreateCommand(
            "select (first_seen_at at time zone 'UTC')::date, count(*) from tickets where first_seen_at >= $1 group by 1");
        command.Parameters.Add(Moment(BeginningOf(from)));
        var counted = new Dictionary<DateOnly, long>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                counted[await reader.GetFieldValueAsync<DateOnly>(0, cancellationToken)] = reader.GetInt64(1);
            }
        }

        // An hour after its end, when no transaction that began in it is left.
        foreach (var day in Days(from, today).Where(day => BeginningOf(day.AddDays(1)).AddHours(1) <= now))
        {
            cameIn[day] = counted.GetValueOrDefault(day);
        }

        foreach (var old in cameIn.Keys.Where(day => day < first))
        {
            cameIn.TryRemove(old, out _);
        }

        return Days(first, today.AddDays(1)).ToDictionary(
            day => day, day => counted.TryGetValue(day, out var fresh) ? fresh : cameIn.GetValueOrDefault(day));
    }

    /// <summary>By the day on which the ticket came; escalations by the day on which they were opened.</summary>
    private async Task<IReadOnlyDictionary<DateOnly, (long Waiting, long Parked, long AtRisk)>> CountStatesAsync(
        DateOnly first, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select (at at time zone 'UTC')::date, sum(waiting)::bigint, sum(parked)::bigint, sum(at_risk)::bigint from (
                (select first_seen_at as at, 1 as waiting, 0 as parked, 0 as at_risk from tickets where next_at is not null limit $2)
                union all
                (select first_seen_at, 0, 1, 0 from tickets where state = 'parked' order by changed_at desc limit $2)
                union all
                (select opened_at, 0, 0, 1 from escalations where opened_at >= $1 and raised_from is null order by opened_at desc limit $2)) counted
            where at >= $1
            group by 1
            """);
        command.Parameters.Add(Moment(BeginningOf(first)));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = TodayFigures.MostCounted });
        var states = new Dictionary<DateOnly, (long Waiting, long Parked, long AtRisk)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            states[await reader.GetFieldValueAsync<DateOnly>(0, cancellationToken)] =
                (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        }

        return states;
    }

    private static IEnumerable<DateOnly> Days(DateOnly first, DateOnly end) =>
        Enumerable.Range(0, Math.Max(0, end.DayNumber - first.DayNumber)).Select(first.AddDays);

    private static DateTimeOffset BeginningOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}

/// <summary>A day in figures, by UTC.</summary>
public sealed record DayCount(DateOnly Day)
{
    public long CameIn { get; init; }

    /// <summary>Of those that came that day: due still, or being worked on.</summary>
    public long Waiting { get; init; }

    /// <summary>Escalations that were opened that day.</summary>
    public long AtRisk { get; init; }

    public long WrittenBack { get; init; }

    /// <summary>Decided that day as unclear or held, or come that day and parked still.</summary>
    public long ForPerson { get; init; }

    public long Corrected { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>Of the embedding model.</summary>
    public long QuestionTokens { get; init; }
}
