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

        var promise = Promise.Of(rule, hours, segment, intent);
        var clocks = new List<TicketClock>();
        foreach (var metric in Metrics)
        {
            if (rule.TargetOf(metric) is { } minutes && Stretches(metric, life, promise, out var isEnded) is { Length: > 0 } stretches)
            {
                clocks.Add(Read(metric, new ClockCourse(Duration.FromMinutes(minutes), stretches), isEnded, now));
            }
        }

        return clocks;
    }

    /// <summary>
    /// The earlier waits for a next reply and an update, each over: who was called because of one learns here whether it came in time,
    /// although the next has begun.
    /// </summary>
    /// <inheritdoc cref="Compute"/>
    /// <returns>Without target and time due where the policy here promises nothing of the kind.</returns>
    public static IReadOnlyList<TicketClock> ComputeOver(
        IReadOnlyList<TicketEvent> events, ServiceLevelHours hours, string segment, string? intent, DateTimeOffset now)
    {
        if (TicketLife.Of(events, now) is not { } life)
        {
            return [];
        }

        var rule = hours.Policy.FindRule(new TicketKind(life.Priority, segment, intent));
        var promise = Promise.Of(rule ?? hours.Policy.Rules[0], hours, segment, intent);
        var over = new List<TicketClock>();
        foreach (var (metric, waits) in ((ServiceLevelMetric, IEnumerable<(Instant From, Instant? To)>)[])
            [(ServiceLevelMetric.NextReplyTime, life.NextReplies()), (ServiceLevelMetric.PeriodicUpdateTime, life.Updates())])
        {
            foreach (var (from, end) in waits)
            {
                if (end is { } to && Until(to, Stretches(metric, life, promise, (from, to))) is { Length: > 0 } stretches)
                {
                    over.Add(rule?.TargetOf(metric) is { } minutes
                        ? Read(metric, new ClockCourse(Duration.FromMinutes(minutes), stretches), isEnded: true, now)
                        : Reached(metric, new ClockCourse(Duration.Zero, stretches), to));
                }
            }
        }

        return over;
    }

    /// <summary>What the helpdesk tells counts; what it doesn't know is as computed here.</summary>
    /// <param name="told"><see langword="null"/> where the helpdesk tells nothing.</param>
    /// <param name="computed">By the same events, hours and moment.</param>
    public static IReadOnlyList<TicketClock> Merge(
        IReadOnlyList<ServiceLevelClock>? told,
        IReadOnlyList<TicketClock> computed,
        IReadOnlyList<TicketEvent> events,
        ServiceLevelHours hours,
        string segment,
        string? intent,
        DateTimeOffset now)
    {
        var known = told?.Where(clock => clock is { Metric: not ServiceLevelMetric.Unknown, Stage: not ServiceLevelStage.Unknown })
            .DistinctBy(clock => clock.Metric).ToList() ?? [];
        if (known.Count == 0 || TicketLife.Of(events, now) is not { } life)
        {
            return computed;
        }

        var rule = hours.Policy.FindRule(new TicketKind(life.Priority, segment, intent)) ?? hours.Policy.Rules[0];
        var promise = Promise.Of(rule, hours, segment, intent);
        return
        [
            .. known.Select(clock => Take(clock, computed.FirstOrDefault(own => own.Metric == clock.Metric), life, promise, now)),
            .. computed.ExceptBy(known.Select(clock => clock.Metric), clock => clock.Metric),
        ];
    }

    /// <summary>
    /// The helpdesk says when it is due; since when it runs, by whose hours, and that it is over with the ticket, is known here.
    /// </summary>
    private static TicketClock Take(ServiceLevelClock clock, TicketClock? own, TicketLife life, Promise promise, DateTimeOffset now)
    {
        var stretches = own?.Course?.Stretches ?? Stretches(clock.Metric, life, promise, out _);
        if (stretches.Count == 0)
        {
            stretches = [new ClockStretch(life.CreatedAt, life.EndedAt, promise.Calendar)];
        }

        var course = new ClockCourse(Duration.Zero, stretches);
        if (clock.BreachAt is { } due)
        {
            course = course with { Target = course.Measure(Instant.FromDateTimeOffset(due)) };
        }

        var startedAt = course.Start.ToDateTimeOffset();
        var endedAt = clock.ReachedAt
            ?? (clock.Stage == ServiceLevelStage.Achieved ? own?.EndedAt ?? course.Stretches[^1].To?.ToDateTimeOffset() : null)
            ?? life.EndedAt?.ToDateTimeOffset()
            ?? (clock.Stage == ServiceLevelStage.Achieved ? startedAt : null);
        var isLate = clock.Stage == ServiceLevelStage.Breached
            || (endedAt is { } end ? clock.BreachAt < end : clock.Stage == ServiceLevelStage.Active && clock.BreachAt <= now);
        var isTimed = course.Target > Duration.Zero;
        return new TicketClock
        {
            Metric = clock.Metric,
            Stage = isLate ? ServiceLevelStage.Breached : endedAt is not null ? ServiceLevelStage.Achieved : clock.Stage,
            Source = clock.Source,
            StartedAt = startedAt,
            RunningSince = course.FindRun(isLate && clock.BreachAt is { } missed ? Instant.FromDateTimeOffset(missed) : null).ToDateTimeOffset(),
            DueAt = clock.BreachAt,
            EndedAt = endedAt,
            Target = isTimed ? course.Target.ToTimeSpan() : own?.Target,
            Elapsed = isTimed ? course.Measure(Instant.FromDateTimeOffset(now)).ToTimeSpan() : own?.Elapsed,
            Course = course,
        };
    }

    private static TicketClock Reached(ServiceLevelMetric metric, ClockCourse course, Instant at) => new()
    {
        Metric = metric,
        Source = ServiceLevelSource.None,
        Stage = ServiceLevelStage.Achieved,
        StartedAt = course.Start.ToDateTimeOffset(),
        RunningSince = course.FindRun(null).ToDateTimeOffset(),
        EndedAt = at.ToDateTimeOffset(),
        Course = course,
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

    private static ClockStretch[] Stretches(ServiceLevelMetric metric, TicketLife life, Promise promise, out bool isEnded)
    {
        (Instant From, Instant? To)? wait = metric switch
        {
            ServiceLevelMetric.FirstReplyTime => life.FindFirstReply(),
            ServiceLevelMetric.NextReplyTime => life.FindNextReply(),
            ServiceLevelMetric.PeriodicUpdateTime => life.Updates().Select(update => ((Instant, Instant?)?)update).LastOrDefault(),
            ServiceLevelMetric.RequesterWaitTime or ServiceLevelMetric.AgentWorkTime or ServiceLevelMetric.ResolutionTime =>
                (life.CreatedAt, life.EndedAt),
            ServiceLevelMetric.Unknown => null,
        };
        isEnded = wait?.To is not null;
        return wait is { } found ? Stretches(metric, life, promise, found) : [];
    }

    private static ClockStretch[] Stretches(ServiceLevelMetric metric, TicketLife life, Promise promise, (Instant From, Instant? To) wait) =>
        metric switch
        {
            ServiceLevelMetric.FirstReplyTime or ServiceLevelMetric.NextReplyTime =>
                [new ClockStretch(wait.From, wait.To, promise.Calendar)],
            ServiceLevelMetric.PeriodicUpdateTime =>
                [.. life.Stretches(
                    wait.From,
                    status => !status.IsEnd()
                        && !(promise.Rule.PeriodicUpdateRestsWhilePending && status == HelpdeskStatus.Pending),
                    _ => promise.Calendar)],
            ServiceLevelMetric.RequesterWaitTime =>
                [.. life.Stretches(
                    wait.From, status => !status.IsEnd() && status != HelpdeskStatus.Pending, promise.CalendarAt)],
            ServiceLevelMetric.AgentWorkTime =>
                [.. life.Stretches(
                    wait.From, status => status is HelpdeskStatus.New or HelpdeskStatus.Open or HelpdeskStatus.Unknown, promise.CalendarAt)],
            ServiceLevelMetric.ResolutionTime =>
                [.. life.Stretches(wait.From, status => !status.IsEnd(), _ => promise.Calendar)],
            ServiceLevelMetric.Unknown => [],
        };

    private static ClockStretch[] Until(Instant end, ClockStretch[] stretches) =>
    [
        .. stretches.Where(stretch => stretch.From < end)
            .Select(stretch => stretch with { To = stretch.To is { } to && to < end ? to : end }),
    ];

    /// <param name="Calendar">Of the rule.</param>
    /// <param name="CalendarAt">Of the rule that fits while the ticket has another priority.</param>
    private sealed record Promise(TargetRule Rule, BusinessCalendar Calendar, Func<TicketPriority, BusinessCalendar> CalendarAt)
    {
        public static Promise Of(TargetRule rule, ServiceLevelHours hours, string segment, string? intent) => new(
            rule,
            hours.CalendarOf(rule),
            priority => hours.CalendarOf(hours.Policy.FindRule(new TicketKind(priority, segment, intent)) ?? rule));
    }
}
