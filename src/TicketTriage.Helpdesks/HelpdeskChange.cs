namespace TicketTriage.Helpdesks;

/// <summary>
/// One change of one ticket, applied whole or not at all. What is <see langword="null"/> stays as it is.
/// </summary>
public sealed record HelpdeskChange
{
    public required string Number { get; init; }

    /// <summary>Names the change: written into the helpdesk with it, so that it can be found again after a lost answer.</summary>
    public required Guid TriageId { get; init; }

    /// <summary>The stamp that the decision saw. The helpdesk refuses the change where the ticket has moved on.</summary>
    public required string Stamp { get; init; }

    /// <summary>The whole set of tags that the ticket shall have afterwards: the union of what it had and what is added.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    public TicketPriority? Priority { get; init; }

    public string? GroupId { get; init; }

    public string? AssigneeId { get; init; }

    /// <summary>A note that only agents see, as HTML.</summary>
    public string? PrivateNoteHtml { get; init; }
}

/// <summary>The helpdesk's word that a change was applied.</summary>
/// <param name="Stamp">The ticket's version after the change.</param>
/// <param name="AuditId">The vendor's id of the record of the change, where it keeps one.</param>
/// <param name="Warning">What the vendor took from the change without refusing it, in its words.</param>
public sealed record ChangeReceipt(string Stamp, string? AuditId, string? Warning = null);
