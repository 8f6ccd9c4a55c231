namespace TicketTriage.Jobs;

/// <summary>One run of a job, for its history.</summary>
public sealed record JobRun
{
    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary><see langword="null"/> while it runs, and when it was cut off.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How often it was begun, counted before the work.</summary>
    public required int Attempts { get; init; }

    /// <summary>The machine and the process that began it last.</summary>
    public required string Process { get; init; }

    /// <summary>What the job said it did.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why the latest attempt failed.</summary>
    public string? Error { get; init; }

    public required JobRunState State { get; init; }

    public TimeSpan? Duration => EndedAt - StartedAt;
}

public enum JobRunState
{
    /// <summary>Its process ended, and nobody is at it. It will be taken over, or left to the next due time.</summary>
    CutOff = 0,
    Running,
    Done,
    Failed,
}
