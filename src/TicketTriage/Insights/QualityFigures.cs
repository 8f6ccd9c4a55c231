using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Insights;

/// <summary>How often decisions were right, by the word of people. Of several words on a decision the latest counts.</summary>
public sealed class QualityFigures(NpgsqlDataSource database)
{
    private const string LatestWord =
        """
        word as (
            select distinct on (triage_id, field) triage_id, field, decided, said, confidence, how, at
            from judgements where at >= $1 order by triage_id, field, at desc
        )
        """;

    /// <summary>By intent: how many were decided, and how many of them somebody corrected.</summary>
    public async Task<IReadOnlyList<IntentQuality>> ListIntentsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            with {LatestWord}, wrong as (
                select decided, count(*) n from word where field = 'intent' and said <> decided group by decided
            )
            select l.intent, count(*), coalesce(min(w.n), 0), avg(l.confidence)::float8
            from decision_lines l left join wrong w on w.decided = l.intent
            where l.decided_at >= $1 and l.is_last
            group by l.intent order by count(*) desc, l.intent
            """);
        command.Parameters.Add(Moment(since));
        var intents = new List<IntentQuality>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            intents.Add(new IntentQuality(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetDouble(3)));
        }

        return intents;
    }

    /// <summary>What was taken for what, the most frequent first.</summary>
    public async Task<IReadOnlyList<Confusion>> ListConfusionsAsync(DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            with {LatestWord}
            select field, decided, said, count(*) from word where said <> decided
            group by field, decided, said order by count(*) desc, field, decided, said limit $2
            """);
        command.Parameters.Add(Moment(since));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        var confusions = new List<Confusion>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            confusions.Add(new Confusion(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3)));
        }

        return confusions;
    }

    /// <summary>
    /// What was said against what came true, of intents. Only blind looks count: a correction is made where somebody saw a fault, and would
    /// make every decision look worse than it is.
    /// </summary>
    public async Task<IReadOnlyList<CalibrationBin>> ListCalibrationAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            with {LatestWord}
            select least(floor(confidence * 10), 9)::int, count(*), avg(confidence)::float8, avg((said = decided)::int)::float8
            from word where field = 'intent' and how = 'blind' group by 1 order by 1
            """);
        command.Parameters.Add(Moment(since));
        var bins = new List<CalibrationBin>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            bins.Add(new CalibrationBin(reader.GetInt32(0) / 10.0, reader.GetInt64(1), reader.GetDouble(2), reader.GetDouble(3)));
        }

        return bins;
    }

    /// <summary>By week of the look: how many of the blind sample were right.</summary>
    public async Task<IReadOnlyList<WeekQuality>> ListWeeksAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            with {LatestWord}
            select date_trunc('week', at at time zone 'UTC')::date, field, count(*), count(*) filter (where said = decided)
            from word where how = 'blind' group by 1, 2 order by 1, 2
            """);
        command.Parameters.Add(Moment(since));
        var weeks = new List<WeekQuality>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            weeks.Add(new WeekQuality(
                await reader.GetFieldValueAsync<DateOnly>(0, cancellationToken), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return weeks;
    }
}

/// <summary>An intent, and what people said of it.</summary>
/// <param name="Confidence">The mean of what was said.</param>
public sealed record IntentQuality(string Intent, long Decided, long Corrected, double Confidence)
{
    /// <summary>In [0, 1]: the share that nobody corrected, which is at best as good as people look.</summary>
    public double Uncorrected => Decided == 0 ? 1 : Math.Max(0, 1 - ((double)Corrected / Decided));
}

public sealed record Confusion(string Field, string Decided, string Said, long Count);

/// <summary>Decisions that were about equally sure.</summary>
/// <param name="From">The bin's lower bound; each is a tenth wide.</param>
/// <param name="Confidence">The mean of what was said.</param>
/// <param name="Right">The share that came true.</param>
public sealed record CalibrationBin(double From, long Count, double Confidence, double Right);

public sealed record WeekQuality(DateOnly Week, string Field, long Looked, long Right);
