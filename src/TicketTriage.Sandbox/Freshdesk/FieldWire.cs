using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace TicketTriage.Sandbox.Freshdesk;

internal sealed record FieldWire
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string Label { get; init; }
    public string? Description { get; init; } = "";
    public required int Position { get; init; }
    public bool RequiredForClosure { get; init; }
    public bool RequiredForAgents { get; init; }
    public required string Type { get; init; }
    public required bool Default { get; init; }
    public bool CustomersCanEdit { get; init; }
    public required string LabelForCustomers { get; init; }
    public bool RequiredForCustomers { get; init; }
    public bool DisplayedToCustomers { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }

    /// <summary>A list of texts, or an object, as the field's type has it; null where it has none.</summary>
    public JsonNode? Choices { get; init; }
}

internal sealed record CategoryWire(long Id, string Name, string? Description, DateTime CreatedAt, DateTime UpdatedAt);

internal sealed record FolderWire(
    long Id, string Name, string? Description, long CategoryId, long? ParentFolderId, int ArticlesCount, int SubFoldersCount, int Visibility,
    DateTime CreatedAt, DateTime UpdatedAt);

internal sealed record ArticleWire
{
    public required long Id { get; init; }
    public int Type { get; init; } = 1;
    public required long CategoryId { get; init; }
    public required long FolderId { get; init; }
    public int ThumbsUp { get; init; }
    public int ThumbsDown { get; init; }
    public int Hits { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public required long AgentId { get; init; }
    public required string Title { get; init; }
    public required string Description { get; init; }
    public required string DescriptionText { get; init; }

    /// <summary>1 a draft, 2 published.</summary>
    public required int Status { get; init; }

    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
}

internal sealed record ResponseFolderWire(long Id, string Name, bool Personal, int ResponsesCount, DateTime CreatedAt, DateTime UpdatedAt)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ResponseNameWire>? CannedResponses { get; init; }
}

internal sealed record ResponseNameWire(long Id, string Title);

internal sealed record ResponseWire(
    long Id, string Title, long FolderId, string Content, string ContentHtml, IReadOnlyList<AttachmentWire> Attachments, DateTime CreatedAt,
    DateTime UpdatedAt);
