using System.Diagnostics.Metrics;

namespace TicketTriage.Helpdesks;

/// <summary>
/// Counters that stand at 0 before anything is counted. A rate is taken between two values: what is first seen at 1 has risen by nothing,
/// and a rule that waits for the first of something would never fire.
/// </summary>
public interface ICountedFromZero
{
    /// <summary>Shows each count that may come as 0. Changes nothing where it has begun already.</summary>
    void ShowZeros(IReadOnlyCollection<string> helpdesks);
}

/// <summary>What measurements of durations are sorted by, where a collector asks no other way.</summary>
public static class DurationAdvice
{
    /// <summary>Upper ends in seconds: from a statement of the database to a model that is waited for, and a helpdesk that bids wait.</summary>
    public static InstrumentAdvice<double> FromMillisecondsToMinutes { get; } = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
    };
}
