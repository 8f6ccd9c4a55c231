using System.Text.Json.Nodes;

namespace TicketTriage.Helpdesks.Tests.Zendesk;

[CancelAfter(30_000)]
public class Setting_up_zendesk
{
    private const string NoFields = """{"ticket_fields":[]}""";
    private const string NoWebhooks = """{"webhooks":[],"meta":{"has_more":false}}""";
    private const string Admin = """{"user":{"id":99,"name":"Triage","role":"admin"}}""";

    private static readonly string[] Events =
    [
        "created", "comment_added", "status_changed", "priority_changed", "agent_assignment_changed", "group_assignment_changed",
        "next_sla_breach_changed", "sla_policy_changed", "merged", "soft_deleted", "marked_as_spam",
    ];

    private static readonly string Subscribed = SubscribedTo(Events);

    private static readonly SetupWish Wish = new(
        new Uri("https://triage.acme.example/webhooks/acme"), "unused", "triage_", new Dictionary<TriageField, IReadOnlyList<string>>
        {
            [TriageField.Intent] = ["billing/refund", "orders/late", "sales/question"],
            [TriageField.Sentiment] = ["negative"],
        });

    [Test]
    public async Task A_plan_says_what_is_there_and_what_will_be_made()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        PlanAccount(connected.Zendesk, Admin, Account.AllFields, NoWebhooks);

