using System.Text.Json.Serialization;

namespace TicketTriage.Helpdesks;

/// <summary>A ticket as its helpdesk has it at one moment, in neutral words.</summary>
public sealed record HelpdeskTicket
{
    /// <summary>The vendor's own id of the ticket, as text; no vendor's ids fit one number type.</summary>
    public required string Number { get; init; }

    public string Subject { get; init; } = "";

    public HelpdeskStatus Status { get; init; }

    /// <summary><see cref="TicketPriority.None"/> while nobody has set one.</summary>
    public TicketPriority Priority { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? GroupId { get; init; }

    public string? AssigneeId { get; init; }

    public string? RequesterId { get; init; }

    /// <summary>The problem that the ticket is an incident of.</summary>
    public string? ProblemNumber { get; init; }

    /// <summary>What stands in the fields of the triage; a field that is empty, or that the helpdesk doesn't have, is missing.</summary>
    public IReadOnlyDictionary<TriageField, string> Fields { get; init => field = value ?? NoFields; } = NoFields;

    /// <summary>
    /// The account's own fields with a closed list of choices, drop-downs and checkboxes, by their names in lower case; those without a
    /// value are missing. What people type freely may be anybody's personal data, and isn't here.
    /// </summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init => field = value ?? NoCustomFields; } = NoCustomFields;

    /// <summary>What the customer said of the help; a vendor that keeps it elsewhere tells <see cref="IHelpdeskHistory.ListRatingsAsync"/>.</summary>
    public TicketRating Rating { get; init; }

    /// <summary>How the ticket came in, in the vendor's word: email, web, api.</summary>
    public string? Channel { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The helpdesk's own version of the ticket, to the letter as it was read; a change carries it back, so that a newer edit wins.</summary>
    public required string Stamp { get; init; }

    private static readonly IReadOnlyDictionary<TriageField, string> NoFields = new Dictionary<TriageField, string>();

    private static readonly IReadOnlyDictionary<string, string> NoCustomFields = new Dictionary<string, string>();
}

/// <summary>What a customer said of the help.</summary>
public enum TicketRating
{
    /// <summary>Nothing, or neither good nor bad.</summary>
    None = 0,

    Good,

    Bad,
}

/// <summary>One message or note of a ticket.</summary>
public sealed record HelpdeskComment
{
    public required string Id { get; init; }

    public string? AuthorId { get; init; }

    /// <summary>As the helpdesk shows it; <see langword="null"/> where it no longer knows the author.</summary>
    public string? AuthorName { get; init; }

    /// <summary>True where the requester, or another end user, wrote it; false for agents and for software.</summary>
    public bool IsFromCustomer { get; init; }

    public bool IsPublic { get; init; }

    /// <summary>The message with its markup, as the vendor keeps it; <see langword="null"/> where it has only text.</summary>
    public string? Html { get; init; }

    /// <summary>The message without markup, as the vendor keeps it.</summary>
    public string Text { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<HelpdeskAttachment> Attachments { get; init; } = [];
}

/// <summary>A file beside a message.</summary>
/// <param name="ContentType">As the sender called it.</param>
public sealed record HelpdeskAttachment(string Name, string ContentType, long Bytes)
{
    /// <summary>Where the helpdesk says that it lies; <see langword="null"/> where it doesn't.</summary>
    public Uri? Address { get; init; }

    /// <summary>What is in it; <see langword="null"/> until <see cref="IHelpdesk.ReadFileAsync"/> has fetched it.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>What it says, where that was read already.</summary>
    public string? Text { get; init; }

    /// <summary>Why it has no content although that was wanted.</summary>
    public UnreadFile? Unread { get; init; }
}

/// <summary>Why a file was not read.</summary>
public enum UnreadFile
{
    TooLarge = 0,

    /// <summary>It lies where nothing is fetched from: on a host that isn't the helpdesk's.</summary>
    Elsewhere,

    /// <summary>Nobody gave it, or nobody could be found to read it.</summary>
    Away,

    /// <summary>It is not what its name says, or damaged, or locked with a password.</summary>
    Damaged,

    /// <summary>Reading it would take more time or memory than a file is worth.</summary>
    TooMuch,
}

/// <summary>A group of agents, as its helpdesk names it.</summary>
/// <param name="AssignsByItself">The helpdesk gives the group's tickets to agents, as far as it tells.</param>
public sealed record HelpdeskGroup(string Id, string Name, bool AssignsByItself = false);

/// <summary>Who this service is in the helpdesk.</summary>
/// <param name="UserId">The vendor's id of the service's own user: the author of its changes.</param>
/// <param name="Name">The name people see beside its notes.</param>
/// <param name="Role">The vendor's word for what it may do.</param>
public sealed record HelpdeskIdentity(string UserId, string Name, string Role);

/// <summary>Where a ticket stands in its life.</summary>
public enum HelpdeskStatus
{
    /// <summary>A word this version doesn't know; treated as open.</summary>
    Unknown = 0,
    New,
    Open,
    Pending,
    OnHold,
    Solved,

    /// <summary>Ended for good: the helpdesk refuses every change.</summary>
    Closed,
    Deleted,
    Spam,
}

public static class HelpdeskStatusWords
{
    /// <summary>Whether nobody has to work on a ticket of this status any more; it may be opened again.</summary>
    public static bool IsEnd(this HelpdeskStatus status) =>
        status is HelpdeskStatus.Solved or HelpdeskStatus.Closed or HelpdeskStatus.Deleted or HelpdeskStatus.Spam;
}

/// <summary>How soon a ticket needs a person, in the helpdesk's four steps.</summary>
public enum TicketPriority
{
    /// <summary>Nobody has set one.</summary>
    [JsonStringEnumMemberName("none")]
    None = 0,

    [JsonStringEnumMemberName("low")]
    Low,

    [JsonStringEnumMemberName("normal")]
    Normal,

    [JsonStringEnumMemberName("high")]
    High,

    [JsonStringEnumMemberName("urgent")]
    Urgent,
}
