using System.Text.Json.Nodes;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Host.Tickets;

/// <summary>A ticket in the list.</summary>
/// <param name="Intent">Empty where nothing was decided yet; the same goes for the next two.</param>
public sealed record TicketLine(
    string Helpdesk, string Number, DateTimeOffset FirstSeenAt, string State, string? Reason, string Intent, string Priority, string Group)
{
    public static TicketLine Of(StoredTicket ticket, StoredTriage? triage, DateTimeOffset now) => new(
        ticket.Helpdesk,
        ticket.Number,
        ticket.FirstSeenAt,
        ticket.State(now),
        ticket.Reason,
        Word(triage?.Understanding, "intent", "value"),
        Word(triage?.Priority, "value"),
        Word(triage?.Route, "group"));

    private static string Word(string? json, params string[] path)
    {
        var node = json is null ? null : JsonNode.Parse(json);
        foreach (var step in path)
        {
            node = node?[step];
        }

        return (string?)node ?? "";
    }
}
