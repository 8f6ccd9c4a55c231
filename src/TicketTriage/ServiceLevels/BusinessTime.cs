using System.Runtime.InteropServices;
using NodaTime;

namespace TicketTriage.ServiceLevels;

/// <summary>
/// Counts working time. Walks from one change of the zone's offset to the next: between two of them local time is a straight line,
/// so that no date is special.
/// </summary>
public static class BusinessTime
{
    private static readonly LocalDate LastDate = new(9997, 12, 31);

    /// <summary>The moment at which so much working time has passed.</summary>
    /// <param name="target">Not negative. Zero is due at once, open or not.</param>
    /// <param name="pauses">Half-open stretches in which the clock rests; in any order, overlapping or not.</param>
    /// <returns><see langword="null"/> where it is never reached.</returns>
    public static Instant? FindDue(BusinessCalendar calendar, Instant start, Duration target, IReadOnlyList<Interval> pauses)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(pauses);
        ArgumentOutOfRangeException.ThrowIfLessThan(target, Duration.Zero);

        if (target == Duration.Zero)
        {
            return start;
        }

        var left = target;
        foreach (var (from, to) in RunningStretches(calendar, start, pauses))
        {
            if (to - from >= left)
            {
                return from + left;
            }

            left -= to - from;
        }

        return null;
    }

    /// <summary>The working time between two moments, without the pauses.</summary>
    public static Duration Measure(BusinessCalendar calendar, Instant start, Instant end, IReadOnlyList<Interval> pauses)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(pauses);

        var sum = Duration.Zero;
        foreach (var (from, to) in RunningStretches(calendar, start, pauses))
        {
            if (from >= end)
            {
                break;
            }

            sum += Instant.Min(to, end) - from;
        }

        return sum;
    }

    /// <summary>The working time from one moment to each of many, walked through once: thousands cost about as much as the furthest.</summary>
    /// <returns>In the order of the moments; negative for those that lie before <paramref name="from"/>.</returns>
    public static IReadOnlyList<Duration> MeasureAll(BusinessCalendar calendar, Instant from, IReadOnlyList<Instant> moments)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(moments);

        var points = moments.Append(from).Distinct().Order().ToArray();
        var passed = new Duration[points.Length];
        var (next, sum) = (0, Duration.Zero);
        foreach (var (open, close) in RunningStretches(calendar, points[0], []))
        {
            for (; next < points.Length && points[next] <= close; next++)
            {
                passed[next] = sum + Duration.Max(Duration.Zero, points[next] - open);
            }

            sum += close - open;
            if (next == points.Length)
            {
                break;
            }
        }

        Array.Fill(passed, sum, next, points.Length - next);
        var until = passed[Array.BinarySearch(points, from)];
        return [.. moments.Select(moment => passed[Array.BinarySearch(points, moment)] - until)];
    }

    private static IEnumerable<Stretch> RunningStretches(BusinessCalendar calendar, Instant start, IReadOnlyList<Interval> pauses)
    {
        var waiting = new Queue<Interval>(pauses.Where(pause => pause.Start < pause.End).OrderBy(pause => pause.Start));
        foreach (var open in OpenStretches(calendar, start))
        {
            var from = open.From;
            while (waiting.TryPeek(out var pause) && pause.Start < open.To)
            {
                if (pause.Start > from)
                {
                    yield return new Stretch(from, pause.Start);
                }

                from = Instant.Max(from, pause.End);
                if (pause.End > open.To)
                {
                    break;
                }

                waiting.Dequeue();
            }

            if (from < open.To)
            {
                yield return new Stretch(from, open.To);
            }
        }
    }

    /// <summary>All open time from a moment on: in order, without overlaps, for ever where the calendar goes on for ever.</summary>
    private static IEnumerable<Stretch> OpenStretches(BusinessCalendar calendar, Instant start)
    {
        var lastDate = calendar.FindLastOpenDate() ?? LastDate;
        var counted = start;
        while (true)
        {
            var segment = calendar.Zone.GetZoneInterval(counted);
            var offset = segment.WallOffset;

            // A night shift may have opened the day before.
            var date = counted.WithOffset(offset).Date.PlusDays(-1);
            var end = segment.HasEnd ? segment.End : Instant.MaxValue;
            var lastOfSegment = segment.HasEnd ? Min(lastDate, end.WithOffset(offset).Date) : lastDate;
            for (; date <= lastOfSegment; date = date.PlusDays(1))
            {
                var midnight = date.AtMidnight().WithOffset(offset).ToInstant();
                foreach (var window in calendar.WindowsOf(date).OrderBy(window => window.From))
                {
                    var from = Instant.Max(midnight + Duration.FromMinutes(window.From), counted);
                    var to = Instant.Min(midnight + Duration.FromMinutes(window.End), end);
                    if (from < to)
                    {
                        yield return new Stretch(from, to);
                        counted = to;
                    }
                }
            }

            // A window of the last date may reach into the time after the change.
            if (!segment.HasEnd || end.WithOffset(offset).Date > lastDate.PlusDays(2))
            {
                yield break;
            }

            counted = end;
        }
    }

    private static LocalDate Min(LocalDate one, LocalDate other) => one < other ? one : other;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Stretch(Instant From, Instant To);
}
