namespace TicketTriage.Sandbox.Desk;

/// <summary>One edit of one ticket. What is <see langword="null"/> stays as it is.</summary>
public sealed record TicketEdit
{
    public Setting<string>? Subject { get; init; }

    public Setting<string>? Status { get; init; }

    public Setting<string?>? Priority { get; init; }

    public Setting<string?>? Type { get; init; }

    public Setting<long?>? GroupId { get; init; }

    public Setting<long?>? AssigneeId { get; init; }

    /// <summary>The whole set of tags that the ticket has afterwards.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Tags that come to those the ticket has.</summary>
    public IReadOnlyList<string> AddedTags { get; init; } = [];

    /// <summary>Tags that the ticket loses.</summary>
    public IReadOnlyList<string> RemovedTags { get; init; } = [];

    /// <summary>Custom fields by name; <see langword="null"/> empties one.</summary>
    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = new Dictionary<string, string?>();

    public Setting<long?>? ProblemId { get; init; }

    /// <summary>The whole set of skills that the ticket asks for afterwards.</summary>
    public IReadOnlyList<string>? Skills { get; init; }

    /// <summary>The summary as HTML; <see langword="null"/> removes it.</summary>
    public Setting<string?>? SummaryHtml { get; init; }

    public NewComment? Comment { get; init; }
}

/// <summary>How an edit ended.</summary>
internal enum EditVerdict
{
    Applied,

    /// <summary>Everything stood already as asked: no audit, no new stamp.</summary>
    Unchanged,
    UnknownTicket,

    /// <summary>The ticket is no longer at the stamp that the editor saw.</summary>
    Moved,
    Refused,
}

/// <param name="Faults">Why it was refused.</param>
internal sealed record EditOutcome(
    EditVerdict Verdict, SandboxTicket? Ticket = null, SandboxAudit? Audit = null, IReadOnlyList<FieldFault>? Faults = null);

/// <summary>A field that can't be set as asked.</summary>
internal sealed record FieldFault(string Field, string Description, string Error);

/// <summary>Who edits, and under which conditions.</summary>
/// <param name="ExpectedStamp">The stamp the ticket must still have; <see langword="null"/> for any.</param>
internal sealed record Editor(long PersonId, string Channel, string? Metadata = null, DateTimeOffset? ExpectedStamp = null)
{
    /// <summary>What the record shall call it.</summary>
    public DeskHappening Happening { get; init; } = DeskHappening.Edited;
}
