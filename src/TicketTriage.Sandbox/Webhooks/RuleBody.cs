using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Freshdesk;

namespace TicketTriage.Sandbox.Webhooks;

/// <summary>Writes the bodies that administrators set up: values in display words, put in as text.</summary>
internal static class RuleBody
{
    public static byte[] Simple(DeskEvent cause, DeskPeople people)
    {
        var ticket = cause.After;
        return Bytes(new JsonObject
        {
            ["freshdesk_webhook"] = new JsonObject
            {
                ["ticket_id"] = ticket.Number,
                ["ticket_subject"] = ticket.Subject,
                ["ticket_status"] = FreshdeskWords.StatusOf(ticket).Label,
                ["ticket_priority"] = FreshdeskWords.PriorityOf(ticket).Label,
                ["ticket_requester_email"] = people.FindPerson(ticket.RequesterId)?.Email,
                ["triggered_event"] = EventOf(cause),
            },
        }.ToJsonString());
    }

    public static byte[] Advanced(DeskEvent cause) => Bytes(new JsonObject
    {
        ["ticket_id"] = Number(cause.After.Number),
        ["triggered_event"] = EventOf(cause),
    }.ToJsonString());

    /// <summary>What comes of placeholders without quotes, and of texts that have quotes of their own.</summary>
    public static byte[] Broken(DeskEvent cause) => Bytes(
        $$"""{"ticket_id": "{{cause.After.Number}}", "subject": "He wrote "{{cause.After.Subject}}"", "event": {{EventOf(cause)}} }""");

    public static byte[] Fill(string template, DeskEvent cause, DeskPeople people)
    {
        var ticket = cause.After;
        var text = new StringBuilder(template);
        foreach (var (placeholder, value) in new Dictionary<string, string?>
        {
            ["ticket.id"] = Number(ticket.Number),
            ["ticket.subject"] = ticket.Subject,
            ["ticket.title"] = ticket.Subject,
            ["ticket.status"] = FreshdeskWords.StatusOf(ticket).Label,
            ["ticket.priority"] = FreshdeskWords.PriorityOf(ticket).Label,
            ["ticket.tags"] = string.Join(' ', ticket.Tags),
            ["ticket.updated_at"] = Time(ticket.UpdatedAt),
            ["ticket.updated_at_with_timestamp"] = Time(ticket.UpdatedAt),
            ["ticket.modified_on"] = Time(ticket.UpdatedAt),
            ["ticket.requester.email"] = people.FindPerson(ticket.RequesterId)?.Email,
            ["current_user.id"] = Number(cause.Audit.AuthorId),
            ["triggered_event"] = EventOf(cause),
        })
        {
            text.Replace($"{{{{{placeholder}}}}}", value ?? "");
        }

        return Bytes(text.ToString());
    }

    /// <summary>Looks like JSON and is none.</summary>
    private static string EventOf(DeskEvent cause)
    {
        if (cause.Happening == DeskHappening.Created)
        {
            return "{ticket_action:created}";
        }

        var parts = cause.Audit.Changes.Select(change => $"{change.Field}:{{from:{change.From ?? "--"},to:{change.To ?? "--"}}}").ToList();
        if (cause.Audit.Comment is { } comment)
        {
            parts.Add(comment.IsPublic ? "reply_sent:sent" : "note_type:private");
        }

        return $"{{{string.Join(',', parts)}}}";
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
