using System.Runtime.InteropServices;
using NodaTime;

namespace TicketTriage.ServiceLevels;

/// <summary>The way of one clock: the stretches in which it ran, each counted by the calendar that was in force when it began.</summary>
/// <param name="Target">What may be used up.</param>
/// <param name="Stretches">In order, without overlaps; only the last may be open.</param>
internal sealed record ClockCourse(Duration Target, IReadOnlyList<ClockStretch> Stretches)
{
    public Instant Start => Stretches[0].From;

    public bool IsRunning => Stretches[^1].To is null;

    /// <summary>The beginning of the run in which a moment lies: a stretch that another calendar counts goes on without a rest.</summary>
    /// <param name="moment"><see langword="null"/> for the last run.</param>
    public Instant FindRun(Instant? moment)
    {
        var first = Stretches.Count - 1;
        while (first > 0 && (moment <= Stretches[first].From || Stretches[first - 1].To == Stretches[first].From))
        {
            first--;
        }

        return Stretches[first].From;
    }

    /// <summary>The working time used up by then.</summary>
    public Duration Measure(Instant now)
    {
        var sum = Duration.Zero;
        foreach (var (from, to, calendar) in Stretches.TakeWhile(stretch => stretch.From < now))
        {
            sum += BusinessTime.Measure(calendar, from, to is { } end ? Instant.Min(end, now) : now, []);
        }

        return sum;
    }

    /// <summary>When so much was, or will be, used up if nothing happens meanwhile.</summary>
    /// <returns><see langword="null"/> while the clock rests before it, and where the calendar has no such moment.</returns>
    public Instant? FindMoment(Duration used)
    {
        foreach (var (from, to, calendar) in Stretches)
        {
            var moment = BusinessTime.FindDue(calendar, from, used, []);
            if (to is not { } end || moment < end)
            {
                return moment;
            }

            used -= BusinessTime.Measure(calendar, from, end, []);
            if (used <= Duration.Zero)
            {
                // Used up at the very end of the stretch: reached, and not missed.
                return end;
            }
        }

        return null;
    }
}

/// <param name="To"><see langword="null"/> while it runs.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClockStretch(Instant From, Instant? To, BusinessCalendar Calendar);
