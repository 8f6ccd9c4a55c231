using NodaTime;
using TicketTriage.Helpdesks;

namespace TicketTriage.ServiceLevels;

/// <summary>
/// Computes a ticket's service level clocks from its events. Clocks of replies begin anew with each question and run on whatever the
/// status; clocks of status rest and go on where they stood.
/// </summary>
public static class TicketClocks
{
    private static readonly ServiceLevelMetric[] Metrics =
    [
        ServiceLevelMetric.FirstReplyTime, ServiceLevelMetric.NextReplyTime, ServiceLevelMetric.PeriodicUpdateTime,
        ServiceLevelMetric.RequesterWaitTime, ServiceLevelMetric.AgentWorkTime, ServiceLevelMetric.ResolutionTime,
    ];

    /// <param name="events">In the order of their time; those after <paramref name="now"/> don't count.</param>
    /// <param name="segment">The customer's.</param>
    /// <returns>One clock for each promise that has begun.</returns>
    public static IReadOnlyList<TicketClock> Compute(
        IReadOnlyList<TicketEvent> events, ServiceLevelHours hours, string segment, string? intent, DateTimeOffset now)
    {
        var life = TicketLife.Of(events, now);
        if (life is null || hours.Policy.FindRule(new TicketKind(life.Priority, segment, intent)) is not { } rule)
        {
            return [];
        }

        var clocks = new List<TicketClock>();
        foreach (var metric in Metrics)
        {
            if (rule.TargetOf(metric) is { } minutes)
            {
                BusinessCalendar CalendarAt(TicketPriority priority) =>
                    hours.CalendarOf(hours.Policy.FindRule(new TicketKind(priority, segment, intent)) ?? rule);

                var stretches = Stretches(metric, life, rule, hours.CalendarOf(rule), CalendarAt, out var isEnded);
                if (stretches.Length > 0)
                {
                    clocks.Add(Read(metric, new ClockCourse(Duration.FromMinutes(minutes), stretches), isEnded, now));
                }
            }
        }

        return clocks;
    }

    /// <summary>What the helpdesk tells counts; what it doesn't know is as computed here.</summary>
    /// <param name="told"><see langword="null"/> where the helpdesk tells nothing.</param>
    public static IReadOnlyList<TicketClock> Merge(IReadOnlyList<ServiceLevelClock>? told, IReadOnlyList<TicketClock> computed, DateTimeOffset createdAt)
    {
        var known = told?.Where(clock => clock is { Metric: not ServiceLevelMetric.Unknown, Stage: not ServiceLevelStage.Unknown })
            .DistinctBy(clock => clock.Metric).ToList() ?? [];
        return
        [
            .. known.Select(clock => Take(clock, computed.FirstOrDefault(own => own.Metric == clock.Metric), createdAt)),
            .. computed.ExceptBy(known.Select(clock => clock.Metric), clock => clock.Metric),
        ];
    }

    private static TicketClock Take(ServiceLevelClock clock, TicketClock? own, DateTimeOffset createdAt) => new()
    {
        Metric = clock.Metric,
        Stage = clock.Stage,
        Source = clock.Source,
        StartedAt = own?.StartedAt ?? createdAt,
        RunningSince = own?.RunningSince ?? createdAt,
        DueAt = clock.BreachAt,
        EndedAt = clock.Stage == ServiceLevelStage.Achieved ? own?.EndedAt ?? createdAt : null,
        Target = own?.Target,
        Elapsed = own?.Elapsed,
    };

    private static TicketClock Read(ServiceLevelMetric metric, ClockCourse course, bool isEnded, DateTimeOffset now)
    {
        var moment = Instant.FromDateTimeOffset(now);
        var elapsed = course.Measure(moment);
        var due = course.FindMoment(course.Target);
        // By moments and not by what was used up: after closing time nothing is used up, and the customer has waited all the same.
        var isLate = course.Stretches[^1].To is { } end ? due < end : due <= moment;
        return new TicketClock
        {
            Metric = metric,
            Source = ServiceLevelSource.None,
            Stage = isLate ? ServiceLevelStage.Breached
                : isEnded ? ServiceLevelStage.Achieved
                : course.IsRunning ? ServiceLevelStage.Active
                : ServiceLevelStage.Paused,
            StartedAt = course.Start.ToDateTimeOffset(),
            RunningSince = course.FindRun(isLate ? due : null).ToDateTimeOffset(),
            DueAt = isLate || course.IsRunning ? due?.ToDateTimeOffset() : null,
            EndedAt = isEnded ? course.Stretches[^1].To?.ToDateTimeOffset() : null,
            Target = course.Target.ToTimeSpan(),
            Elapsed = elapsed.ToTimeSpan(),
            Course = course,
        };
    }

    private static ClockStretch[] Stretches(
        ServiceLevelMetric metric,
        TicketLife life,
        TargetRule rule,
        BusinessCalendar calendar,
        Func<TicketPriority, BusinessCalendar> calendarAt,
        out bool isEnded)
    {
        switch (metric)
        {
            case ServiceLevelMetric.FirstReplyTime:
                return Reply(life.FindFirstReply(), calendar, out isEnded);
            case ServiceLevelMetric.NextReplyTime:
                return Reply(life.FindNextReply(), calendar, out isEnded);
            case ServiceLevelMetric.PeriodicUpdateTime:
                isEnded = life.IsEnded;
                return life.FindLastUpdate() is { } since
                    ? [.. life.Stretches(
                        since,
                        status => !TicketLife.Ends(status) && !(rule.PeriodicUpdateRestsWhilePending && status == HelpdeskStatus.Pending),
                        _ => calendar)]
                    : [];
            case ServiceLevelMetric.RequesterWaitTime:
                isEnded = life.IsEnded;
                return [.. life.Stretches(life.CreatedAt, status => !TicketLife.Ends(status) && status != HelpdeskStatus.Pending, calendarAt)];
            case ServiceLevelMetric.AgentWorkTime:
                isEnded = life.IsEnded;
                return [.. life.Stretches(
                    life.CreatedAt, status => status is HelpdeskStatus.New or HelpdeskStatus.Open or HelpdeskStatus.Unknown, calendarAt)];
            case ServiceLevelMetric.ResolutionTime:
                isEnded = life.IsEnded;
                return [.. life.Stretches(life.CreatedAt, status => !TicketLife.Ends(status), _ => calendar)];
            default:
                isEnded = false;
                return [];
        }
    }

    private static ClockStretch[] Reply((Instant From, Instant? To)? wait, BusinessCalendar calendar, out bool isEnded)
    {
        isEnded = wait?.To is not null;
        return wait is var (from, to) ? [new ClockStretch(from, to, calendar)] : [];
    }
}
