using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Journal;

/// <summary>One change that was applied, whether or not its caller ever heard of it.</summary>
public sealed record AppliedChange
{
    /// <summary>Counts from 1 in the order of the changes.</summary>
    public required int Position { get; init; }

    public required DateTimeOffset At { get; init; }

    public required long Ticket { get; init; }

    public required long AuditId { get; init; }

    public required long AuthorId { get; init; }

    /// <summary>api for what came in by the API; email, web or system for the rest.</summary>
    public required string Channel { get; init; }

    /// <summary>
    /// Created, Edited, Deleted, MarkedAsSpam or Merged; at Freshdesk also Noted and Summarised, which are calls of their own there.
    /// </summary>
    public required string What { get; init; }

    public required IReadOnlyList<FieldChange> Fields { get; init; }

    public long? CommentId { get; init; }

    public bool? IsPublicComment { get; init; }

    /// <summary>What the caller wrote beside the change, as JSON.</summary>
    public string? Metadata { get; init; }

    /// <summary>Every GUID in what came with the change: metadata, note and summary.</summary>
    public required IReadOnlyList<Guid> Marks { get; init; }

    /// <summary>The ticket's <c>updated_at</c> afterwards.</summary>
    public required DateTimeOffset Stamp { get; init; }
}

/// <summary>One call that came in.</summary>
/// <param name="Endpoint">Method and path, ids replaced by <c>{id}</c>.</param>
/// <param name="Path">The path as it was called, without its query.</param>
/// <param name="Status">The answer's status; <see langword="null"/> where the connection was broken instead.</param>
/// <param name="Fault">The fault that struck it, if any.</param>
public sealed record ReceivedCall(DateTimeOffset At, string Endpoint, string Path, int? Status, string? Fault);

/// <summary>One try to deliver a webhook.</summary>
/// <param name="EventId">The event's id; in trigger mode the sandbox's own, which the body doesn't carry.</param>
/// <param name="Attempt">Counts from 1.</param>
/// <param name="Status">The target's answer; <see langword="null"/> where none came.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, string EventId, string Type, long Ticket, int Attempt, int? Status);
