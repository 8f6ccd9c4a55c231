using NodaTime;

namespace TicketTriage.ServiceLevels;

/// <summary>
/// When a team works, by its own wall clock. An instant is open when the local time at that instant lies in a window, so an hour that the
/// clock repeats counts twice and an hour that it skips counts not at all.
/// </summary>
public sealed record BusinessCalendar
{
    public required DateTimeZone Zone { get; init; }

    /// <summary>The windows of each weekday; a day that is missing has none.</summary>
    public required IReadOnlyDictionary<IsoDayOfWeek, IReadOnlyList<OpenWindow>> Week { get; init; }

    /// <summary>Local dates without any window, whatever else is said of them. The end of a night shift that opened the day before stays.</summary>
    public IReadOnlySet<LocalDate> Holidays { get; init => field = value ?? new HashSet<LocalDate>(); } = new HashSet<LocalDate>();

    /// <summary>Local dates that have these windows in place of their weekday's.</summary>
    public IReadOnlyDictionary<LocalDate, IReadOnlyList<OpenWindow>> HalfDays { get; init => field = value ?? NoDays; } = NoDays;

    private static IReadOnlyDictionary<LocalDate, IReadOnlyList<OpenWindow>> NoDays { get; } =
        new Dictionary<LocalDate, IReadOnlyList<OpenWindow>>();

    /// <summary>The windows that open on a date, as they were given.</summary>
    public IReadOnlyList<OpenWindow> WindowsOf(LocalDate date) =>
        Holidays.Contains(date) ? []
        : HalfDays.TryGetValue(date, out var windows) ? windows
        : Week.GetValueOrDefault(date.DayOfWeek, []);

    /// <summary>The last date on which a window opens.</summary>
    /// <returns><see langword="null"/> where no date is the last, <see cref="LocalDate.MinIsoValue"/> where there is none at all.</returns>
    internal LocalDate? FindLastOpenDate()
    {
        if (Week.Values.Any(windows => windows.Count > 0))
        {
            return null;
        }

        var halfDays = HalfDays.Where(day => day.Value.Count > 0 && !Holidays.Contains(day.Key)).Select(day => day.Key);
        return halfDays.DefaultIfEmpty(LocalDate.MinIsoValue).Max();
    }
}
