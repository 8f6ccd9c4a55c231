using Npgsql;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Insights;

/// <summary>How often decisions were right, by the word of people. Of several words on a decision the latest counts.</summary>
public sealed class QualityFigures(NpgsqlDataSource database, DaySums sums, TimeProvider clock)
{
    private const int Bins = 10;

    /// <param name="first">The first day that counts, by UTC; people's words since its beginning.</param>
    /// <param name="mostConfusions">The most frequent ones.</param>
    public async Task<QualityReport> ReadAsync(DateOnly first, int mostConfusions, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var words = await ListWordsAsync(new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero), cancellationToken);
        var figures = await sums.ReadAsync("intent", first, DateOnly.FromDateTime(now.UtcDateTime), now, cancellationToken);
        return Count(figures, words, mostConfusions);
    }

    private static QualityReport Count(DayFigures figures, IReadOnlyList<Word> words, int mostConfusions)
    {
        var wrong = words.Where(word => word is { Field: "intent", IsRight: false }).ToLookup(word => word.Decided);
        var blind = words.Where(word => word.IsBlind).ToList();
        return new QualityReport
        {
            At = figures.At,
            Intents =
            [
                .. figures.Days.GroupBy(day => day.Key, StringComparer.Ordinal)
                    .Select(days => (Intent: days.Key, Count: days.Sum(day => day.Tickets), Sum: days.Sum(day => day.LastConfidence)))
                    .Where(one => one.Count > 0)
                    .Select(one => new IntentQuality(one.Intent, one.Count, wrong[one.Intent].Sum(word => word.Count), one.Sum / one.Count))
                    .OrderByDescending(intent => intent.Decided).ThenBy(intent => intent.Intent, StringComparer.Ordinal),
            ],
            Confusions =
            [
                .. words.Where(word => !word.IsRight).GroupBy(word => (word.Field, word.Decided, word.Said))
                    .Select(same => new Confusion(same.Key.Field, same.Key.Decided, same.Key.Said, same.Sum(word => word.Count)))
                    .OrderByDescending(one => one.Count).ThenBy(one => $"{one.Field}/{one.Decided}/{one.Said}", StringComparer.Ordinal)
                    .Take(mostConfusions),
            ],
            // A correction is made where somebody saw a fault, and would make every decision look worse than it is.
            Calibration =
            [
                .. blind.Where(word => word.Field == "intent").GroupBy(word => word.Bin).OrderBy(bin => bin.Key).Select(bin => new CalibrationBin(
                    (double)bin.Key / Bins, bin.Sum(word => word.Count), bin.Sum(word => word.Confidence) / bin.Sum(word => word.Count),
                    (double)bin.Where(word => word.IsRight).Sum(word => word.Count) / bin.Sum(word => word.Count))),
            ],
            Weeks =
            [
                .. blind.GroupBy(word => (word.Week, word.Field)).OrderBy(week => week.Key.Week)
                    .ThenBy(week => week.Key.Field, StringComparer.Ordinal)
                    .Select(week => new WeekQuality(
                        week.Key.Week, week.Key.Field, week.Sum(word => word.Count), week.Where(word => word.IsRight).Sum(word => word.Count))),
            ],
        };
    }

    /// <summary>All that is counted of people's words, in one look at them.</summary>
    private async Task<IReadOnlyList<Word>> ListWordsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select field, decided, said, how = 'blind', date_trunc('week', at at time zone 'UTC')::date, least(floor(confidence * $2), $2 - 1)::int,
                   count(*), sum(confidence::float8)
            from (select distinct on (triage_id, field) field, decided, said, confidence, how, at
                  from judgements where at >= $1 order by triage_id, field, at desc) word
            group by 1, 2, 3, 4, 5, 6
            """);
        command.Parameters.Add(Moment(since));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Bins });
        var words = new List<Word>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            words.Add(new Word(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3),
                await reader.GetFieldValueAsync<DateOnly>(4, cancellationToken), reader.GetInt32(5), reader.GetInt64(6), reader.GetDouble(7)));
        }

        return words;
    }

    /// <summary>Words that say the same, of one week and about equally sure decisions.</summary>
    /// <param name="Confidence">The sum of what was said.</param>
    private sealed record Word(string Field, string Decided, string Said, bool IsBlind, DateOnly Week, int Bin, long Count, double Confidence)
    {
        public bool IsRight => Said == Decided;
    }
}

/// <summary>What people's words come to.</summary>
public sealed record QualityReport
{
    /// <summary>What was decided until then is counted.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many were decided, and how many of them somebody corrected; the most frequent intent first.</summary>
    public IReadOnlyList<IntentQuality> Intents { get; init; } = [];

    /// <summary>What was taken for what, the most frequent first.</summary>
    public IReadOnlyList<Confusion> Confusions { get; init; } = [];

    /// <summary>What was said against what came true, of intents; of blind looks alone.</summary>
    public IReadOnlyList<CalibrationBin> Calibration { get; init; } = [];

    /// <summary>By week of the look: how many of the blind sample were right.</summary>
    public IReadOnlyList<WeekQuality> Weeks { get; init; } = [];
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
