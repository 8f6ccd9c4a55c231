using NodaTime;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Tests.ServiceLevels;

/// <summary>The slow way to count working time: looks at the wall clock in every single minute.</summary>
internal sealed class MinuteWalk
{
    public static readonly Instant End = Instant.FromUtc(2029, 1, 1, 0, 0);

    private static readonly Instant First = Instant.FromUtc(2025, 12, 1, 0, 0);
    private static readonly LocalDate DayZero = new(2025, 11, 29);

    private readonly int[] days;
    private readonly int[] minutes;

    /// <summary>Notes the local day and minute of each minute until <see cref="End"/>.</summary>
    public MinuteWalk(DateTimeZone zone)
    {
        var count = (int)(End - First).TotalMinutes;
        days = new int[count];
        minutes = new int[count];
        for (var i = 0; i < count; i++)
        {
            var local = (First + Duration.FromMinutes(i)).InZone(zone).LocalDateTime;
            days[i] = Period.DaysBetween(DayZero, local.Date);
            minutes[i] = (local.Hour * 60) + local.Minute;
        }
    }

    /// <returns><see langword="null"/> where it isn't reached before <see cref="End"/>.</returns>
    public Instant? FindDue(BusinessCalendar calendar, Instant start, int target, IReadOnlyList<Interval> pauses)
    {
        var openDays = new bool[]?[days[^1] + 1];
        for (var i = (int)(start - First).TotalMinutes; i < days.Length; i++)
        {
            var open = openDays[days[i]] ??= OpenMinutes(calendar, DayZero.PlusDays(days[i]));
            if (open[minutes[i]] && !IsPaused(pauses, i) && --target == 0)
            {
                return First + Duration.FromMinutes(i + 1);
            }
        }

        return null;
    }

    private static bool IsPaused(IReadOnlyList<Interval> pauses, int minute) =>
        pauses.Any(pause => pause.Contains(First + Duration.FromMinutes(minute)));

    private static bool[] OpenMinutes(BusinessCalendar calendar, LocalDate date)
    {
        var today = calendar.WindowsOf(date);
        var yesterday = calendar.WindowsOf(date.PlusDays(-1));
        var open = new bool[OpenWindow.MinutesOfDay];
        for (var minute = 0; minute < open.Length; minute++)
        {
            open[minute] = today.Any(window => minute >= window.From && minute < window.End)
                || yesterday.Any(window => minute + OpenWindow.MinutesOfDay < window.End);
        }

        return open;
    }
}
