using NodaTime;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Escalations;

/// <summary>Decides who is on call, and who may be disturbed. Expects a matrix that <see cref="EscalationMatrixLint"/> has passed.</summary>
public static class OnCall
{
    /// <summary>Swaps first, then shifts.</summary>
    /// <returns>The person's name, or <see langword="null"/> in a gap.</returns>
    public static string? Find(Roster roster, DateTimeOffset now)
    {
        if (roster.Swaps.FirstOrDefault(swap => swap.From <= now && now < swap.To) is { } swap)
        {
            return swap.Person;
        }

        var local = Local(roster.Zone, now);
        return roster.Shifts.FirstOrDefault(shift => IsIn(shift.Hours, local, day => shift.Days is not { Count: > 0 } days
            || days.Any(name => CalendarText.FindDay(name) == day)))?.Person;
    }

    /// <summary>Those whom a level names, at this moment.</summary>
    /// <param name="gaps">Gets the names of rosters on which nobody is on call; the fallback stands in for them.</param>
    public static IReadOnlyList<string> PeopleOf(MatrixLevel level, EscalationMatrix matrix, DateTimeOffset now, List<string> gaps)
    {
        var people = new List<string>();
        foreach (var name in level.Who.Where(name => name is not (MatrixLevel.Assignee or MatrixLevel.Group)))
        {
            if (!matrix.Rosters.TryGetValue(name, out var roster))
            {
                people.Add(name);
            }
            else if (Find(roster, now) is { } onCall)
            {
                people.Add(onCall);
            }
            else
            {
                gaps.Add(name);
                people.Add(matrix.Fallback);
            }
        }

        return [.. people.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>When a person may be told: at once, or at the end of the quiet hours. Urgent tickets wait for nobody's rest.</summary>
    public static DateTimeOffset MayDisturbFrom(Responder? person, TicketPriority priority, DateTimeOffset now)
    {
        if (person?.QuietHours is not { } quiet || priority == TicketPriority.Urgent
            || CalendarText.ReadWindow(quiet.Hours, out _) is not { } window)
        {
            return now;
        }

        // Quiet hours are working time of a kind: they end where the time outside of them begins.
        var rest = new BusinessCalendar
        {
            Zone = DateTimeZoneProviders.Tzdb[quiet.Zone],
            Week = Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)
                .ToDictionary(day => day, _ => (IReadOnlyList<OpenWindow>)[Outside(window)]),
        };
        var start = Instant.FromDateTimeOffset(now);
        return BusinessTime.FindDue(rest, start, Duration.Epsilon, []) is { } free ? (free - Duration.Epsilon).ToDateTimeOffset() : now;
    }

    /// <summary>The next time that a person's clock shows this hour, or the end of their quiet hours where these last longer.</summary>
    public static DateTimeOffset MorningOf(string person, EscalationMatrix matrix, int hour, DateTimeOffset now)
    {
        var responder = matrix.People.GetValueOrDefault(person);
        var zone = DateTimeZoneProviders.Tzdb[ZoneOf(person, responder, matrix)];
        var (moment, time) = (Instant.FromDateTimeOffset(now), new LocalTime(hour, 0));
        var today = moment.InZone(zone).Date;
        var morning = (today + time).InZoneLeniently(zone).ToInstant();
        var next = morning > moment ? morning : (today.PlusDays(1) + time).InZoneLeniently(zone).ToInstant();
        return MayDisturbFrom(responder, TicketPriority.Normal, next.ToDateTimeOffset());
    }

    /// <summary>That of their quiet hours, else that of a roster on which they stand; without either nobody knows where they are.</summary>
    private static string ZoneOf(string person, Responder? responder, EscalationMatrix matrix) =>
        responder?.QuietHours?.Zone
        ?? matrix.Rosters.Values.FirstOrDefault(roster => roster.Shifts.Any(shift => shift.Person == person))?.Zone
        ?? "Etc/UTC";

    private static OpenWindow Outside(OpenWindow window) =>
        new(window.To == OpenWindow.MinutesOfDay ? 0 : window.To, window.From == 0 ? OpenWindow.MinutesOfDay : window.From);

    private static bool IsIn(string hours, LocalDateTime local, Func<IsoDayOfWeek, bool> isDay)
    {
        if (CalendarText.ReadWindow(hours, out _) is not { } window)
        {
            return false;
        }

        var minute = (local.Hour * 60) + local.Minute;
        return (isDay(local.DayOfWeek) && minute >= window.From && minute < window.End)
            || (isDay(local.Date.PlusDays(-1).DayOfWeek) && minute + OpenWindow.MinutesOfDay < window.End);
    }

    private static LocalDateTime Local(string zone, DateTimeOffset now) =>
        Instant.FromDateTimeOffset(now).InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime;
}
