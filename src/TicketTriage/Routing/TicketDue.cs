using System.Globalization;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Routing;

/// <summary>When a ticket is due, for the choice of an agent, and who says so.</summary>
/// <param name="At">When it is late.</param>
/// <param name="TargetMinutes">Promised from the beginning, in the minutes of <paramref name="Calendar"/>.</param>
/// <param name="Calendar">One of the service level policy's; <see langword="null"/> where the minutes are those of the wall clock.</param>
/// <param name="Reason">In one sentence, with the source.</param>
public sealed record TicketDue(DateTimeOffset At, double TargetMinutes, string? Calendar, string Reason)
{
    /// <summary>
    /// The next promise that can still be kept; where none can, the one that was missed first. A ticket is worked on once, so that it is
    /// the earliest clock that says how soon.
    /// </summary>
    /// <param name="clocks">As they stand now, whoever keeps them.</param>
    /// <param name="calendar">By which the ticket's rule counts; <see langword="null"/> where no rule fits it.</param>
    /// <param name="rule">That rule's name, for the reason.</param>
    /// <returns><see langword="null"/> where nothing is promised, or nothing that still runs.</returns>
    public static TicketDue? Of(IReadOnlyList<TicketClock> clocks, (string Name, BusinessCalendar Calendar)? calendar, string? rule)
    {
        var next = clocks.Where(clock => clock is { EndedAt: null, DueAt: not null })
            .OrderBy(clock => clock.Stage == ServiceLevelStage.Breached).ThenBy(clock => clock.DueAt).FirstOrDefault();
        if (next?.DueAt is not { } dueAt)
        {
            return null;
        }

        var target = next.Target?.TotalMinutes ?? Minutes(calendar?.Calendar, next.StartedAt, dueAt);
        var source = next.Source == ServiceLevelSource.None ? $"rule “{rule}” of the service levels" : "the helpdesk's own clock";
        var reason = $"It is due at {Moment(dueAt)}: {Promises.NameOf(next.Metric)}, by {source}.";
        return new TicketDue(dueAt, Math.Max(1, target), calendar?.Name, reason);
    }

    /// <summary>Where no service level says anything: by the clock on the wall.</summary>
    /// <param name="minutes">Of <see cref="RoutingOptions.TargetMinutes"/>.</param>
    public static TicketDue ByTarget(DateTimeOffset createdAt, int minutes)
    {
        var at = createdAt.AddMinutes(minutes);
        return new TicketDue(at, minutes, Calendar: null, string.Create(
            CultureInfo.InvariantCulture, $"It is due at {Moment(at)}: {minutes} minutes from its beginning, by Routing:TargetMinutes."));
    }

    /// <summary>Minutes from one moment to another by a calendar; negative where the other is past.</summary>
    /// <param name="calendar"><see langword="null"/> for the clock on the wall.</param>
    internal static double Minutes(BusinessCalendar? calendar, DateTimeOffset from, DateTimeOffset to)
    {
        if (calendar is null)
        {
            return (to - from).TotalMinutes;
        }

        var (start, end) = (NodaTime.Instant.FromDateTimeOffset(from), NodaTime.Instant.FromDateTimeOffset(to));
        return start <= end
            ? BusinessTime.Measure(calendar, start, end, []).TotalMinutes
            : -BusinessTime.Measure(calendar, end, start, []).TotalMinutes;
    }

    private static string Moment(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
