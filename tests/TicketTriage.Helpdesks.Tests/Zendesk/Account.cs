namespace TicketTriage.Helpdesks.Tests.Zendesk;

/// <summary>Answers about an account as a whole.</summary>
internal static class Account
{
    public const string Fields = "GET /api/v2/ticket_fields";
    public const string Webhooks = "GET /api/v2/webhooks";
    public const string Self = "GET /api/v2/users/me";

    /// <summary>The triage's fields as <c>connect</c> makes them, beside two of the account's own.</summary>
    public const string AllFields = """
        {"ticket_fields":[
        {"id":1,"type":"subject","title":"Subject","active":true,"custom_field_options":null},
        {"id":2,"type":"tagger","title":"Colour","active":true,"custom_field_options":[{"id":1,"name":"Red","value":"red"}]},
        {"id":11,"type":"tagger","title":"Triage intent","raw_title":"Triage intent","active":true,"agent_description":null,
         "custom_field_options":[{"id":5,"name":"billing/refund","value":"triage_intent_billing_refund"},
                                 {"id":6,"name":"orders/late","value":"triage_intent_orders_late"}]},
        {"id":12,"type":"tagger","title":"Triage sentiment","active":true,
         "custom_field_options":[{"id":7,"name":"negative","value":"triage_sentiment_negative"}]},
        {"id":13,"type":"text","title":"Triage language","active":true},
        {"id":14,"type":"text","title":"Triage product","active":true},
        {"id":15,"type":"textarea","title":"Triage summary","active":true}]}
        """;

    /// <summary>Lets the account be asked once what it can do, by an administrator whose account has everything.</summary>
    public static void PlanAbilities(this ScriptedZendesk zendesk, string fields = AllFields)
    {
        zendesk.Plan(Fields, Reply.Json(fields));
        zendesk.Plan("GET /api/v2/tickets", Reply.Json("""{"tickets":[{"id":42,"slas":{"policy_metrics":[]}}]}"""));
        zendesk.Plan("GET /api/v2/routing/attributes", Reply.Json("""{"attributes":[{"id":"a1","name":"Language"}]}"""));
        zendesk.Plan("GET /api/v2/agent_availabilities", Reply.Json("""{"data":[],"meta":{"has_more":false}}"""));
    }

    public static Microsoft.AspNetCore.Http.RequestDelegate Forbidden() => Reply.Json("""{"error":"Forbidden"}""", 403);

    public static Microsoft.AspNetCore.Http.RequestDelegate Unknown() => Reply.Json("""{"error":"RecordNotFound"}""", 404);
}
