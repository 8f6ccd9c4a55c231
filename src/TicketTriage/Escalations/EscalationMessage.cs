using TicketTriage.Tickets;

namespace TicketTriage.Escalations;

/// <summary>All that one person is told at once.</summary>
public sealed record EscalationMessage(Guid Id, NoticeChannel Channel, string Recipient, IReadOnlyList<MessageLine> Lines);

/// <summary>One ticket of a message.</summary>
public sealed record MessageLine
{
    public required Guid Notice { get; init; }

    public required Guid Escalation { get; init; }

    public required TicketId Ticket { get; init; }

    public required string Cause { get; init; }

    public required int Level { get; init; }

    public required IReadOnlyList<string> Reasons { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What it has in common with others; <see langword="null"/> where it stands alone.</summary>
    public string? Bundle { get; init; }

    public string? Intent { get; init; }

    /// <summary>True after the last level has let its time pass.</summary>
    public bool IsUnanswered { get; init; }

    public required string Priority { get; init; }

    /// <summary>True where the ticket is to get the level's tag, priority and group, and no note.</summary>
    public bool IsMarkOnly { get; init; }

    /// <summary>How often its delivery was begun.</summary>
    public int Tries { get; init; }

    public required string RowName { get; init; }

    public required string MatrixVersion { get; init; }

    public required IReadOnlyList<string> People { get; init; }
}