        var plan = await connected.Setup.PlanAsync(Wish, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Select(step => (step.Name, step.IsThere)), Is.EqualTo(new[]
            {
                ("field-intent", false), ("field-sentiment", true), ("field-language", true), ("field-product", true),
                ("field-summary", true), ("webhook", false),
            }));
            Assert.That(plan[0].What, Does.Contain("lacks 1 choices"));
            Assert.That(plan.Select(step => step.WhyNot), Is.All.Null);
        }
    }

    [Test]
    public async Task An_agent_is_told_what_only_administrators_make()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Self, Reply.Json(Admin.Replace("admin", "agent", StringComparison.Ordinal)));
        connected.Zendesk.Plan(Account.Fields, Reply.Json(NoFields));
        connected.Zendesk.Plan(Account.Webhooks, Account.Forbidden());

        var plan = await connected.Setup.PlanAsync(Wish, Patience());

        Assert.That(plan, Has.Count.EqualTo(6).And.All.Matches<SetupStep>(step => step is { IsThere: false, WhyNot.Length: > 0 }));
    }

    [Test]
    public async Task A_choice_field_gets_the_tags_that_are_written_anyway()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        PlanAccount(connected.Zendesk, Admin, NoFields, NoWebhooks);
        connected.Zendesk.Plan("POST /api/v2/ticket_fields", Reply.Json("""{"ticket_field":{"id":11}}""", 201));
        var plan = await connected.Setup.PlanAsync(Wish, Patience());

        var made = await connected.Setup.CarryOutAsync(plan[1], Wish, Patience());

        var expected = JsonNode.Parse("""
            {"ticket_field":{"type":"tagger","title":"Triage sentiment",
            "agent_description":"Filled by TicketTriage, which knows the field by this: triage_sentiment",
            "custom_field_options":[{"name":"negative","value":"triage_sentiment_negative"}]}}
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonNode.DeepEquals(JsonNode.Parse(connected.Zendesk.Calls[^1].Body), expected), connected.Zendesk.Calls[^1].Body);
            Assert.That(made, Does.Contain("Triage sentiment"));
        }
    }

    [Test]
    public async Task New_choices_join_those_that_are_there()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        PlanAccount(connected.Zendesk, Admin, Account.AllFields, NoWebhooks);
        connected.Zendesk.Plan("PUT /api/v2/ticket_fields/11", Reply.Json("""{"ticket_field":{"id":11}}"""));
        var plan = await connected.Setup.PlanAsync(Wish, Patience());

        await connected.Setup.CarryOutAsync(plan[0], Wish, Patience());

        var options = JsonNode.Parse(connected.Zendesk.Calls[^1].Body)?["ticket_field"]?["custom_field_options"]?.AsArray();
        Assert.That(options?.Select(option => (option?["id"]?.GetValue<long>(), option?["value"]?.GetValue<string>())), Is.EqualTo(new[]
        {
            (5L, "triage_intent_billing_refund"), (6L, "triage_intent_orders_late"), ((long?)null, "triage_intent_sales_question"),
        }));
    }

    [Test]
    public async Task The_webhook_is_subscribed_and_its_secret_read_back()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Webhooks, Reply.Json(NoWebhooks), Reply.Json(Subscribed));
        connected.Zendesk.Plan("POST /api/v2/webhooks", Reply.Json("""{"webhook":{"id":"W1"}}""", 201));
        connected.Zendesk.Plan("GET /api/v2/webhooks/W1/signing_secret", Reply.Json("""
            {"signing_secret":{"algorithm":"SHA256","secret":"s3cret"}}
            """));

        await connected.Setup.CarryOutAsync(new SetupStep("webhook", "", IsThere: false), Wish, Patience());
        var secret = await connected.Setup.FindWebhookSecretAsync(Wish, Patience());

        var sent = JsonNode.Parse(connected.Zendesk.Calls[1].Body)?["webhook"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent?["endpoint"]?.GetValue<string>(), Is.EqualTo("https://triage.acme.example/webhooks/acme"));
            Assert.That(EventsOf(sent), Is.EqualTo(Events));
            Assert.That(secret, Is.EqualTo("s3cret"));
        }
    }

    [Test]
    public async Task A_webhook_of_an_earlier_version_is_subscribed_to_what_it_lacks()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        PlanAccount(connected.Zendesk, Admin, Account.AllFields, SubscribedTo("created", "comment_added", "organization_changed"));
        connected.Zendesk.Plan("PATCH /api/v2/webhooks/W1", Reply.NoContent());

        connected.Zendesk.Plan(Account.Webhooks, Reply.Json(SubscribedTo("created", "comment_added", "organization_changed")));
        var plan = await connected.Setup.PlanAsync(Wish, Patience());
        var renewed = await connected.Setup.CarryOutAsync(plan[^1], Wish, Patience());

        var sent = JsonNode.Parse(connected.Zendesk.Calls[^1].Body)?["webhook"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                plan[^1], Is.EqualTo(new SetupStep("webhook", "The webhook \"TicketTriage acme\" is subscribed to 9 kinds of events too few.", false)));
            Assert.That(renewed, Does.EndWith("9 kinds of events more."));
            Assert.That(EventsOf(sent), Is.EquivalentTo(Events.Append("organization_changed")), "what a person added stays");
            Assert.That(sent?.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "subscriptions" }));
        }
    }

    [Test]
    public async Task An_account_without_the_events_of_agents_is_subscribed_to_those_of_customers()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Webhooks, Reply.Json(NoWebhooks));
        connected.Zendesk.Plan("POST /api/v2/webhooks",
            Reply.Json("""{"errors":[{"code":"InvalidSubscription"}]}""", 400), Reply.Json("""{"webhook":{"id":"W1"}}""", 201));

        var made = await connected.Setup.CarryOutAsync(new SetupStep("webhook", "", IsThere: false), Wish, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(EventsOf(JsonNode.Parse(connected.Zendesk.Calls[^1].Body)?["webhook"]), Is.EqualTo(new[] { "created", "comment_added" }));
            Assert.That(made, Does.Contain("(400)").And.EndsWith("by looking every few minutes."));
        }
    }

    [TestCase(400)]
    [TestCase(422)]
    public async Task Where_tickets_can_not_be_subscribed_to_a_trigger_calls_the_webhook(int refusal)
    {
        const string Conditional = """
            {"webhooks":[{"id":"W1","endpoint":"https://triage.acme.example/webhooks/acme","status":"active",
            "subscriptions":["conditional_ticket_events"]}]}
            """;
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Webhooks, Reply.Json(NoWebhooks), Reply.Json(Conditional), Reply.Json(Conditional));
        connected.Zendesk.Plan("POST /api/v2/webhooks",
            Reply.Json("""{"errors":[{"code":"InvalidSubscription"}]}""", refusal),
            Reply.Json("""{"errors":[{"code":"InvalidSubscription"}]}""", refusal), Reply.Json("""{"webhook":{"id":"W1"}}""", 201));
        var others = Reply.Json("""
            {"triggers":[{"id":1,"active":true,"actions":[{"field":"notification_user","value":["requester_id","a","b"]},
            {"field":"status","value":"open"}],"conditions":{"all":[{"field":"status","operator":"changed","value":null}],"any":[]}}]}
            """);
        connected.Zendesk.Plan("GET /api/v2/triggers", others, others);
        connected.Zendesk.Plan(Account.Self, Reply.Json(Admin), Reply.Json(Admin));
        var created = Reply.Json("""{"trigger":{"id":2}}""", 201);
        connected.Zendesk.Plan("POST /api/v2/triggers", created, created);

        var made = await connected.Setup.CarryOutAsync(new SetupStep("webhook", "", IsThere: false), Wish, Patience());

        var triggers = connected.Zendesk.Calls.Where(call => call.Body.Contains("notification_webhook", StringComparison.Ordinal))
            .Select(call => JsonNode.Parse(call.Body)?["trigger"]).ToList();
        var trigger = triggers[0];
        var all = trigger?["conditions"]?["all"]?.ToJsonString();
        var any = trigger?["conditions"]?["any"]?.ToJsonString();
        var action = trigger?["actions"]?[0]?["value"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(made, Does.Contain("trigger"));
            Assert.That(all, Does.Contain("""{"field":"role","operator":"is_not","value":"99"}"""), "its own changes");
            Assert.That(any, Does.Contain("""{"field":"current_tags","operator":"not_includes","value":"triage_done"}"""));
            Assert.That(triggers[1]?["conditions"]?["all"]?.ToJsonString(), Is.EqualTo("""[{"field":"role","operator":"is_not","value":"99"}]"""));
            Assert.That(triggers[1]?["conditions"]?["any"]?.ToJsonString(), Does.StartWith("""[{"field":"status","operator":"changed"},"""));
            Assert.That(action?[0]?.GetValue<string>(), Is.EqualTo("W1"));
            Assert.That(JsonNode.Parse(action?[1]?.GetValue<string>() ?? "")?["ticket_id"]?.GetValue<string>(), Is.EqualTo("{{ticket.id}}"));
        }
    }

    [Test]
    public async Task What_is_there_is_not_made_again()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Webhooks, Reply.Json(Subscribed));
        connected.Zendesk.Plan(Account.Fields, Reply.Json(Account.AllFields));

        await connected.Setup.CarryOutAsync(new SetupStep("webhook", "", IsThere: false), Wish, Patience());
        await connected.Setup.CarryOutAsync(new SetupStep("field-summary", "", IsThere: false), Wish, Patience());

        Assert.That(connected.Zendesk.Calls.Select(call => call.Method), Is.All.EqualTo("GET"));
    }

    [Test]
    public async Task An_address_of_loopback_finds_the_webhook_by_its_path()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        PlanAccount(connected.Zendesk, Admin, Account.AllFields, Subscribed);

        var plan = await connected.Setup.PlanAsync(
            Wish with { WebhookAddress = new Uri("http://127.0.0.1:5080/webhooks/acme") }, Patience());

        Assert.That(plan[^1], Is.EqualTo(new SetupStep(
            "webhook", "The webhook \"TicketTriage acme\" to https://triage.acme.example/webhooks/acme.", IsThere: true)));
    }

    [Test]
    public async Task Each_permission_that_is_missing_is_named_with_what_will_not_work()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        foreach (var granted in new[] { "tickets", "ticket_fields", "groups", "users", "routing/attributes", "triggers", "macros/active" })
        {
            connected.Zendesk.Plan($"GET /api/v2/{granted}", Reply.Json("{}"));
        }

        foreach (var refused in new[] { "incremental/tickets/cursor", "webhooks" })
        {
            connected.Zendesk.Plan($"GET /api/v2/{refused}", Account.Forbidden());
        }

        foreach (var missing in new[] { "agent_availabilities", "help_center/incremental/articles.json" })
        {
            connected.Zendesk.Plan($"GET /api/v2/{missing}", Account.Unknown());
        }

        var findings = await connected.Setup.CheckPermissionsAsync(Patience());

        var missingOnes = findings.Where(finding => !finding.IsGranted).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings, Has.Count.EqualTo(11));
            Assert.That(missingOnes.Select(finding => finding.Name), Is.EqualTo(new[]
            {
                "the record of changes", "availability of agents (omnichannel routing)", "webhooks", "articles of the Help Center",
            }));
            Assert.That(missingOnes.Select(finding => finding.Consequence), Is.All.StartsWith("Without it "));
        }
    }

    private static string SubscribedTo(params string[] events) => $$"""
        {"webhooks":[{"id":"W0","endpoint":"https://elsewhere.example/","status":"active"},
        {"id":"W1","name":"TicketTriage acme","endpoint":"https://triage.acme.example/webhooks/acme","status":"active",
        "subscriptions":[{{string.Join(',', events.Select(type => $"\"zen:event-type:ticket.{type}\""))}}]}]}
        """;

    private static IEnumerable<string?>? EventsOf(JsonNode? webhook) => webhook?["subscriptions"]?.AsArray()
        .Select(type => type?.GetValue<string>().Replace("zen:event-type:ticket.", "", StringComparison.Ordinal));

    private static void PlanAccount(ScriptedZendesk zendesk, string self, string fields, string webhooks)
    {
        zendesk.Plan(Account.Self, Reply.Json(self));
        zendesk.Plan(Account.Fields, Reply.Json(fields));
        zendesk.Plan(Account.Webhooks, Reply.Json(webhooks));
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
