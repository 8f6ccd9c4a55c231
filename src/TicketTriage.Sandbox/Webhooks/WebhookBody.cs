using System.Buffers;
using System.Globalization;
using System.Text.Json;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Webhooks;

/// <summary>Writes the bodies of webhooks: ids as texts and enumerations in capitals, unlike the REST API.</summary>
internal static class WebhookBody
{
    public const long AccountId = 22_129_848;
    private const string BrandId = "8447346621310";

    public static byte[] Envelope(TicketEvent happening, string eventId, DateTimeOffset at, DeskPeople people)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", happening.Type);
            json.WriteNumber("account_id", AccountId);
            json.WriteString("id", eventId);
            json.WriteString("time", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture));
            json.WriteString("zendesk_event_version", "2022-11-06");
            json.WriteString("subject", $"zen:ticket:{happening.Cause.After.Number}");
            WriteDetail(json, happening.Cause);
            WriteEvent(json, happening, people);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The body that the documentation of triggers suggests: ids and a time, nothing that would need escaping.</summary>
    public static byte[] Trigger(DeskEvent cause)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("ticket_id", Text(cause.After.Number));
            json.WriteString("updated_at", Text(cause.After.UpdatedAt));
            json.WriteString("actor_id", Text(cause.Audit.AuthorId));
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteDetail(Utf8JsonWriter json, DeskEvent cause)
    {
        var ticket = cause.After;
        json.WriteStartObject("detail");
        json.WriteString("actor_id", Text(cause.Audit.AuthorId));
        json.WriteString("assignee_id", Text(ticket.AssigneeId));
        json.WriteString("brand_id", BrandId);
        json.WriteString("created_at", Text(ticket.CreatedAt));
        json.WriteNull("custom_status");
        json.WriteString("description", ticket.Description);
        json.WriteNull("external_id");
        json.WriteNull("form_id");
        json.WriteString("group_id", Text(ticket.GroupId));
        json.WriteString("id", Text(ticket.Number));
        json.WriteBoolean("is_public", true);
        json.WriteNull("organization_id");
        json.WriteString("priority", ticket.Priority?.ToUpperInvariant());
        json.WriteString("requester_id", Text(ticket.RequesterId));
        json.WriteString("status", ticket.Status.ToUpperInvariant());
        json.WriteString("subject", ticket.Subject);
        json.WriteString("submitter_id", Text(ticket.RequesterId));
        json.WriteStartArray("tags");
        foreach (var tag in ticket.Tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteString("type", ticket.Type?.ToUpperInvariant());
        json.WriteString("updated_at", Text(ticket.UpdatedAt));
        json.WriteStartObject("via");
        json.WriteString("channel", ticket.Channel);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter json, TicketEvent happening, DeskPeople people)
    {
        var audit = happening.Cause.Audit;
        json.WriteStartObject("event");
        if (happening.Change is { } change)
        {
            WriteValue(json, "current", change.Field, change.To);
            WriteValue(json, "previous", change.Field, change.From);
        }
        else if (happening.Type.EndsWith(".comment_added", StringComparison.Ordinal) && audit.Comment is { } comment)
        {
            var author = people.FindPerson(comment.AuthorId);
            json.WriteStartObject("comment");
            json.WriteString("id", Text(comment.Id));
            json.WriteString("body", comment.Text);
            json.WriteBoolean("is_public", comment.IsPublic);
            json.WriteStartObject("author");
            json.WriteString("id", Text(comment.AuthorId));
            json.WriteBoolean("is_staff", author is { IsStaff: true });
            json.WriteString("name", author?.Name);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (happening.Cause.Happening != DeskHappening.Created)
        {
            json.WriteStartObject("meta");
            json.WriteStartObject("sequence");
            json.WriteString("id", Text(audit.Id));
            json.WriteNumber("position", happening.Position);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, string field, string? value)
    {
        if (field != "tags")
        {
            json.WriteString(name, field is "status" or "priority" or "type" ? value?.ToUpperInvariant() : value);
            return;
        }

        json.WriteStartArray(name);
        foreach (var tag in (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
    }

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
