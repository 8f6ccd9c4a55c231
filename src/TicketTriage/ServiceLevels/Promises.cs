using TicketTriage.Helpdesks;
using TicketTriage.Prioritisation;

namespace TicketTriage.ServiceLevels;

/// <summary>What people are told of a ticket's clocks.</summary>
public static class Promises
{
    /// <param name="clocks">As they stand now, whoever keeps them.</param>
    /// <returns>The running one of which most is used up; <see langword="null"/> where nothing is promised, or nothing runs.</returns>
    public static RunningPromise? FindTightest(IReadOnlyList<TicketClock> clocks, DateTimeOffset now) => clocks
        .Where(clock => clock is { EndedAt: null, DueAt: not null })
        .Select(clock => new RunningPromise(NameOf(clock.Metric), UsedShareOf(clock, clock.DueAt ?? now, now), clock.DueAt ?? now))
        .MaxBy(promise => promise.Used);

    public static string NameOf(ServiceLevelMetric metric) => metric switch
    {
        ServiceLevelMetric.FirstReplyTime => "first reply",
        ServiceLevelMetric.NextReplyTime => "next reply",
        ServiceLevelMetric.PeriodicUpdateTime => "update",
        ServiceLevelMetric.RequesterWaitTime => "requester wait",
        ServiceLevelMetric.AgentWorkTime => "agent work",
        ServiceLevelMetric.ResolutionTime => "solution",
        ServiceLevelMetric.Unknown => "target",
    };

    private static double UsedShareOf(TicketClock clock, DateTimeOffset dueAt, DateTimeOffset now)
    {
        var isLate = clock.Stage == ServiceLevelStage.Breached || dueAt <= now;
        var share = clock is { Target: { Ticks: > 0 } target, Elapsed: { } elapsed } ? elapsed / target
            : dueAt > clock.StartedAt ? (now - clock.StartedAt) / (dueAt - clock.StartedAt)
            : 1;

        // Rounded down, since a promise that is nearly missed is not missed; and out of hours nothing is used up of one that is late.
        return isLate ? Math.Max(1, Floor(share)) : Math.Min(Floor(share), 0.999);
    }

    private static double Floor(double share) => Math.Floor(Math.Max(0, share) * 1000) / 1000;
}
