using System.Globalization;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>Freshdesk's codes and records in neutral words. Accounts add codes of their own; unknown ones are let pass.</summary>
internal static class FreshdeskWords
{
    public const int Pending = 3;
    public const int Resolved = 4;
    public const int Closed = 5;

    private const int Low = 1;
    private const int Phone = 3;
    private const int OutboundEmail = 10;
    private const int Related = 4;

    public static HelpdeskStatus Status(FreshdeskTicket ticket) => ticket switch
    {
        { Spam: true } => HelpdeskStatus.Spam,
        { Deleted: true } => HelpdeskStatus.Deleted,
        { Archived: true } or { Status: Closed } => HelpdeskStatus.Closed,
        { Status: 2 } => HelpdeskStatus.Open,
        { Status: Pending } => HelpdeskStatus.Pending,
        { Status: Resolved } => HelpdeskStatus.Solved,
        _ => HelpdeskStatus.Unknown,
    };

    /// <summary>
    /// Freshdesk gives every new ticket the lowest priority. On one that came in by itself and that nobody has yet, that is nobody's
    /// choice; an agent who writes a ticket down has the field before the eyes.
    /// </summary>
    public static TicketPriority Priority(FreshdeskTicket ticket) => ticket.Priority switch
    {
        Low when ticket is { ResponderId: null, Source: not (Phone or OutboundEmail) } => TicketPriority.None,
        Low => TicketPriority.Low,
        2 => TicketPriority.Normal,
        3 => TicketPriority.High,
        4 => TicketPriority.Urgent,
        _ => TicketPriority.None,
    };

    /// <returns><see langword="null"/> for no priority, which Freshdesk doesn't have.</returns>
    public static int? Code(TicketPriority priority) => priority switch
    {
        TicketPriority.None => null,
        TicketPriority.Low => Low,
        TicketPriority.Normal => 2,
        TicketPriority.High => 3,
        TicketPriority.Urgent => 4,
    };

    /// <param name="id">The ticket's id, and <paramref name="updatedAt"/> its last change: without these two an answer is none.</param>
    /// <param name="closed">The names of the account's own fields with a closed list of choices.</param>
    public static HelpdeskTicket Ticket(FreshdeskTicket ticket, long id, string updatedAt, IReadOnlySet<string> closed) => new()
    {
        Number = Text(id),
        Subject = ticket.Subject ?? "",
        Status = Status(ticket),
        Priority = Priority(ticket),
        Tags = ticket.Tags is { } tags ? [.. tags.OfType<string>()] : [],
        GroupId = Text(ticket.GroupId),
        AssigneeId = Text(ticket.ResponderId),
        RequesterId = Text(ticket.RequesterId),
        ProblemNumber = Tracker(ticket),
        Fields = FreshdeskFields.Values(ticket.CustomFields),
        CustomFields = FreshdeskFields.OtherValues(ticket.CustomFields, closed),
        Channel = Channel(ticket.Source),
        CreatedAt = Moment(ticket.CreatedAt),
        UpdatedAt = Moment(updatedAt),
        Stamp = FreshdeskStamp.Of(ticket, updatedAt),
    };

    /// <summary>The ticket's own text, which Freshdesk doesn't count among the conversations.</summary>
    public static HelpdeskComment Description(FreshdeskTicket ticket) => new()
    {
        Id = "description",
        AuthorId = Text(ticket.RequesterId),
        AuthorName = ticket.Requester?.Name,
        IsFromCustomer = ticket.Source != OutboundEmail,
        IsPublic = true,
        Html = string.IsNullOrEmpty(ticket.Description) ? null : ticket.Description,
        Text = ticket.DescriptionText ?? "",
        CreatedAt = Moment(ticket.CreatedAt),
        Attachments = Attachments(ticket.Attachments),
    };

    public static HelpdeskComment Comment(FreshdeskConversation conversation, FreshdeskTicket ticket) => new()
    {
        Id = Text(conversation.Id) ?? "",
        AuthorId = Text(conversation.UserId),
        AuthorName = IsRequester(conversation, ticket) ? ticket.Requester?.Name : NameBefore(conversation.FromEmail),
        IsFromCustomer = conversation.Incoming == true || (IsRequester(conversation, ticket) && conversation.Private != true),
        // What isn't said to be public is for agents.
        IsPublic = conversation.Private == false,
        Html = string.IsNullOrEmpty(conversation.Body) ? null : conversation.Body,
        Text = conversation.BodyText ?? "",
        CreatedAt = Moment(conversation.CreatedAt),
        Attachments = Attachments(conversation.Attachments),
    };

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static string? Text(long? id) => id is { } known ? Text(known) : null;

    public static bool IsId(string? text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0;

    /// <returns>The earliest moment there is for text that is none: a ticket is worth more than its date.</returns>
    public static DateTimeOffset Moment(string? text) => MomentOrNull(text) ?? DateTimeOffset.MinValue;

    public static DateTimeOffset? MomentOrNull(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : null;

    // Of what is tied together, only a tracker is a problem with its incidents; it stands alone in the list of a related ticket.
    private static string? Tracker(FreshdeskTicket ticket) =>
        ticket is { AssociationType: Related, AssociatedTicketsList: { ValueKind: System.Text.Json.JsonValueKind.Array } list }
        && list.GetArrayLength() == 1
            ? list[0].ToString()
            : null;

    private static string? Channel(int? source) => source switch
    {
        1 => "email",
        2 => "portal",
        Phone => "phone",
        4 => "forum",
        5 => "twitter",
        6 => "facebook",
        7 => "chat",
        9 => "feedback widget",
        OutboundEmail => "outbound email",
        null => null,
        _ => source.Value.ToString(CultureInfo.InvariantCulture),
    };

    private static bool IsRequester(FreshdeskConversation conversation, FreshdeskTicket ticket) =>
        conversation.UserId is { } author && author == ticket.RequesterId;

    // "Kim Park" <kim@example.com>
    private static string? NameBefore(string? address)
    {
        var end = address?.IndexOf('<', StringComparison.Ordinal) ?? -1;
        var name = end > 0 ? address?[..end].Trim(' ', '"') : null;
        return string.IsNullOrEmpty(name) ? null : name;
    }

    private static List<HelpdeskAttachment> Attachments(IReadOnlyList<FreshdeskAttachment?>? files) =>
    [
        .. from file in (files ?? []).OfType<FreshdeskAttachment>()
           select new HelpdeskAttachment(file.Name ?? "", file.ContentType ?? "application/octet-stream", file.Size ?? 0)
           {
               Address = Uri.TryCreate(file.AttachmentUrl, UriKind.Absolute, out var address) ? address : null,
           },
    ];
}
