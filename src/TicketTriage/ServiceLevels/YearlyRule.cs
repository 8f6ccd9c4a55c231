using System.Globalization;
using NodaTime;

namespace TicketTriage.ServiceLevels;

/// <summary>
/// How a day comes back every year (RFC 5545, <c>RRULE</c>): on its date, on days of months, or on weekdays of months, counted from either end
/// where a number says so. The parts of the standard that no holiday needs are refused: to leave one out would be another day.
/// </summary>
internal sealed record YearlyRule
{
    private const string Understood = "FREQ=YEARLY with INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY and BYDAY is read";

    private static readonly string[] Weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>Every so many years; at least 1.</summary>
    private int Interval { get; init; } = 1;

    private int Count { get; init; } = int.MaxValue;

    private LocalDate Last { get; init; } = LocalDate.MaxIsoValue;

    private List<int> Months { get; init; } = [];

    /// <summary>From 1, or from -1 for the last of the month.</summary>
    private List<int> MonthDays { get; init; } = [];

    /// <summary>Which of the month, from either end; 0 for each.</summary>
    private List<(int Which, IsoDayOfWeek Day)> WeekDays { get; init; } = [];

    /// <exception cref="FormatException">It is none, or has a part that isn't understood.</exception>
    public static YearlyRule Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToList();
        if (!parts.Exists(part => part is ["FREQ", "YEARLY"]))
        {
            throw new FormatException($"it has a day that comes back by {text}; only FREQ=YEARLY is read");
        }

        var rule = new YearlyRule();
        foreach (var part in parts)
        {
            rule = part switch
            {
                ["FREQ", _] or ["WKST", _] => rule,
                ["INTERVAL", var value] when Number(value) is { } interval and > 0 => rule with { Interval = interval },
                ["COUNT", var value] when Number(value) is { } count and > 0 => rule with { Count = count },
                ["UNTIL", { Length: >= 8 } value] => rule with { Last = HolidayFile.Parse(value[..8]) },
                ["BYMONTH", var value] when Numbers(value, 1, 12) is { } months => rule with { Months = months },
                ["BYMONTHDAY", var value] when Numbers(value, -31, 31) is { } days => rule with { MonthDays = days },
                ["BYDAY", var value] when Days(value) is { } days => rule with { WeekDays = days },
                _ => throw new FormatException(
                    $"it has a day that comes back by {text}, of which {string.Join('=', part)} is not understood; {Understood}"),
            };
        }

        // Without months these would count within the whole year, or in each of its months.
        return rule.Months.Count > 0 || rule is { MonthDays: [], WeekDays: [] }
            ? rule
            : throw new FormatException($"it has a day that comes back by {text}, which names no month; {Understood}");
    }

    /// <summary>The first day, and all that follow up to the last that matters, in order.</summary>
    public IEnumerable<LocalDate> DaysFrom(LocalDate first, LocalDate until)
    {
        var last = LocalDate.Min(Last, until);
        var months = Months.DefaultIfEmpty(first.Month).Order().ToList();
        var days = Years(first, last).SelectMany(year => months.SelectMany(month => DaysOf(year, month, first))).SkipWhile(day => day <= first);
        return days.Prepend(first).TakeWhile(day => day <= last).Take(Count);
    }

    private IEnumerable<int> Years(LocalDate first, LocalDate last)
    {
        for (var year = first.Year; year <= last.Year; year += Interval)
        {
            yield return year;
        }
    }

    private IEnumerable<LocalDate> DaysOf(int year, int month, LocalDate first)
    {
        var length = CalendarSystem.Iso.GetDaysInMonth(year, month);
        return Enumerable.Range(1, length).Where(day => Fits(day, length, new LocalDate(year, month, day).DayOfWeek, first))
            .Select(day => new LocalDate(year, month, day));
    }

    // The 29th of February comes back in leap years alone.
    private bool Fits(int day, int length, IsoDayOfWeek weekday, LocalDate first)
    {
        if (MonthDays is [] && WeekDays is [])
        {
            return day == first.Day;
        }

        var (fromStart, fromEnd) = (((day - 1) / 7) + 1, -(((length - day) / 7) + 1));
        return (MonthDays is [] || MonthDays.Contains(day) || MonthDays.Contains(day - length - 1))
            && (WeekDays is [] || WeekDays.Any(one => one.Day == weekday && (one.Which == 0 || one.Which == fromStart || one.Which == fromEnd)));
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static List<int>? Numbers(string text, int least, int most)
    {
        var parts = text.Split(',');
        var numbers = parts.Select(Number).OfType<int>().Where(number => number != 0 && number >= least && number <= most).ToList();
        return numbers.Count == parts.Length ? numbers : null;
    }

    private static List<(int, IsoDayOfWeek)>? Days(string text)
    {
        var days = new List<(int, IsoDayOfWeek)>();
        foreach (var one in text.Split(','))
        {
            var at = one.Length < 2 ? -1 : Array.IndexOf(Weekdays, one[^2..]);
            if (at < 0 || (one.Length > 2 && Number(one[..^2]) is not (>= -5 and <= 5 and not 0)))
            {
                return null;
            }

            days.Add((one.Length > 2 ? Number(one[..^2]) ?? 0 : 0, (IsoDayOfWeek)(at + 1)));
        }

        return days;
    }
}
