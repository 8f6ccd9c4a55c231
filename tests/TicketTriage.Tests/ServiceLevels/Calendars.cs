using NodaTime;
using NodaTime.Text;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Tests.ServiceLevels;

internal static class Calendars
{
    private static readonly IsoDayOfWeek[] AllDays =
    [
        IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday,
        IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday,
    ];

    public static Instant At(string moment) => InstantPattern.General.Parse(moment).Value;

    public static BusinessCalendar OfficeHours(string zone) => Open(zone, AllDays[..5], new OpenWindow(540, 1020));

    public static BusinessCalendar NightShift(string zone) => Open(zone, AllDays, new OpenWindow(1320, 360));

    public static BusinessCalendar Always(string zone, params OpenWindow[] windows) => Open(zone, AllDays, windows);

    private static BusinessCalendar Open(string zone, IsoDayOfWeek[] days, params OpenWindow[] windows) => new()
    {
        Zone = DateTimeZoneProviders.Tzdb[zone],
        Week = days.ToDictionary(day => day, _ => (IReadOnlyList<OpenWindow>)windows),
    };
}
