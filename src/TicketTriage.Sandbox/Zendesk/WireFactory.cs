using System.Text.Json;
using System.Text.Json.Nodes;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>Turns what the desk keeps into what Zendesk's REST API answers.</summary>
/// <param name="address">The sandbox's own address; the vendor writes absolute addresses into its answers.</param>
internal sealed class WireFactory(string address, DateTimeOffset accountSince, TicketDesk desk)
{
    private static readonly JsonElement SystemMetadata = MetadataWire.EmptyObject;

    public string Address => address;

    public TicketWire Write(SandboxTicket ticket) => Write(ticket, slas: null, metricSet: null);

    /// <param name="slas">What the service levels tell, where that was asked for.</param>
    /// <param name="metricSet">When what happened to it, where that was asked for.</param>
    public TicketWire Write(SandboxTicket ticket, JsonNode? slas, JsonNode? metricSet) => new()
    {
        Url = $"{address}/api/v2/tickets/{ticket.Number}.json",
        Id = ticket.Number,
        Via = new(ticket.Channel),
        CreatedAt = ticket.CreatedAt.UtcDateTime,
        UpdatedAt = ticket.UpdatedAt.UtcDateTime,
        GeneratedTimestamp = ticket.GeneratedAt,
        Type = ticket.Type,
        Subject = ticket.Subject,
        RawSubject = ticket.Subject,
        Description = ticket.Description,
        Priority = ticket.Priority,
        Status = ticket.Status,
        RequesterId = ticket.RequesterId,
        SubmitterId = ticket.RequesterId,
        AssigneeId = ticket.AssigneeId,
        GroupId = ticket.GroupId,
        Tags = ticket.Tags,
        ProblemId = ticket.ProblemId,
        HasIncidents = ticket.Type == "problem" && desk.HasIncidents(ticket.Number),
        CustomFields = WriteFields(ticket),
        Fields = WriteFields(ticket),
        Slas = slas,
        MetricSet = metricSet,
        SatisfactionRating = new JsonObject { ["score"] = ticket.Rating ?? "unoffered" },
    };

    public CommentWire Write(SandboxComment comment) => new()
    {
        Id = comment.Id,
        AuthorId = comment.AuthorId,
        Body = comment.Text,
        HtmlBody = comment.Html,
        PlainBody = comment.Text,
        Public = comment.IsPublic,
        Attachments = [.. comment.Attachments.Select((attachment, index) => Write(comment.Id + index, attachment))],
        AuditId = comment.AuditId,
        Via = new(comment.Channel),
        CreatedAt = comment.CreatedAt.UtcDateTime,
    };

    public static AuditWire Write(SandboxAudit audit)
    {
        var events = new List<AuditEventWire>();
        if (audit.Comment is { } comment)
        {
            events.Add(new()
            {
                Id = comment.Id,
                Type = "Comment",
                AuthorId = comment.AuthorId,
                Body = comment.Text,
                HtmlBody = comment.Html,
                PlainBody = comment.Text,
                Public = comment.IsPublic,
            });
        }

        events.AddRange(audit.Changes.Select((change, index) => new AuditEventWire
        {
            Id = audit.Id * 100 + index,
            Type = "Change",
            FieldName = change.Field,
            Value = ValueOf(change.Field, change.To),
            PreviousValue = ValueOf(change.Field, change.From),
        }));

        return new()
        {
            Id = audit.Id,
            TicketId = audit.TicketNumber,
            CreatedAt = audit.CreatedAt.UtcDateTime,
            AuthorId = audit.AuthorId,
            Via = new(audit.Channel),
            Metadata = audit.Metadata is null ? MetadataWire.Empty : new(SystemMetadata, Parse(audit.Metadata)),
            Events = events,
        };
    }

    public UserWire Write(SandboxPerson person) => new()
    {
        Url = $"{address}/api/v2/users/{person.Id}.json",
        Id = person.Id,
        Name = person.Name,
        Email = person.Email,
        Role = person.Role,
    };

    /// <summary>Whom the vendor takes a caller for whose credentials it doesn't know.</summary>
    public UserWire WriteAnonymous() => new()
    {
        Url = $"{address}/api/v2/users/.json",
        Name = "Anonymous user",
        Email = "invalid@example.com",
        Role = "end-user",
        Active = false,
        Verified = false,
    };

    public GroupWire Write(SandboxGroup group, bool isDefault)
    {
        var since = accountSince.UtcDateTime;
        var url = $"{address}/api/v2/groups/{group.Id}.json";
        return new(url, group.Id, group.Name, "", isDefault, IsPublic: true, Deleted: false, since, since);
    }

    private FieldValueWire[] WriteFields(SandboxTicket ticket) =>
        [.. desk.Fields.All.Where(field => field.IsActive).Select(field => new FieldValueWire(field.Id, WriteValue(field, ticket)))];

    private static JsonValue? WriteValue(SandboxField field, SandboxTicket ticket) =>
        !ticket.CustomFields.TryGetValue(field.Name, out var value) ? null
        : field.Kind == SandboxFieldKind.Checkbox ? JsonValue.Create(value == "true")
        : JsonValue.Create(value);

    private AttachmentWire Write(long id, SandboxAttachment attachment)
    {
        var content = attachment.Elsewhere?.ToString()
            ?? $"{address}/attachments/token/{id}/?name={Uri.EscapeDataString(attachment.FileName)}";
        return new(
            id, attachment.FileName, content, content, attachment.ContentType, attachment.Size,
            Inline: false, Deleted: false, $"{address}/api/v2/attachments/{id}.json");
    }

    private static object? ValueOf(string field, string? value) =>
        field == "tags" ? (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries) : value;

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
