namespace TicketTriage.Sandbox.Desk;

/// <summary>A ticket that is about to arrive.</summary>
public sealed record NewTicket
{
    public required string Subject { get; init; }

    /// <summary>The message as text; where there is only <see cref="HtmlBody"/>, its text.</summary>
    public string? Body { get; init; }

    public string? HtmlBody { get; init; }

    public string RequesterName { get; init; } = "Robin Example";

    public string RequesterEmail { get; init; } = "robin@example.com";

    /// <summary>email, web or api. Default email.</summary>
    public string Channel { get; init; } = "email";

    public string? Priority { get; init; }

    public string? Type { get; init; }

    /// <summary>Custom fields by name.</summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = new Dictionary<string, string>();

    /// <summary>When it arrived, for a history; <see langword="null"/> for now. Add old tickets before new ones.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    public long? GroupId { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<SandboxAttachment> Attachments { get; init; } = [];
}

/// <summary>A message or note that is about to be added.</summary>
public sealed record NewComment
{
    /// <summary>The message as text; where there is only <see cref="HtmlBody"/>, its text.</summary>
    public string? Body { get; init; }

    public string? HtmlBody { get; init; }

    public bool IsPublic { get; init; } = true;

    public IReadOnlyList<SandboxAttachment> Attachments { get; init; } = [];
}
