namespace TicketTriage.Sandbox.Desk;

/// <summary>A ticket as it stands at one moment, in Zendesk's words (lower case, as its REST API has them).</summary>
public sealed record SandboxTicket
{
    public required long Number { get; init; }

    public required string Subject { get; init; }

    /// <summary>The first message, as text.</summary>
    public required string Description { get; init; }

    /// <summary>new, open, pending, hold, solved, closed, and deleted, which only the incremental export shows.</summary>
    public string Status { get; init; } = "new";

    /// <summary>low, normal, high, urgent, or <see langword="null"/> while nobody has set one.</summary>
    public string? Priority { get; init; }

    /// <summary>problem, incident, question, task, or <see langword="null"/>.</summary>
    public string? Type { get; init; }

    /// <summary>Lower case, each once, in alphabetical order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public long? GroupId { get; init; }

    public long? AssigneeId { get; init; }

    public required long RequesterId { get; init; }

    /// <summary>email, web or api.</summary>
    public string Channel { get; init; } = "email";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// In whole seconds, as the vendor keeps it. What the vendor does with two edits in one second is not documented; here every edit
    /// moves it by at least a second, so that two versions of a ticket never share a stamp. It may so run ahead of the clock.
    /// </summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Unix seconds of the last change, by the clock; the incremental export goes by it.</summary>
    public required long GeneratedAt { get; init; }
}

/// <summary>One message or note of a ticket.</summary>
public sealed record SandboxComment
{
    public required long Id { get; init; }

    public required long AuditId { get; init; }

    public required long AuthorId { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    public required bool IsPublic { get; init; }

    public required string Channel { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<SandboxAttachment> Attachments { get; init; } = [];
}

/// <summary>A file beside a message. It has no content.</summary>
public sealed record SandboxAttachment(string FileName, string ContentType, long Size);

/// <summary>One field's step from an old to a new value; tags are joined by a space.</summary>
public sealed record FieldChange(string Field, string? From, string? To);

/// <summary>The helpdesk's record of one edit: all that one call, or one person, changed at once.</summary>
public sealed record SandboxAudit
{
    public required long Id { get; init; }

    public required long TicketNumber { get; init; }

    public required long AuthorId { get; init; }

    public required string Channel { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    public SandboxComment? Comment { get; init; }

    /// <summary>What the caller wrote beside the edit, as JSON; <see langword="null"/> where it wrote nothing.</summary>
    public string? Metadata { get; init; }
}

/// <summary>A group of agents.</summary>
public sealed record SandboxGroup(long Id, string Name);

/// <summary>Somebody in the helpdesk.</summary>
/// <param name="Role">end-user, agent or admin.</param>
/// <param name="GroupIds">The groups an agent belongs to.</param>
public sealed record SandboxPerson(long Id, string Name, string Email, string Role, IReadOnlyList<long> GroupIds)
{
    public bool IsStaff => Role != "end-user";
}
