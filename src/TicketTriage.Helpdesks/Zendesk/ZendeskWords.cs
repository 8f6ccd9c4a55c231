using System.Globalization;
using System.Text.Json;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>Zendesk's words and records in neutral ones. The API writes words small, events large; unknown ones are let pass.</summary>
internal static class ZendeskWords
{
    public static HelpdeskStatus Status(string? word) => word?.ToLowerInvariant() switch
    {
        "new" => HelpdeskStatus.New,
        "open" => HelpdeskStatus.Open,
        "pending" => HelpdeskStatus.Pending,
        "hold" => HelpdeskStatus.OnHold,
        "solved" => HelpdeskStatus.Solved,
        "closed" or "archived" => HelpdeskStatus.Closed,
        "deleted" or "scrubbed" => HelpdeskStatus.Deleted,
        "spam" => HelpdeskStatus.Spam,
        _ => HelpdeskStatus.Unknown,
    };

    public static TicketPriority Priority(string? word) => word?.ToLowerInvariant() switch
    {
        "low" => TicketPriority.Low,
        "normal" => TicketPriority.Normal,
        "high" => TicketPriority.High,
        "urgent" => TicketPriority.Urgent,
        _ => TicketPriority.None,
    };

    /// <returns><see langword="null"/> for no priority: Zendesk can't be told to take one away.</returns>
    public static string? Word(TicketPriority priority) => priority switch
    {
        TicketPriority.None => null,
        TicketPriority.Low => "low",
        TicketPriority.Normal => "normal",
        TicketPriority.High => "high",
        TicketPriority.Urgent => "urgent",
    };

    /// <param name="id">The ticket's id, and <paramref name="stamp"/> its version: without these two an answer is none.</param>
    /// <param name="fields">What its fields are; <see langword="null"/> where it has none at all.</param>
    public static HelpdeskTicket Ticket(ZendeskTicket ticket, long id, string stamp, ZendeskFieldSet? fields) => new()
    {
        Number = Text(id),
        Subject = ticket.Subject ?? "",
        Status = Status(ticket.Status),
        Priority = Priority(ticket.Priority),
        Tags = ticket.Tags is { } tags ? [.. tags.OfType<string>()] : [],
        GroupId = Text(ticket.GroupId),
        AssigneeId = Text(ticket.AssigneeId),
        RequesterId = Text(ticket.RequesterId),
        ProblemNumber = Text(ticket.ProblemId),
        Fields = fields?.Read(ticket.CustomFields ?? []) ?? new Dictionary<TriageField, string>(),
        CustomFields = fields?.ReadOthers(ticket.CustomFields ?? []) ?? new Dictionary<string, string>(),
        Rating = Rating(ticket.SatisfactionRating),
        Channel = ticket.Via?.Channel is { ValueKind: JsonValueKind.String or JsonValueKind.Number } channel ? channel.ToString() : null,
        CreatedAt = Moment(ticket.CreatedAt),
        UpdatedAt = Moment(stamp),
        Stamp = stamp,
    };

    // Offered and unoffered are no ratings.
    private static TicketRating Rating(JsonElement? rating)
    {
        var score = rating is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("score", out var found) ? found : rating;
        return score is { ValueKind: JsonValueKind.String } word
            ? word.GetString() switch { "good" => TicketRating.Good, "bad" => TicketRating.Bad, _ => TicketRating.None }
            : TicketRating.None;
    }

    /// <param name="author">Who wrote it, where Zendesk still knows.</param>
    public static HelpdeskComment Comment(ZendeskComment comment, ZendeskUser? author) => new()
    {
        Id = Text(comment.Id) ?? "",
        AuthorId = Text(comment.AuthorId),
        AuthorName = author?.Name,
        IsFromCustomer = IsCustomer(comment, author?.Role),
        IsPublic = comment.Public ?? false,
        Html = string.IsNullOrEmpty(comment.HtmlBody) ? null : comment.HtmlBody,
        Text = string.IsNullOrEmpty(comment.PlainBody) ? comment.Body ?? "" : comment.PlainBody,
        CreatedAt = Moment(comment.CreatedAt),
        Attachments = [.. (comment.Attachments ?? []).OfType<ZendeskAttachment>().Select(Attachment)],
    };

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static string? Text(long? id) => id is { } known ? Text(known) : null;

    /// <returns>The earliest moment there is for text that is none: a ticket is worth more than its date.</returns>
    public static DateTimeOffset Moment(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : DateTimeOffset.MinValue;

    private static HelpdeskAttachment Attachment(ZendeskAttachment file) =>
        new(file.FileName ?? "", file.ContentType ?? "application/octet-stream", file.Size ?? 0)
        {
            Address = Uri.TryCreate(file.ContentUrl, UriKind.Absolute, out var address) ? address : null,
        };

    // An author whom Zendesk has forgotten wrote as a customer when the public could read it: customers are deleted on their
    // request. The system itself writes as -1.
    private static bool IsCustomer(ZendeskComment comment, string? role) => role is null
        ? comment is { Public: true, AuthorId: > 0 }
        : string.Equals(role, "end-user", StringComparison.OrdinalIgnoreCase);
}
