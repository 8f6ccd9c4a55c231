using System.Text.Json.Nodes;
using TicketTriage.Journey;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Host.Api;

/// <summary>
/// <c>GET /api/tickets/{helpdesk}/{id}</c>: a ticket's record. <c>POST …/replay</c>: a parked one is tried again.
/// </summary>
internal static class TicketApi
{
    public static async Task<IResult> GetAsync(
        string helpdesk, string id, TicketRecords records, TimeProvider clock, CancellationToken cancellationToken)
    {
        var record = await records.FindAsync(new TicketId(helpdesk, id), cancellationToken);
        return record is null ? Unknown(helpdesk, id) : Results.Text(Answer(record, clock.GetUtcNow()).ToJsonString(), "application/json");
    }

    public static async Task<IResult> ReplayAsync(
        string helpdesk,
        string id,
        ParkedTickets parked,
        TicketRecords records,
        HttpContext context,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var ticket = new TicketId(helpdesk, id);
        if (await parked.ReplayAsync(ticket, context.User.Identity?.Name ?? "somebody", cancellationToken))
        {
            return Results.Text(new JsonObject { ["state"] = TicketState.Received.Word() }.ToJsonString(), "application/json", null, 202);
        }

        return await records.FindAsync(ticket, cancellationToken) is { } record
            ? Results.Problem(
                statusCode: StatusCodes.Status409Conflict,
                detail: $"Ticket {id} of {helpdesk} is not parked but {record.Ticket.State(clock.GetUtcNow())}; there is nothing to replay.")
            : Unknown(helpdesk, id);
    }

    private static IResult Unknown(string helpdesk, string id) =>
        Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: $"No ticket {id} of {helpdesk} was ever heard of.");

    private static JsonObject Answer(TicketRecord record, DateTimeOffset now) => new()
    {
        ["helpdesk"] = record.Ticket.Helpdesk,
        ["id"] = record.Ticket.Number,
        ["state"] = record.Ticket.State(now),
        ["reason"] = record.Ticket.Reason,
        ["firstSeenAt"] = record.Ticket.FirstSeenAt,
        ["changedAt"] = record.Ticket.ChangedAt,
        ["nextTryAt"] = record.Ticket.NextAt,
        ["triage"] = record.LastTriage is { } triage ? Triage(triage) : null,
        ["versions"] = record.LastTriage is { } decided ? JsonNode.Parse(decided.Versions) : null,
        ["deliveries"] = new JsonArray([.. record.Deliveries.Select(delivery => new JsonObject
        {
            ["key"] = delivery.Key,
            ["event"] = delivery.EventType,
            ["receivedAt"] = delivery.ReceivedAt,
        })]),
        ["writeBacks"] = new JsonArray([.. record.WriteBacks.Select(writeBack => new JsonObject
        {
            ["triage"] = writeBack.TriageId,
            ["state"] = writeBack.State,
            ["sentAt"] = writeBack.SentAt,
            ["endedAt"] = writeBack.EndedAt,
            ["audit"] = writeBack.AuditId,
            ["reason"] = writeBack.Reason,
            ["change"] = JsonNode.Parse(writeBack.Change),
        })]),
        ["agents"] = new JsonArray([.. record.Choices.Select(choice => new JsonObject
        {
            ["agent"] = choice.AgentId,
            ["givenAt"] = choice.At,
            ["reasons"] = new JsonArray([.. choice.Reasons.Select(reason => JsonValue.Create(reason))]),
        })]),
    };

    private static JsonObject Triage(StoredTriage stored)
    {
        var understanding = JsonNode.Parse(stored.Understanding)
            ?? throw new InvalidOperationException($"Triage {stored.Id} is stored without its understanding.");
        return new JsonObject
        {
            ["id"] = stored.Id,
            ["decidedAt"] = stored.DecidedAt,
            ["intent"] = understanding["intent"]?.DeepClone(),
            ["priority"] = JsonNode.Parse(stored.Priority),
            ["risk"] = understanding["risk"]?.GetValue<string>().ToLowerInvariant(),
            ["sentiment"] = understanding["sentiment"]?.DeepClone(),
            ["mood"] = understanding["mood"]?.DeepClone(),
            ["language"] = understanding["language"]?.DeepClone(),
            ["product"] = understanding["product"]?.DeepClone(),
            ["signals"] = understanding["signals"]?.DeepClone(),
            ["fields"] = understanding["fields"]?.DeepClone(),
            ["missing"] = understanding["missing"]?.DeepClone(),
            ["examples"] = understanding["examples"]?.DeepClone(),
            ["standsInBecause"] = understanding["standsInBecause"]?.DeepClone(),
            ["summary"] = understanding["summary"]?.DeepClone(),
            ["route"] = JsonNode.Parse(stored.Route),
            ["draft"] = JsonNode.Parse(stored.Draft),
        };
    }
}
