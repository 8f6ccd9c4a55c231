namespace TicketTriage.Helpdesks;

/// <summary>The helpdesk's own service level clocks. Throws as <see cref="IHelpdesk"/> does.</summary>
public interface IHelpdeskServiceLevels
{
    /// <summary>The clocks that run, rest or have ended on a ticket.</summary>
    /// <returns>Empty where none applies; <see langword="null"/> where the helpdesk doesn't tell, or not yet.</returns>
    Task<IReadOnlyList<ServiceLevelClock>?> FindClocksAsync(string number, CancellationToken cancellationToken);
}

/// <param name="BreachAt">
/// When the target is missed, or would have been; <see langword="null"/> while the clock rests, and where the helpdesk no longer says.
/// </param>
/// <param name="Source">Where it was read, for people.</param>
public sealed record ServiceLevelClock(
    ServiceLevelMetric Metric, ServiceLevelStage Stage, DateTimeOffset? BreachAt, ServiceLevelSource Source)
{
    /// <summary>When it was reached, in time or not; <see langword="null"/> before, and where the helpdesk doesn't say.</summary>
    public DateTimeOffset? ReachedAt { get; init; }
}

public enum ServiceLevelMetric
{
    /// <summary>A word this version doesn't know.</summary>
    Unknown = 0,
    FirstReplyTime,
    NextReplyTime,
    PeriodicUpdateTime,
    RequesterWaitTime,
    AgentWorkTime,
    ResolutionTime,
}

public enum ServiceLevelStage
{
    Unknown = 0,
    Active,
    Paused,
    Achieved,
    Breached,
}
