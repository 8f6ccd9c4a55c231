using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace TicketTriage.ServiceLevels;

/// <summary>
/// Reads the days of an iCalendar file (RFC 5545): whole days, also several in a row, and those that come back every year. What lasts only for
/// some hours is no holiday.
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
        var happening = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            if (line == "BEGIN:VEVENT")
            {
                happening.Clear();
            }
            else if (line == "END:VEVENT")
            {
                days.UnionWith(DaysOf(happening, until));
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                happening.TryAdd(line[..colon].Split(';')[0], line[(colon + 1)..]);
            }
        }

        return [.. days];
    }

    private static IEnumerable<LocalDate> DaysOf(Dictionary<string, string> happening, LocalDate until)
    {
        // A date has eight digits; whatever has a time as well is no whole day.
        if (happening.GetValueOrDefault("DTSTART") is not { Length: 8 } start || happening.GetValueOrDefault("STATUS") == "CANCELLED")
        {
            yield break;
        }

        var first = Parse(start);
        var length = happening.GetValueOrDefault("DTEND") is { Length: 8 } end ? Math.Max(1, Period.DaysBetween(first, Parse(end))) : 1;
        var (years, last) = Yearly(happening.GetValueOrDefault("RRULE"), until);
        for (var year = 0; year < years; year++)
        {
            var begins = first.PlusYears(year);
            if (begins > last)
            {
                yield break;
            }

            // The 29th of February comes back in leap years alone.
            for (var day = 0; day < length && begins.Day == first.Day; day++)
            {
                yield return begins.PlusDays(day);
            }
        }
    }

    /// <returns>How many times, and the last day.</returns>
    private static (int Years, LocalDate Last) Yearly(string? rule, LocalDate until)
    {
        if (rule is null)
        {
            return (1, LocalDate.MaxIsoValue);
        }

        var parts = rule.Split(';').Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        if (parts.GetValueOrDefault("FREQ") != "YEARLY")
        {
            throw new FormatException($"it has a day that comes back by {rule}; only FREQ=YEARLY is read");
        }

        var count = parts.TryGetValue("COUNT", out var times) ? int.Parse(times, CultureInfo.InvariantCulture) : int.MaxValue;
        var last = parts.TryGetValue("UNTIL", out var end) ? LocalDate.Min(Parse(end[..Math.Min(8, end.Length)]), until) : until;
        return (count, last);
    }

    private static LocalDate Parse(string text) => Day.Parse(text) is { Success: true } parsed
        ? parsed.Value
        : throw new FormatException($"{text} is no day such as 20261225");

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
