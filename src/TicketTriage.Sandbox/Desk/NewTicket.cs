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
