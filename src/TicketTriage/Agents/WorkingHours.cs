using System.Globalization;
using NodaTime;
using NodaTime.Text;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Agents;

/// <summary>
/// Working hours as people write them: <c>Mon-Fri 09:00-17:00, Sat 10:00-14:00</c>; a shift that ends on the next day: <c>22:00-06:00</c>.
/// </summary>
public static class WorkingHours
{
    private static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <exception cref="FormatException">Half a sentence says what is wrong.</exception>
    public static BusinessCalendar Read(string hours, DateTimeZone zone)
    {
        var week = new Dictionary<IsoDayOfWeek, List<OpenWindow>>();
        foreach (var part in hours.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var days, var times]
                || times.Split('-') is not [var from, var to])
            {
                throw new FormatException($"{part} is no working time such as Mon-Fri 09:00-17:00");
            }

            var window = new OpenWindow(MinuteOf(from), MinuteOf(to));
            if (window.FindFault() is { } fault)
            {
                throw new FormatException(fault);
            }

            foreach (var day in DaysOf(days))
            {
                if (!week.TryGetValue(day, out var windows))
                {
                    week[day] = windows = [];
                }

                windows.Add(window);
            }
        }

        return new BusinessCalendar
        {
            Zone = zone,
            Week = week.ToDictionary(day => day.Key, day => (IReadOnlyList<OpenWindow>)day.Value),
        };
    }

    /// <param name="name"><see langword="null"/> for UTC.</param>
    /// <exception cref="FormatException">There is no such zone.</exception>
    public static DateTimeZone ZoneOf(string? name) => name is null
        ? DateTimeZone.Utc
        : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)
            ?? throw new FormatException($"there is no time zone {name}; expected a name such as Europe/Berlin");

    /// <param name="days">A day, or the first and the last of several: <c>2026-12-24..2026-12-27</c>.</param>
    /// <exception cref="FormatException">Half a sentence says what is wrong.</exception>
    public static Interval ReadAbsence(string days, DateTimeZone zone)
    {
        var ends = days.Split("..");
        var first = DayOf(ends[0]);
        var last = ends.Length > 1 ? DayOf(ends[1]) : first;
        return last < first || ends.Length > 2
            ? throw new FormatException($"{days} is no absence such as 2026-12-24..2026-12-27")
            : new Interval(zone.AtStartOfDay(first).ToInstant(), zone.AtStartOfDay(last.PlusDays(1)).ToInstant());
    }

    private static IEnumerable<IsoDayOfWeek> DaysOf(string days)
    {
        var ends = days.Split('-');
        var (first, last) = (PlaceOf(ends[0]), PlaceOf(ends[^1]));
        if (ends.Length > 2 || last < first)
        {
            throw new FormatException($"{days} are no days such as Mon-Fri");
        }

        return Enumerable.Range(first, last - first + 1).Select(day => IsoDayOfWeek.Monday + day);
    }

    private static int PlaceOf(string day) =>
        Array.FindIndex(Days, known => known.Equals(day, StringComparison.OrdinalIgnoreCase)) is >= 0 and var place
        ? place
        : throw new FormatException($"{day} is no day; write {string.Join(", ", Days)}");

    private static int MinuteOf(string time)
    {
        if (time == "24:00")
        {
            return OpenWindow.MinutesOfDay;
        }

        return TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            ? (read.Hour * 60) + read.Minute
            : throw new FormatException($"{time} is no time such as 09:00");
    }

    private static LocalDate DayOf(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } parsed
        ? parsed.Value
        : throw new FormatException($"{text} is no day such as 2026-12-24");
}
