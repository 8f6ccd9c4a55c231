namespace TicketTriage.Sandbox.Desk;

/// <summary>A ticket as it stands at one moment. Status and priority are in Zendesk's words, whatever the dialect.</summary>
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

    /// <summary>One of the vendor's own words, or <see langword="null"/>.</summary>
    public string? Type { get; init; }

    /// <summary>Each once and in alphabetical order; at Zendesk in lower case.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public long? GroupId { get; init; }

    public long? AssigneeId { get; init; }

    public required long RequesterId { get; init; }

    /// <summary>Values of custom fields by the field's name; what nobody has set is missing.</summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = NoFields;

    /// <summary>The skills that the ticket asks for at Zendesk, by their names; each once and in alphabetical order.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>The problem that this incident belongs to.</summary>
    public long? ProblemId { get; init; }

    /// <summary>The summary that stands under the description at Freshdesk.</summary>
    public SandboxSummary? Summary { get; init; }

    /// <summary>good or bad, by the customer; <see langword="null"/> where nobody has said.</summary>
    public string? Rating { get; init; }

    /// <summary>True where it was removed as spam; its status is deleted then.</summary>
    public bool IsSpam { get; init; }

    /// <summary>True where Freshdesk has put it aside, long after it was closed.</summary>
    public bool IsArchived { get; init; }

    /// <summary><see langword="null"/> while the ticket has no priority.</summary>
    public Deadlines? Deadlines { get; init; }

    /// <summary>email, web or api.</summary>
    public string Channel { get; init; } = "email";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// In whole seconds, as the vendors keep it. What they do with two edits in one second is not documented; here every edit moves it by at
    /// least a second, so that it may run ahead of the clock, unless <see cref="SandboxOptions.StampsMayRepeat"/>.
    /// </summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Unix seconds of the last change, by the clock; the incremental export goes by it.</summary>
    public required long GeneratedAt { get; init; }

    internal static IReadOnlyDictionary<string, string> NoFields { get; } = new Dictionary<string, string>();

    /// <summary>What was due before <see cref="DeadlinesSeenFrom"/>.</summary>
    internal Deadlines? EarlierDeadlines { get; init; }

    internal DateTimeOffset DeadlinesSeenFrom { get; init; }
}

/// <summary>The summary of a ticket, which agents overwrite.</summary>
public sealed record SandboxSummary(long Id, string Html, long AuthorId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

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

/// <summary>A file beside a message.</summary>
public sealed record SandboxAttachment(string FileName, string ContentType, long Size)
{
    /// <summary>What is served at its address; <see langword="null"/> for a file that can't be fetched.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>Another address than the sandbox's own, as messages of some channels have it.</summary>
    public Uri? Elsewhere { get; init; }

    public static SandboxAttachment Of(string fileName, string contentType, byte[] content) =>
        new(fileName, contentType, content.Length) { Content = content };
}

/// <summary>One field's step from an old to a new value; tags are joined by a space.</summary>
/// <param name="Field">The vendor's name at Zendesk; a custom field's own name after <c>custom_fields.</c>.</param>
public sealed record FieldChange(string Field, string? From, string? To)
{
    internal const string CustomPrefix = "custom_fields.";
}

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
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>False while an agent takes no more tickets.</summary>
    public bool IsAvailable { get; init; } = true;

    /// <summary>How many open tickets an agent can have.</summary>
    public int Capacity { get; init; } = 10;

    public bool IsStaff => Role != "end-user";
}
