using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace TicketTriage.ServiceLevels;

/// <summary>A calendar as people write it.</summary>
public sealed record CalendarText
{
    /// <summary>An IANA name such as <c>Europe/Berlin</c>.</summary>
    public required string Zone { get; init; }

    /// <summary>By weekday in English small letters: windows such as <c>09:00-17:00</c>; <c>22:00-06:00</c> ends on the next day.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Week { get; init; }

    /// <summary>Dates such as <c>2026-12-25</c>.</summary>
    public IReadOnlyList<string> Holidays { get; init => field = value ?? []; } = [];

    /// <summary>Dates with windows of their own.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> HalfDays { get; init => field = value ?? NoDays; } = NoDays;

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoDays = new Dictionary<string, IReadOnlyList<string>>();

    /// <returns>The calendar; <see langword="null"/> where it has faults, each added as one sentence that begins with the place.</returns>
    public BusinessCalendar? Read(string place, List<string> faults)
    {
        var before = faults.Count;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone);
        if (zone is null)
        {
            faults.Add($"{place}: there is no time zone {Zone}; write a name such as Europe/Berlin.");
        }

        var week = new Dictionary<IsoDayOfWeek, IReadOnlyList<OpenWindow>>();
        foreach (var (name, windows) in Week)
        {
            var day = FindDay(name);
            if (day is null)
            {
                faults.Add($"{place}: {name} is no weekday; write monday to sunday.");
            }
            else
            {
                week[day.Value] = ReadWindows(place, name, windows, faults);
            }
        }

        var halfDays = new Dictionary<LocalDate, IReadOnlyList<OpenWindow>>();
        foreach (var (date, windows) in HalfDays)
        {
            if (ReadDate(place, date, faults) is { } day)
            {
                halfDays[day] = ReadWindows(place, date, windows, faults);
            }
        }

        var holidays = Holidays.Select(date => ReadDate(place, date, faults)).OfType<LocalDate>().ToHashSet();
        if (zone is null || faults.Count > before)
        {
            return null;
        }

        var calendar = new BusinessCalendar { Zone = zone, Week = week, Holidays = holidays, HalfDays = halfDays };
        if (calendar.FindLastOpenDate() == LocalDate.MinIsoValue)
        {
            faults.Add($"{place} never opens, so no promise counted by it would ever be due; give it a window.");
        }

        return calendar;
    }

    internal static IsoDayOfWeek? FindDay(string name) => name switch
    {
        "monday" => IsoDayOfWeek.Monday,
        "tuesday" => IsoDayOfWeek.Tuesday,
        "wednesday" => IsoDayOfWeek.Wednesday,
        "thursday" => IsoDayOfWeek.Thursday,
        "friday" => IsoDayOfWeek.Friday,
        "saturday" => IsoDayOfWeek.Saturday,
        "sunday" => IsoDayOfWeek.Sunday,
        _ => null,
    };

    /// <returns><see langword="null"/> where the text is no window; <paramref name="fault"/> says why.</returns>
    internal static OpenWindow? ReadWindow(string text, out string? fault)
    {
        var minutes = text.Split('-').Select(Minute).ToArray();
        if (minutes is not [{ } from, { } to])
        {
            fault = $"{text} is no window such as 09:00-17:00";
            return null;
        }

        var window = new OpenWindow(from, to);
        fault = window.FindFault();
        return fault is null ? window : null;
    }

    private static List<OpenWindow> ReadWindows(string place, string day, IReadOnlyList<string> texts, List<string> faults)
    {
        var windows = new List<OpenWindow>();
        foreach (var text in texts)
        {
            if (ReadWindow(text, out var fault) is { } window)
            {
                windows.Add(window);
            }
            else
            {
                faults.Add($"{place}, {day}: {fault}.");
            }
        }

        return windows;
    }

    private static LocalDate? ReadDate(string place, string text, List<string> faults)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } parsed)
        {
            return parsed.Value;
        }

        faults.Add($"{place}: {text} is no date such as 2026-12-25.");
        return null;
    }

    private static int? Minute(string time) =>
        time is [_, _, ':', _, _]
        && int.TryParse(time.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
        && int.TryParse(time.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
        && minute < 60 && (hour < 24 || (hour == 24 && minute == 0))
            ? (hour * 60) + minute
            : null;
}
