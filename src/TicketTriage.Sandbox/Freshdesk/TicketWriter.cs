using System.Globalization;
using System.Text.Json.Nodes;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>Turns what the desk keeps into what Freshdesk's API answers about tickets.</summary>
/// <param name="address">The sandbox's own address, where attachments lie.</param>
internal sealed class TicketWriter(TicketDesk desk, TimeProvider clock, string address)
{
    private const int MostEmbeddedConversations = 10;

    public string Address => address;

    /// <param name="include">What was asked for beside the ticket.</param>
    /// <param name="isWhole">True for a single ticket, which has its description and files.</param>
    public TicketWire Write(SandboxTicket ticket, IReadOnlyList<string> include, bool isWhole)
    {
        var comments = desk.ListEvery(ticket.Number);
        var first = comments[0];
        var hasText = isWhole || include.Contains("description");
        var due = desk.ReadDeadlines(ticket);
        var isOver = ticket.Status is "solved" or "closed";
        var isAnswered = FirstAnswer(comments) is not null;
        return new()
        {
            Id = ticket.Number,
            Subject = ticket.Subject,
            Status = FreshdeskWords.StatusOf(ticket).Code,
            Priority = FreshdeskWords.PriorityOf(ticket).Code,
            Source = FreshdeskWords.SourceOf(ticket.Channel),
            Type = ticket.Type,
            GroupId = ticket.GroupId,
            ResponderId = ticket.AssigneeId,
            RequesterId = ticket.RequesterId,
            Tags = ticket.Tags,
            CustomFields = WriteFields(ticket),
            DueBy = due?.Resolution.UtcDateTime,
            FrDueBy = due?.FirstResponse.UtcDateTime,
            IsEscalated = !isOver && due?.Resolution < clock.GetUtcNow(),
            FrEscalated = !isAnswered && due?.FirstResponse < clock.GetUtcNow(),
            Spam = ticket.IsSpam,
            Deleted = ticket is { Status: "deleted", IsSpam: false },
            CreatedAt = ticket.CreatedAt.UtcDateTime,
            UpdatedAt = ticket.UpdatedAt.UtcDateTime,
            Description = hasText ? first.Html : null,
            DescriptionText = hasText ? first.Text : null,
            Attachments = isWhole ? WriteFiles(first) : null,
            Conversations = include.Contains("conversations")
                ? [.. comments.Skip(1).Take(MostEmbeddedConversations).Select(comment => Write(ticket.Number, comment))]
                : null,
            Requester = include.Contains("requester") ? WriteRequester(ticket.RequesterId) : null,
            Company = include.Contains("company") ? new JsonObject() : null,
            Stats = include.Contains("stats") ? WriteStats(ticket, comments) : null,
        };
    }

    public ConversationWire Write(long ticket, SandboxComment comment)
    {
        var author = desk.People.FindPerson(comment.AuthorId);
        var isIncoming = author is not { IsStaff: true };
        return new()
        {
            Id = comment.Id,
            TicketId = ticket,
            Body = comment.Html,
            BodyText = comment.Text,
            Incoming = isIncoming,
            Private = !comment.IsPublic,
            Source = comment.IsPublic ? 0 : 2,
            UserId = comment.AuthorId,
            FromEmail = isIncoming ? author?.Email : null,
            Attachments = WriteFiles(comment),
            CreatedAt = comment.CreatedAt.UtcDateTime,
            UpdatedAt = comment.CreatedAt.UtcDateTime,
        };
    }

    public static SummaryWire Write(long ticket, SandboxSummary summary)
    {
        var isEdited = summary.UpdatedAt != summary.CreatedAt;
        return new(
            summary.Html, PlainText.FromHtml(summary.Html), summary.Id, summary.AuthorId, ticket, summary.CreatedAt.UtcDateTime,
            summary.UpdatedAt.UtcDateTime, isEdited ? summary.UpdatedAt.UtcDateTime : null, isEdited ? summary.AuthorId : null);
    }

    /// <summary>Every field of the account, also those without a value.</summary>
    private Dictionary<string, JsonNode?> WriteFields(SandboxTicket ticket) => desk.Fields.All.ToDictionary(
        field => FreshdeskUpdate.CustomPrefix + field.Name,
        JsonNode? (field) => ticket.CustomFields.TryGetValue(field.Name, out var value) ? WriteValue(field.Kind, value) : null);

    private static JsonValue? WriteValue(SandboxFieldKind kind, string value) => kind switch
    {
        SandboxFieldKind.Checkbox => JsonValue.Create(value == "true"),
        SandboxFieldKind.Number => JsonValue.Create(decimal.Parse(value, NumberStyles.Number, CultureInfo.InvariantCulture)),
        SandboxFieldKind.Text or SandboxFieldKind.Choice or SandboxFieldKind.Date => JsonValue.Create(value),
    };

    private RequesterWire? WriteRequester(long id) =>
        desk.People.FindPerson(id) is { } person ? new(person.Id, person.Name, person.Email, null, null) : null;

    private StatsWire WriteStats(SandboxTicket ticket, IReadOnlyList<SandboxComment> comments)
    {
        DateTime? since = ticket.Status is "solved" or "closed" ? ticket.UpdatedAt.UtcDateTime : null;
        var fromStaff = comments.Where(comment => comment.IsPublic && desk.People.FindPerson(comment.AuthorId) is { IsStaff: true });
        var fromRequester = comments.Skip(1).Where(comment => comment.AuthorId == ticket.RequesterId);
        return new(
            fromStaff.LastOrDefault()?.CreatedAt.UtcDateTime,
            fromRequester.LastOrDefault()?.CreatedAt.UtcDateTime,
            FirstAnswer(comments)?.UtcDateTime,
            ticket.UpdatedAt.UtcDateTime,
            null,
            since,
            ticket.Status == "closed" ? since : null,
            ticket.Status == "pending" ? ticket.UpdatedAt.UtcDateTime : null);
    }

    private DateTimeOffset? FirstAnswer(IEnumerable<SandboxComment> comments) => comments
        .FirstOrDefault(comment => comment.IsPublic && desk.People.FindPerson(comment.AuthorId) is { IsStaff: true })?.CreatedAt;

    private AttachmentWire[] WriteFiles(SandboxComment comment) =>
    [
        .. comment.Attachments.Select((file, place) => new AttachmentWire(
            comment.Id + place, file.FileName, file.ContentType, file.Size,
            file.Elsewhere?.ToString() ?? $"{address}/attachments/{comment.Id + place}?name={Uri.EscapeDataString(file.FileName)}",
            comment.CreatedAt.UtcDateTime, comment.CreatedAt.UtcDateTime)),
    ];
}
