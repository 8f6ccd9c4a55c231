namespace TicketTriage.ServiceLevels.Risk;

/// <summary>A ticket of the past: what was known when it was opened, and how it ended.</summary>
public sealed record PastCase
{
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary><see langword="null"/> where it never ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Known only once it has ended.</summary>
    public required bool IsBreached { get; init; }

    /// <summary>What was known at opening, each as <c>name=value</c>.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>What its target goes by, such as the priority.</summary>
    public required string Kind { get; init; }

    public bool HasEndedBy(DateTimeOffset moment) => EndedAt < moment;

    public bool IsOpenAfter(TimeSpan age) => EndedAt is not { } end || end - OpenedAt > age;
}

/// <summary>A case as it can be learned from at one moment.</summary>
/// <param name="Label">1 for a breach; for one that is still open the chance of it.</param>
/// <param name="Weight">Over 0.</param>
public sealed record WeightedCase(PastCase Case, double Label, double Weight);
