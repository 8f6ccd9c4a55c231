using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace TicketTriage.Sandbox.Freshdesk;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TicketWire))]
[JsonSerializable(typeof(IReadOnlyList<TicketWire>))]
[JsonSerializable(typeof(ConversationWire))]
[JsonSerializable(typeof(IReadOnlyList<ConversationWire>))]
[JsonSerializable(typeof(SummaryWire))]
[JsonSerializable(typeof(AgentWire))]
[JsonSerializable(typeof(IReadOnlyList<AgentWire>))]
[JsonSerializable(typeof(AvailabilityWire))]
[JsonSerializable(typeof(IReadOnlyList<AvailableAgentWire>))]
[JsonSerializable(typeof(GroupWire))]
[JsonSerializable(typeof(IReadOnlyList<GroupWire>))]
[JsonSerializable(typeof(IReadOnlyList<SkillWire>))]
[JsonSerializable(typeof(ContactWire))]
[JsonSerializable(typeof(IReadOnlyList<ContactWire>))]
[JsonSerializable(typeof(FieldWire))]
[JsonSerializable(typeof(IReadOnlyList<FieldWire>))]
[JsonSerializable(typeof(IReadOnlyList<CategoryWire>))]
[JsonSerializable(typeof(IReadOnlyList<FolderWire>))]
[JsonSerializable(typeof(ArticleWire))]
[JsonSerializable(typeof(IReadOnlyList<ArticleWire>))]
[JsonSerializable(typeof(IReadOnlyList<RatingWire>))]
[JsonSerializable(typeof(ResponseFolderWire))]
[JsonSerializable(typeof(IReadOnlyList<ResponseFolderWire>))]
[JsonSerializable(typeof(IReadOnlyList<ResponseWire>))]
[JsonSerializable(typeof(RefusalWire))]
[JsonSerializable(typeof(MessageWire))]
[JsonSerializable(typeof(ValidationWire))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class FreshdeskJson : JsonSerializerContext;

/// <summary>A ticket; what was not asked for with <c>include</c> is left out, what is unset is null.</summary>
internal sealed record TicketWire
{
    public IReadOnlyList<string> CcEmails { get; init; } = [];
    public IReadOnlyList<string> FwdEmails { get; init; } = [];
    public IReadOnlyList<string> ReplyCcEmails { get; init; } = [];
    public bool FrEscalated { get; init; }
    public bool Spam { get; init; }
    public long? EmailConfigId { get; init; }
    public long? GroupId { get; init; }
    public required int Priority { get; init; }
    public required long RequesterId { get; init; }
    public long? ResponderId { get; init; }
    public required int Source { get; init; }
    public long? CompanyId { get; init; }
    public required int Status { get; init; }
    public required string Subject { get; init; }
    public int? AssociationType { get; init; }
    public string? SupportEmail { get; init; }
    public IReadOnlyList<string>? ToEmails { get; init; }
    public long? ProductId { get; init; }
    public required long Id { get; init; }
    public string? Type { get; init; }
    public DateTime? DueBy { get; init; }
    public DateTime? FrDueBy { get; init; }
    public DateTime? NrDueBy { get; init; }
    public bool IsEscalated { get; init; }
    public bool NrEscalated { get; init; }
    public required IReadOnlyDictionary<string, JsonNode?> CustomFields { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Deleted { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DescriptionText { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AttachmentWire>? Attachments { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConversationWire>? Conversations { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RequesterWire? Requester { get; init; }

    /// <summary>Empty where the requester belongs to none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonNode? Company { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StatsWire? Stats { get; init; }
}

internal sealed record RequesterWire(long Id, string Name, string Email, string? Mobile, string? Phone);

internal sealed record StatsWire(
    DateTime? AgentRespondedAt,
    DateTime? RequesterRespondedAt,
    DateTime? FirstRespondedAt,
    DateTime? StatusUpdatedAt,
    DateTime? ReopenedAt,
    DateTime? ResolvedAt,
    DateTime? ClosedAt,
    DateTime? PendingSince);

internal sealed record AttachmentWire(
    long Id, string Name, string ContentType, long Size, string AttachmentUrl, DateTime CreatedAt, DateTime UpdatedAt);

internal sealed record ConversationWire
{
    public required string Body { get; init; }
    public required string BodyText { get; init; }
    public required long Id { get; init; }
    public required bool Incoming { get; init; }
    public required bool Private { get; init; }

    /// <summary>Null where a rule of the account wrote it.</summary>
    public long? UserId { get; init; }

    public string? SupportEmail { get; init; }
    public required int Source { get; init; }
    public required long TicketId { get; init; }
    public IReadOnlyList<string> ToEmails { get; init; } = [];
    public string? FromEmail { get; init; }
    public IReadOnlyList<string> CcEmails { get; init; } = [];
    public IReadOnlyList<string> BccEmails { get; init; } = [];
    public IReadOnlyList<AttachmentWire> Attachments { get; init; } = [];
    public DateTime? LastEditedAt { get; init; }
    public long? LastEditedUserId { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
}

internal sealed record SummaryWire(
    string Body, string BodyText, long Id, long UserId, long TicketId, DateTime CreatedAt, DateTime UpdatedAt,
    DateTime? LastEditedAt, long? LastEditedUserId)
{
    public IReadOnlyList<AttachmentWire> Attachments { get; init; } = [];
    public IReadOnlyList<string> CloudFiles { get; init; } = [];
}

internal sealed record RatingWire(long Id, long TicketId, long UserId, AnswersWire Ratings, DateTime CreatedAt, DateTime UpdatedAt);

internal sealed record AnswersWire(int DefaultQuestion);

internal sealed record RefusalWire(string Code, string Message);

internal sealed record MessageWire(string Message);

internal sealed record ValidationWire(string Description, IReadOnlyList<FieldErrorWire> Errors);

internal sealed record FieldErrorWire(string Field, string Message, string Code);
