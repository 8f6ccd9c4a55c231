using NodaTime;
using NodaTime.Text;

namespace TicketTriage.ServiceLevels;

/// <summary>
/// Reads the days of an iCalendar file (RFC 5545): whole days, also several in a row, and those that come back every year, on a date or such as
/// on the fourth Thursday of November. What lasts only for some hours is no holiday; what can't be read is refused and never guessed.
/// </summary>
public static class HolidayFile
{
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <param name="text">The file.</param>
    /// <param name="until">The last day that matters: days that come back every year come back for ever.</param>
    /// <returns>In order, each once.</returns>
    /// <exception cref="FormatException">It is no iCalendar file, or has a day that can't be read; half a sentence says which.</exception>
    public static IReadOnlyList<LocalDate> Read(string text, LocalDate until)
    {
        var lines = Unfold(text);
        if (lines.Count == 0 || lines[0] != "BEGIN:VCALENDAR")
        {
            throw new FormatException("it does not begin with BEGIN:VCALENDAR");
        }

        var days = new SortedSet<LocalDate>();
        var happening = new List<(string Name, string Value)>();
        var depth = 0;
        foreach (var line in lines)
        {
            if (line == "BEGIN:VEVENT")
            {
                happening.Clear();
                depth = 0;
            }
            else if (line == "END:VEVENT")
            {
                days.UnionWith(DaysOf(happening.ToLookup(one => one.Name, one => one.Value, StringComparer.OrdinalIgnoreCase), until));
            }
            else if (line.StartsWith("BEGIN:", StringComparison.Ordinal) || line.StartsWith("END:", StringComparison.Ordinal))
            {
                // A reminder within a day has a duration of its own.
                depth += line[0] == 'B' ? 1 : -1;
            }
            else if (depth == 0 && line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                happening.Add((line[..colon].Split(';')[0], line[(colon + 1)..]));
            }
        }

        return [.. days];
    }

    internal static LocalDate Parse(string text) => Day.Parse(text) is { Success: true } parsed
        ? parsed.Value
        : throw new FormatException($"{text} is no day such as 20261225");

    private static IEnumerable<LocalDate> DaysOf(ILookup<string, string> happening, LocalDate until)
    {
        // A date has eight digits; whatever has a time as well is no whole day.
        if (happening["DTSTART"].FirstOrDefault() is not { Length: 8 } start || happening["STATUS"].Contains("CANCELLED"))
        {
            return [];
        }

        var first = Parse(start);
        var length = LengthOf(happening, first);
        IEnumerable<LocalDate> begins = happening["RRULE"].ToList() switch
        {
            [] => [first],
            [var rule] => YearlyRule.Parse(rule).DaysFrom(first, until),
            _ => throw new FormatException("it has a day with two rules for its return"),
        };
        var left = Listed(happening["EXDATE"]).ToHashSet();
        return begins.Concat(Listed(happening["RDATE"])).Where(day => !left.Contains(day))
            .SelectMany(day => Enumerable.Range(0, length).Select(day.PlusDays));
    }

    private static int LengthOf(ILookup<string, string> happening, LocalDate first) =>
        happening["DTEND"].FirstOrDefault() is { Length: 8 } end ? Math.Max(1, Period.DaysBetween(first, Parse(end)))
        : happening["DURATION"].FirstOrDefault() is not { } duration ? 1
        : PeriodPattern.Roundtrip.Parse(duration) is { Success: true, Value: { HasTimeComponent: false, Years: 0, Months: 0 } period }
            ? Math.Max(1, (period.Weeks * 7) + period.Days)
        : throw new FormatException($"{duration} is no number of whole days such as P2D");

    private static IEnumerable<LocalDate> Listed(IEnumerable<string> lists) =>
        lists.SelectMany(list => list.Split(',')).Select(day => Parse(day[..Math.Min(8, day.Length)]));

    /// <summary>A line that begins with a blank goes on the one before.</summary>
    private static List<string> Unfold(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line is [' ' or '\t', ..] && lines.Count > 0)
            {
                lines[^1] += line[1..];
            }
            else if (line.Length > 0)
            {
                lines.Add(line.TrimEnd());
            }
        }

        return lines;
    }
}
