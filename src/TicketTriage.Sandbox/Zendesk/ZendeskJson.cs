using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace TicketTriage.Sandbox.Zendesk;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TicketAnswer))]
[JsonSerializable(typeof(TicketUpdateAnswer))]
[JsonSerializable(typeof(TicketsAnswer))]
[JsonSerializable(typeof(CommentsAnswer))]
[JsonSerializable(typeof(AuditsAnswer))]
[JsonSerializable(typeof(ExportAnswer))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(UsersAnswer))]
[JsonSerializable(typeof(GroupWire))]
[JsonSerializable(typeof(UserWire))]
[JsonSerializable(typeof(TicketWire))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ZendeskJson : JsonSerializerContext;

internal sealed record ViaWire(string Channel);

internal sealed record TicketWire
{
    public required string Url { get; init; }
    public required long Id { get; init; }
    public string? ExternalId { get; init; }
    public required ViaWire Via { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
    public required long GeneratedTimestamp { get; init; }
    public string? Type { get; init; }
    public required string Subject { get; init; }
    public required string RawSubject { get; init; }
    public required string Description { get; init; }
    public string? Priority { get; init; }
    public required string Status { get; init; }
    public string? Recipient { get; init; }
    public required long RequesterId { get; init; }
    public required long SubmitterId { get; init; }
    public long? AssigneeId { get; init; }
    public long? OrganizationId { get; init; }
    public long? GroupId { get; init; }
    public IReadOnlyList<long> CollaboratorIds { get; init; } = [];
    public IReadOnlyList<long> FollowerIds { get; init; } = [];
    public IReadOnlyList<long> EmailCcIds { get; init; } = [];
    public long? ForumTopicId { get; init; }
    public long? ProblemId { get; init; }
    public bool HasIncidents { get; init; }
    public bool IsPublic { get; init; } = true;
    public DateTime? DueAt { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public required IReadOnlyList<FieldValueWire> CustomFields { get; init; }
    public required IReadOnlyList<FieldValueWire> Fields { get; init; }
    public JsonNode? SatisfactionRating { get; init; }
    public IReadOnlyList<long> SharingAgreementIds { get; init; } = [];
    public IReadOnlyList<long> FollowupIds { get; init; } = [];
    public long? TicketFormId { get; init; }
    public long BrandId { get; init; } = 8_447_346_621_310;
    public bool AllowChannelback { get; init; }
    public bool AllowAttachments { get; init; } = true;
    public bool FromMessagingChannel { get; init; }
    public string SupportType { get; init; } = "agent";

    /// <summary>Only where it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonNode? Slas { get; init; }

    /// <summary>Only where it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonNode? MetricSet { get; init; }
}

/// <param name="Value">A text, or true or false; null for an empty field.</param>
internal sealed record FieldValueWire(long Id, JsonNode? Value);

internal sealed record AttachmentWire(
    long Id,
    string FileName,
    string ContentUrl,
    string MappedContentUrl,
    string ContentType,
    long Size,
    bool Inline,
    bool Deleted,
    string Url);

internal sealed record CommentWire
{
    public required long Id { get; init; }
    public string Type { get; init; } = "Comment";
    public required long AuthorId { get; init; }
    public required string Body { get; init; }
    public required string HtmlBody { get; init; }
    public required string PlainBody { get; init; }
    public required bool Public { get; init; }
    public required IReadOnlyList<AttachmentWire> Attachments { get; init; }
    public required long AuditId { get; init; }
    public required ViaWire Via { get; init; }
    public required DateTime CreatedAt { get; init; }
    public MetadataWire Metadata { get; init; } = MetadataWire.Empty;
}

internal sealed record MetadataWire(JsonElement System, JsonElement Custom)
{
    public static readonly JsonElement EmptyObject = ParseEmpty();
    public static readonly MetadataWire Empty = new(EmptyObject, EmptyObject);

    private static JsonElement ParseEmpty()
    {
        using var document = JsonDocument.Parse("{}");
        return document.RootElement.Clone();
    }
}

internal sealed record AuditWire
{
    public required long Id { get; init; }
    public required long TicketId { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required long AuthorId { get; init; }
    public required ViaWire Via { get; init; }
    public required MetadataWire Metadata { get; init; }
    public required IReadOnlyList<AuditEventWire> Events { get; init; }
}

/// <summary>One event of an audit: a comment, or a field's change. What the other kind has is left out.</summary>
internal sealed record AuditEventWire
{
    public required long Id { get; init; }
    public required string Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AuthorId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HtmlBody { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PlainBody { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Public { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FieldName { get; init; }

    /// <summary>Text, or a list of texts for tags.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? Value { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? PreviousValue { get; init; }
}

internal sealed record UserWire
{
    public required string Url { get; init; }
    public long? Id { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public required string Role { get; init; }
    public bool Active { get; init; } = true;
    public bool Verified { get; init; } = true;
    public bool Suspended { get; init; }
    public string? Alias { get; init; }
    public string? Notes { get; init; }
    public string? Phone { get; init; }
    public long? OrganizationId { get; init; }
    public string Locale { get; init; } = "en-US";
    public string TimeZone { get; init; } = "Berlin";
    public IReadOnlyList<string> Tags { get; init; } = [];
}

internal sealed record GroupWire(
    string Url,
    long Id,
    string Name,
    string Description,
    bool Default,
    bool IsPublic,
    bool Deleted,
    DateTime CreatedAt,
    DateTime UpdatedAt);

internal sealed record PageMeta(bool HasMore, string? AfterCursor, string? BeforeCursor);

internal sealed record PageLinks(string? Prev, string? Next);

internal sealed record TicketAnswer(TicketWire Ticket);

internal sealed record TicketUpdateAnswer(TicketWire Ticket, AuditWire? Audit);

internal sealed record TicketsAnswer(IReadOnlyList<TicketWire> Tickets, string? NextPage, string? PreviousPage, int Count);

/// <summary>A page by cursor has <c>meta</c> and <c>links</c>, one by offset <c>count</c> and <c>next_page</c>.</summary>
internal abstract record PageAnswer
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PageMeta? Meta { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PageLinks? Links { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Count { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextPage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PreviousPage { get; init; }
}

internal sealed record CommentsAnswer : PageAnswer
{
    public required IReadOnlyList<CommentWire> Comments { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UserWire>? Users { get; init; }
}

internal sealed record AuditsAnswer : PageAnswer
{
    public required IReadOnlyList<AuditWire> Audits { get; init; }
}

internal sealed record ExportAnswer
{
    public required IReadOnlyList<TicketWire> Tickets { get; init; }
    public required string AfterUrl { get; init; }
    public required string AfterCursor { get; init; }
    public string? BeforeUrl { get; init; }
    public string? BeforeCursor { get; init; }
    public required bool EndOfStream { get; init; }
}

internal sealed record UserAnswer(UserWire User);

internal sealed record UsersAnswer(IReadOnlyList<UserWire> Users, string? NextPage, string? PreviousPage, int Count);

internal sealed record TokenAnswer(string AccessToken, string TokenType, string Scope, int? ExpiresIn);

internal sealed record ErrorAnswer(string Error)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ErrorDescription { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<FieldErrorWire>>? Details { get; init; }
}

internal sealed record FieldErrorWire(string Description, string Error);
