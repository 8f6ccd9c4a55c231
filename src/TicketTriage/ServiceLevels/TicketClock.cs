using TicketTriage.Helpdesks;

namespace TicketTriage.ServiceLevels;

/// <summary>A service level clock of a ticket, as it stands at one moment.</summary>
public sealed record TicketClock
{
    public required ServiceLevelMetric Metric { get; init; }

    /// <summary>Also a clock that was reached too late is <see cref="ServiceLevelStage.Breached"/>.</summary>
    public required ServiceLevelStage Stage { get; init; }

    /// <summary>Where it was read; <see cref="ServiceLevelSource.None"/> where it was computed here.</summary>
    public required ServiceLevelSource Source { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>
    /// Since when it has run without a rest, or had when it was missed: the moment is the same for as long as it goes on, or is owed.
    /// </summary>
    public required DateTimeOffset RunningSince { get; init; }

    /// <summary>When the target is used up; <see langword="null"/> while the clock rests, and where that is never.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was reached, in time or not; <see langword="null"/> before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Working time; <see langword="null"/> where the helpdesk tells only when it is due.</summary>
    public TimeSpan? Target { get; init; }

    /// <summary>Working time used up.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>By whose working time the shares are counted; of a clock that the helpdesk tells, what is used up when it is due.</summary>
    internal ClockCourse? Course { get; init; }

    public bool IsTold => Source != ServiceLevelSource.None;

    public bool IsRunning => EndedAt is null
        && (Course is { } course && !IsTold ? course.IsRunning : Stage is ServiceLevelStage.Active or ServiceLevelStage.Breached);

    /// <summary>The moment at which a share of the target is used up, if nothing happens before it.</summary>
    /// <param name="share">Not negative; 1 is the moment it is due.</param>
    /// <returns><see langword="null"/> while the clock rests before it, and where that is never.</returns>
    public DateTimeOffset? FindMoment(double share)
    {
        if (!IsTold && Course is not null)
        {
            return Course.FindMoment(Course.Target * share)?.ToDateTimeOffset();
        }

        if (DueAt is not { } due || due <= StartedAt || share == 1)
        {
            return DueAt;
        }

        // The helpdesk says when it is due and not by which hours it counts: the rule's are the best guess, else those of the wall.
        var moment = Course is { Target: var target } && target > NodaTime.Duration.Zero
            ? Course.FindMoment(target * share)?.ToDateTimeOffset()
            : null;
        return moment is { } found && (share > 1 || found <= due) ? found : StartedAt + ((due - StartedAt) * share);
    }
}
