namespace TicketTriage.Helpdesks;

/// <summary>
/// One change of one ticket. What is <see langword="null"/> stays as it is.
/// </summary>
public sealed record HelpdeskChange
{
    public required string Number { get; init; }

    /// <summary>Names the change: written into the helpdesk with it, so that it can be found again after a lost answer.</summary>
    public required Guid TriageId { get; init; }

    /// <summary>The stamp that the decision saw. The change is refused where the ticket has moved on.</summary>
    public required string Stamp { get; init; }

    /// <summary>The whole set of tags that the ticket shall have afterwards: the union of what it had and what is added.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    public TicketPriority? Priority { get; init; }

    public string? GroupId { get; init; }

    public string? AssigneeId { get; init; }

    /// <summary>What the helpdesk's own router has to go by, where it takes skills.</summary>
    public SkillChange? Skills { get; init; }

    /// <summary>Values for the fields of the triage. A field that the helpdesk doesn't have is left out, and the receipt says so.</summary>
    public IReadOnlyDictionary<TriageField, string>? Fields { get; init; }

    /// <summary>Replaces the ticket's summary, as HTML, where the helpdesk has a place for one; otherwise left out.</summary>
    public string? SummaryHtml { get; init; }

    /// <summary>The problem that the ticket belongs to, where the helpdesk ties tickets together.</summary>
    public string? ProblemNumber { get; init; }

    /// <summary>A note that only agents see, as HTML.</summary>
    public string? PrivateNoteHtml { get; init; }
}

/// <summary>The skills that a ticket shall ask for, by their ids.</summary>
/// <param name="All">The whole set that the ticket shall have afterwards, also what others gave it.</param>
/// <param name="Own">What this service gave it and has not taken back, also where a person took it off; for the record alone.</param>
public sealed record SkillChange(IReadOnlyList<string> All, IReadOnlyList<string> Own);

/// <summary>The helpdesk's word that a change was applied.</summary>
/// <param name="Stamp">The ticket's version after the change.</param>
/// <param name="AuditId">The vendor's id of the record of the change, where it keeps one.</param>
/// <param name="Warning">What was taken from the change without its being refused, in a sentence or the vendor's words.</param>
public sealed record ChangeReceipt(string Stamp, string? AuditId, string? Warning = null)
{
    /// <summary>The fields of the change that were not written, because the helpdesk doesn't have them or their value.</summary>
    public IReadOnlyList<TriageField> LeftOut { get; init => field = value ?? []; } = [];

    /// <summary>The helpdesk took the change without its skills.</summary>
    public bool LeavesSkillsOut { get; init; }
}
