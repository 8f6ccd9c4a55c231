using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Helpdesks.Tests.Zendesk;

namespace TicketTriage.Helpdesks.Tests.Freshdesk;

/// <summary>Tickets and conversations as Freshdesk writes them.</summary>
internal static class Wire
{
    /// <param name="changes">A JSON object whose members take the place of the ticket's own.</param>
    public static JsonObject Ticket(string changes = "{}") => Merge("""
        {"id":42,"subject":"Refund","status":2,"priority":1,"source":1,"tags":["vip"],"group_id":null,"responder_id":null,
        "requester_id":7,"spam":false,"type":null,"custom_fields":{"cf_triage_intent":null,"cf_order":98765},
        "description":"<div>Where is my money?</div>","description_text":"Where is my money?","attachments":[],
        "association_type":null,"due_by":null,"fr_due_by":null,"is_escalated":false,"fr_escalated":false,
        "created_at":"2026-11-25T09:30:00Z","updated_at":"2026-11-25T09:30:00Z"}
        """, changes);

    public static RequestDelegate Reads(string changes = "{}") => Reply.Json(Ticket(changes).ToJsonString());

    public static JsonObject Conversation(long id, string changes = "{}") => Merge($$"""
        {"id":{{id}},"user_id":7,"incoming":true,"private":false,"body":"<p>{{id}}</p>","body_text":"{{id}}","source":0,
        "from_email":null,"created_at":"2026-11-25T09:31:00Z","updated_at":"2026-11-25T09:31:00Z","attachments":[]}
        """, changes);

    public static RequestDelegate List(IEnumerable<JsonObject> items, bool hasNext = false) => Reply.Json(
        new JsonArray([.. items]).ToJsonString(), 200, hasNext ? [("link", "<https://acme.example/api/v2/x?page=2>; rel=\"next\"")] : []);

    private static JsonObject Merge(string json, string changes)
    {
        var merged = JsonNode.Parse(json)?.AsObject() ?? [];
        foreach (var (name, value) in JsonNode.Parse(changes)?.AsObject() ?? [])
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }
}
