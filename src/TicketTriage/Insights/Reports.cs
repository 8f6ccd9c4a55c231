using System.Globalization;

namespace TicketTriage.Insights;

/// <summary>What became of tickets, by whatever a lead wants to compare.</summary>
public sealed class Reports(DaySums sums, TimeProvider clock)
{
    private const int MostLines = 500;

    /// <param name="by">What makes a line.</param>
    /// <param name="first">The first day that counts, by UTC.</param>
    /// <param name="last">The last one.</param>
    public async Task<Report> ListAsync(ReportKey by, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var figures = await sums.ReadAsync(Aspect(by), first, last, clock.GetUtcNow(), cancellationToken);
        var lines = figures.Days.GroupBy(day => by == ReportKey.Week ? WeekOf(day.Day) : day.Key, StringComparer.Ordinal)
            .Select(days => Add(days.Key, [.. days]));
        var ordered = by == ReportKey.Week
            ? lines.OrderByDescending(line => line.Key, StringComparer.Ordinal)
            : lines.OrderByDescending(line => line.Tickets).ThenBy(line => line.Key, StringComparer.Ordinal);
        return new Report(figures.At, [.. ordered.Take(MostLines)]);
    }

    private static ReportLine Add(string key, IReadOnlyList<DaySum> days)
    {
        var firstReplies = new SpanTally();
        var resolutions = new SpanTally();
        foreach (var day in days)
        {
            firstReplies.Add(day.FirstReplies);
            resolutions.Add(day.Resolutions);
        }

        var decisions = days.Sum(day => day.Decisions);
        return new ReportLine
        {
            Key = key,
            Tickets = days.Sum(day => day.Tickets),
            Decisions = decisions,
            Confidence = decisions == 0 ? 0 : days.Sum(day => day.Confidence) / decisions,
            Corrected = days.Sum(day => day.Corrected),
            FirstReply = firstReplies.Median(),
            Resolution = resolutions.Median(),
            KnownOutcomes = days.Sum(day => day.KnownOutcomes),
            Escalated = days.Sum(day => day.Escalated),
            Missed = days.Sum(day => day.Missed),
            InputTokens = days.Sum(day => day.InputTokens),
            OutputTokens = days.Sum(day => day.OutputTokens),
            QuestionTokens = days.Sum(day => day.QuestionTokens),
            Reopened = days.Sum(day => day.Reopened),
            Transferred = days.Sum(day => day.Transferred),
            TargetsMet = days.Sum(day => day.TargetsMet),
            TargetsMissed = days.Sum(day => day.TargetsMissed),
        };
    }

    private static string Aspect(ReportKey by) => by switch
    {
        ReportKey.Intent => "intent",
        ReportKey.Product => "product",
        ReportKey.Language => "language",
        ReportKey.Group => "group",
        ReportKey.Week => "all",
    };

    /// <summary>By the week's Monday.</summary>
    private static string WeekOf(DateOnly day) =>
        day.AddDays(-(((int)day.DayOfWeek + 6) % 7)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The lines of a report.</summary>
/// <param name="At">What happened until then is in it.</param>
public sealed record Report(DateTimeOffset At, IReadOnlyList<ReportLine> Lines);

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

    /// <summary>
    /// The median, from creation to an agent's first answer, of the tickets that <c>import</c> has read since; to within a tenth
    /// (<see cref="SpanTally"/>).
    /// </summary>
    public TimeSpan? FirstReply { get; init; }

    /// <summary>The median, from creation to solution, of the same.</summary>
    public TimeSpan? Resolution { get; init; }

    /// <summary>How many tickets the two medians are of.</summary>
    public long KnownOutcomes { get; init; }

    /// <summary>Tickets of which somebody was told.</summary>
    public long Escalated { get; init; }

    /// <summary>Levels of escalations that ended with a missed target.</summary>
    public long Missed { get; init; }

    /// <summary>Of the chat model, for understanding and drafting, every attempt counted; the same goes for the next.</summary>
    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>Of the embedding model, for searches in the team's knowledge.</summary>
    public long QuestionTokens { get; init; }

    /// <summary>Tickets that were opened again after they had been solved.</summary>
    public long Reopened { get; init; }

    /// <summary>Tickets that somebody moved from one group to another after this service had decided on them.</summary>
    public long Transferred { get; init; }

    /// <summary>Service level targets that were reached in time.</summary>
    public long TargetsMet { get; init; }

    /// <summary>Those that were not, or are late by now.</summary>
    public long TargetsMissed { get; init; }

    /// <summary>In [0, 1]; <see langword="null"/> where nothing was promised, or everything still runs.</summary>
    public double? TargetsKept => TargetsMet + TargetsMissed == 0 ? null : (double)TargetsMet / (TargetsMet + TargetsMissed);
}
