using System.Text.Json.Serialization;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>A change as Freshdesk takes it. What is null isn't sent, and so stays; a field that it doesn't know is refused.</summary>
internal sealed record FreshdeskUpdate
{
    /// <summary>Replaces the whole set.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    public int? Priority { get; init; }

    public long? GroupId { get; init; }

    public long? ResponderId { get; init; }

    public IReadOnlyDictionary<string, string>? CustomFields { get; init; }

    [JsonIgnore]
    public bool IsEmpty => this == Nothing;

    private static readonly FreshdeskUpdate Nothing = new();
}

/// <param name="Private">Always sent, though Freshdesk's own default: a note that became public could not be taken back.</param>
internal sealed record FreshdeskNote(string Body, bool Private);

/// <param name="UpdatedAt">In the answer.</param>
internal sealed record FreshdeskSummary(string? Body, string? UpdatedAt = null);
