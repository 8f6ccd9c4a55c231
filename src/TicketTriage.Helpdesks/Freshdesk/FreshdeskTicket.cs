using System.Text.Json;

namespace TicketTriage.Helpdesks.Freshdesk;

// Freshdesk's answers about tickets, each with the parts that are used here. All of it may be null, and what Freshdesk documents as
// one shape but sends as another in places stays a JsonElement. Moments are text: the version of a ticket is one, to the letter.

internal sealed record FreshdeskTicket
{
    public long? Id { get; init; }

    public string? Subject { get; init; }

    public int? Status { get; init; }

    public int? Priority { get; init; }

    public int? Source { get; init; }

    public IReadOnlyList<string?>? Tags { get; init; }

    public long? GroupId { get; init; }

    public long? ResponderId { get; init; }

    public long? RequesterId { get; init; }

    public bool? Spam { get; init; }

    public bool? Deleted { get; init; }

    public bool? Archived { get; init; }

    /// <summary>All that the account has, an empty one as null.</summary>
    public IReadOnlyDictionary<string, JsonElement>? CustomFields { get; init; }

    public string? Description { get; init; }

    public string? DescriptionText { get; init; }

    public IReadOnlyList<FreshdeskAttachment?>? Attachments { get; init; }

    /// <summary>1 parent, 2 child, 3 tracker, 4 related to a tracker.</summary>
    public int? AssociationType { get; init; }

    public JsonElement? AssociatedTicketsList { get; init; }

    public string? FrDueBy { get; init; }

    /// <summary>Of the next reply; not in Freshdesk's documentation, but in its answers.</summary>
    public string? NrDueBy { get; init; }

    public string? DueBy { get; init; }

    public bool? FrEscalated { get; init; }

    public bool? NrEscalated { get; init; }

    public string? CreatedAt { get; init; }

    public string? UpdatedAt { get; init; }

    /// <summary>With <c>include=requester</c>.</summary>
    public FreshdeskPerson? Requester { get; init; }

    /// <summary>With <c>include=stats</c>.</summary>
    public FreshdeskStats? Stats { get; init; }

    /// <summary>With <c>include=conversations</c>: the first ten.</summary>
    public IReadOnlyList<FreshdeskConversation?>? Conversations { get; init; }
}

internal sealed record FreshdeskPerson(long? Id, string? Name);

internal sealed record FreshdeskStats(string? FirstRespondedAt, string? ResolvedAt, string? ClosedAt, string? RequesterRespondedAt);

internal sealed record FreshdeskAttachment(string? Name, string? ContentType, long? Size, string? AttachmentUrl);

/// <summary>A message or a note.</summary>
internal sealed record FreshdeskConversation
{
    public long? Id { get; init; }

    /// <summary>Null where a rule of the account wrote it.</summary>
    public long? UserId { get; init; }

    /// <summary>From outside: a customer's.</summary>
    public bool? Incoming { get; init; }

    public bool? Private { get; init; }

    public string? Body { get; init; }

    public string? BodyText { get; init; }

    /// <summary>A mail address, often with a name before it.</summary>
    public string? FromEmail { get; init; }

    public string? CreatedAt { get; init; }

    public string? UpdatedAt { get; init; }

    public IReadOnlyList<FreshdeskAttachment?>? Attachments { get; init; }
}

/// <summary>A page of a search; the tickets themselves aren't looked at.</summary>
internal sealed record FreshdeskSearchPage(int? Total);
