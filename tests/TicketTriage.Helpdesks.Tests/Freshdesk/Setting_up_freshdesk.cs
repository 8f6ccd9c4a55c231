using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Helpdesks.Tests.Zendesk;

namespace TicketTriage.Helpdesks.Tests.Freshdesk;

[CancelAfter(30_000)]
public class Setting_up_freshdesk
{
    private static readonly SetupWish Wish = new(
        new Uri("https://triage.acme.example/webhooks/acme"), "the secret", "triage_",
        new Dictionary<TriageField, IReadOnlyList<string>> { [TriageField.Sentiment] = ["negative", "neutral", "positive"] });

    [Test]
    public async Task The_plan_names_what_is_missing_and_changes_nothing()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET admin/ticket_fields", Reply.Json("""
            [{"id":1,"name":"cf_triage_intent_297457","type":"custom_text"},{"id":2,"name":"cf_triage_sentiment","type":"custom_dropdown"}]
            """));
        connected.Freshdesk.Plan("GET admin/ticket_fields/2", Reply.Json(
            """{"id":2,"name":"cf_triage_sentiment","type":"custom_dropdown","choices":[{"id":11,"value":"negative"}]}"""));
        connected.Freshdesk.Plan("GET automations/1/rules", Rules("the secret", active: true));
        connected.Freshdesk.Plan("GET automations/4/rules", Rules("an older secret", active: true), Rules("an older secret", active: true));

        var plan = await connected.Setup.PlanAsync(Wish, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Select(step => (step.Name, step.IsThere)), Is.EqualTo(new[]
            {
                ("field-intent", true), ("field-sentiment", false), ("field-language", false), ("field-product", false),
                ("field-summary", false), ("rule-new", true), ("rule-update", false), ("rule-agents", false),
            }));
            Assert.That(plan[1].What, Is.EqualTo("Add to the ticket field \"Triage sentiment\" the choices neutral, positive."));
            Assert.That(plan[6].What, Does.StartWith("Put the secret of this service into the automation rule"));
            Assert.That(plan.Select(step => step.WhyNot), Is.All.Null);
        }
    }

    [Test]
    public async Task Whoever_only_checks_need_not_know_the_address_from_outside()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET admin/ticket_fields", Reply.Json("[]"));
        connected.Freshdesk.Plan("GET automations/1/rules", Rules("the secret", active: true));
        connected.Freshdesk.Plan("GET automations/4/rules", Rules("the secret", active: true), Rules("the secret", active: true));

        var plan = await connected.Setup.PlanAsync(Wish with { WebhookAddress = new Uri("http://localhost/webhooks/acme") }, Patience());

        Assert.That(plan.Where(step => step.IsThere).Select(step => step.Name), Is.EqualTo(new[] { "rule-new", "rule-update" }));
    }

    [Test]
    public async Task Without_the_right_the_plan_says_what_then_does_not_work()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET admin/ticket_fields", Denied());
        connected.Freshdesk.Plan("GET automations/1/rules", Denied());
        connected.Freshdesk.Plan("GET automations/4/rules", Denied(), Denied());

        var plan = await connected.Setup.PlanAsync(Wish, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Select(step => step.WhyNot), Has.None.Null);
            Assert.That(plan[^1].WhyNot, Does.EndWith("tickets are found by looking every few minutes only."));
        }
    }

    [Test]
    public async Task A_rule_reports_ids_and_a_time_of_what_customers_do()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET automations/4/rules", Reply.Json("""{"rules":[]}"""));
        connected.Freshdesk.Plan("POST automations/4/rules", Reply.Json("""{"id":9}""", 201));

        var told = await connected.Setup.CarryOutAsync(new SetupStep("rule-update", "", IsThere: false), Wish, Patience());

        var expected = JsonNode.Parse("""
            {"name":"TicketTriage acme: customers' answers","active":true,"performer":{"type":2},
            "events":[{"field_name":"reply_sent"},{"field_name":"note_type","value":"public"}],
            "conditions":[{"name":"condition_set_1","match_type":"all","properties":
            [{"resource_type":"ticket","field_name":"priority","operator":"in","value":[1,2,3,4]}]}],
            "actions":[{"field_name":"trigger_webhook","request_type":"POST","url":"https://triage.acme.example/webhooks/acme",
            "content_type":"JSON","content_layout":"2",
            "content":{"ticket_id":"{{ticket.id}}","triggered_event":"{{triggered_event}}","updated_at":"{{ticket.modified_on}}"},
            "custom_headers":{"X-TicketTriage-Token":"the secret"}}]}
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo("The automation rule \"TicketTriage acme: customers' answers\" was made."));
            Assert.That(JsonNode.DeepEquals(Sent(connected), expected), $"{Sent(connected)}");
        }
    }

    [Test]
    public async Task A_rule_of_its_own_reports_what_agents_do_beside_the_one_for_customers()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET automations/4/rules", Rules("the secret", active: true));
        connected.Freshdesk.Plan("POST automations/4/rules", Reply.Json("""{"id":9}""", 201));

        await connected.Setup.CarryOutAsync(new SetupStep("rule-agents", "", IsThere: false), Wish, Patience());

        var expected = JsonNode.Parse("""
            [{"field_name":"reply_sent"},{"field_name":"status","from":"--","to":"--"},{"field_name":"responder_id","from":"--","to":"--"}]
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Sent(connected)?["performer"]?["type"]?.GetValue<int>(), Is.EqualTo(1));
            Assert.That(JsonNode.DeepEquals(Sent(connected)?["events"], expected), $"{Sent(connected)}");
        }
    }

    [TestCase("""{"type":1}""")]
    [TestCase("""[{"type":1}]""")]
    public async Task The_rule_of_agents_is_known_by_who_performs_it(string performer)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var rules = Reply.Json($$"""
            {"rules":[{"id":6,"name":"Agents","active":true,"performer":{{performer}},"actions":[{"field_name":"trigger_webhook",
            "url":"https://triage.acme.example/webhooks/acme"}]}]}
            """);
        connected.Freshdesk.Plan("GET automations/4/rules", rules, rules);
        connected.Freshdesk.Plan("PUT automations/4/rules/6", Reply.Json("""{"id":6}"""));
        connected.Freshdesk.Plan("POST automations/4/rules", Reply.Json("""{"id":9}""", 201));

        var ofAgents = await connected.Setup.CarryOutAsync(new SetupStep("rule-agents", "", IsThere: false), Wish, Patience());
        var ofCustomers = await connected.Setup.CarryOutAsync(new SetupStep("rule-update", "", IsThere: false), Wish, Patience());

        Assert.That((ofAgents.Split(' ')[^1], ofCustomers.Split(' ')[^1]), Is.EqualTo(("renewed.", "made.")));
    }

    [Test]
    public async Task A_rule_that_is_there_is_renewed_and_not_doubled()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET automations/1/rules", Rules("an older secret", active: false));
        connected.Freshdesk.Plan("PUT automations/1/rules/5", Reply.Json("""{"id":5}"""));

        var told = await connected.Setup.CarryOutAsync(new SetupStep("rule-new", "", IsThere: false), Wish, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Does.EndWith("was renewed."));
            Assert.That(JsonNode.Parse(connected.Freshdesk.Calls[^1].Body)?["performer"], Is.Null);
        }
    }

    [Test]
    public async Task A_field_is_made_with_its_choices_and_hidden_from_customers()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET admin/ticket_fields", Reply.Json("[]"));
        connected.Freshdesk.Plan("POST admin/ticket_fields", Reply.Json("""{"id":22,"name":"cf_triage_sentiment_297457"}""", 201));

        var told = await connected.Setup.CarryOutAsync(new SetupStep("field-sentiment", "", IsThere: false), Wish, Patience());

        var expected = JsonNode.Parse("""
            {"label":"Triage sentiment","label_for_customers":"Triage sentiment","type":"custom_dropdown","customers_can_edit":false,
            "displayed_to_customers":false,
            "choices":[{"value":"negative","position":1},{"value":"neutral","position":2},{"value":"positive","position":3}]}
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo("The ticket field \"Triage sentiment\" was made."));
            Assert.That(JsonNode.DeepEquals(Sent(connected), expected), $"{Sent(connected)}");
        }
    }

    [Test]
    public async Task Choices_are_added_to_those_that_are_there()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        const string Field = """{"id":2,"name":"cf_triage_sentiment","type":"custom_dropdown","choices":[{"id":11,"value":"negative"}]}""";
        connected.Freshdesk.Plan("GET admin/ticket_fields", Reply.Json($"[{Field}]"));
        connected.Freshdesk.Plan("GET admin/ticket_fields/2", Reply.Json(Field));
        connected.Freshdesk.Plan("PUT admin/ticket_fields/2", Reply.Json(Field));

        await connected.Setup.CarryOutAsync(new SetupStep("field-sentiment", "", IsThere: false), Wish, Patience());

        var expected = JsonNode.Parse("""
            {"choices":[{"value":"negative","position":1,"id":11},{"value":"neutral","position":2},{"value":"positive","position":3}]}
            """);
        Assert.That(JsonNode.DeepEquals(Sent(connected), expected), $"{Sent(connected)}");
    }

    [Test]
    public void A_step_of_another_plan_is_refused()
    {
        Assert.That(async () =>
        {
            await using var connected = await ConnectedFreshdesk.StartAsync();
            await connected.Setup.CarryOutAsync(new SetupStep("trigger", "", IsThere: false), Wish, Patience());
        }, Throws.ArgumentException);
    }

    [TestCase("the secret", "the secret")]
    [TestCase("********", null)]
    public async Task The_secret_is_read_back_where_it_is_shown(string shown, string? expected)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET automations/1/rules", Rules(shown, active: true));
        connected.Freshdesk.Plan("GET automations/4/rules", Reply.Json("""{"rules":null}"""));

        Assert.That(await connected.Setup.FindWebhookSecretAsync(Wish, Patience()), Is.EqualTo(expected));
    }

    [Test]
    public async Task Each_permission_is_tried_and_its_consequence_told()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET agents/me", Reply.Json("""{"id":99,"ticket_scope":2}"""));
        connected.Freshdesk.Plan("GET agents", Reply.Json("[]"), Denied());
        foreach (var call in (string[])["tickets", "ticket_fields", "groups", "admin/skills", "solutions/categories"])
        {
            connected.Freshdesk.Plan($"GET {call}", Reply.Json("[]"));
        }

        foreach (var call in (string[])["admin/ticket_fields", "automations/1/rules", "canned_response_folders"])
        {
            connected.Freshdesk.Plan($"GET {call}", Denied());
        }

        var findings = await connected.Setup.CheckPermissionsAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings.Where(finding => !finding.IsGranted).Select(finding => finding.Name), Is.EqualTo(new[]
            {
                "scope over all tickets", "availability of agents", "administration of ticket fields", "automation rules",
                "canned responses",
            }));
            Assert.That(findings.Select(finding => finding.Consequence), Has.All.EndsWith("."));
            Assert.That(connected.Freshdesk.Calls.Select(call => call.Method), Is.All.EqualTo("GET"));
        }
    }

    private static JsonNode? Sent(ConnectedFreshdesk connected) => JsonNode.Parse(connected.Freshdesk.Calls[^1].Body);

    private static RequestDelegate Rules(string secret, bool active) => Reply.Json($$"""
        {"rules":[{"id":4,"name":"Other","active":true,"actions":[{"field_name":"priority","value":4}]},
        {"id":5,"name":"Ours","active":{{(active ? "true" : "false")}},"actions":[{"field_name":"trigger_webhook",
        "url":"https://triage.acme.example/webhooks/acme","custom_headers":{"x-tickettriage-token":"{{secret}}"} }]}]}
        """);

    private static RequestDelegate Denied() => Reply.Json("""{"code":"access_denied","message":"You are not authorized"}""", 403);

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
