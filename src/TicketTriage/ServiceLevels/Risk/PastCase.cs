namespace TicketTriage.ServiceLevels.Risk;

/// <summary>A ticket of a log: what was known when it was opened, and how it ended.</summary>
public sealed record PastCase
{
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary><see langword="null"/> where it never ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Known only once it has ended.</summary>
    public required bool IsBreached { get; init; }

    /// <summary>Its target goes by the priority.</summary>
    public required TicketKind Kind { get; init; }

    public string? GroupId { get; init; }

    public bool HasEndedBy(DateTimeOffset moment) => EndedAt < moment;

    public bool IsOpenAfter(TimeSpan age) => EndedAt is not { } end || end - OpenedAt > age;
}
