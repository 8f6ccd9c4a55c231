using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Connecting_the_sandbox
{
    [Test]
    public async Task A_webhook_that_subscribes_reports_with_the_secret_that_is_read_back()
    {
        await using var target = await WebhookTarget.StartAsync();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);

        var made = await caller.PostAsync("/api/v2/webhooks", new
        {
            webhook = new
            {
                name = "TicketTriage",
                endpoint = target.Address,
                http_method = "POST",
                request_format = "json",
                status = "active",
                subscriptions = new[] { "zen:event-type:ticket.created" },
            },
        });
        var secret = (await caller.GetAsync($"/api/v2/webhooks/{made.At("webhook.id")}/signing_secret")).At("signing_secret.secret");
        helpdesk.AddTicket("s", "b");
        var webhook = await target.NextAsync();

        Assert.That(made.Status, Is.EqualTo(201));
        Assert.That(webhook.IsSignedWith(System.Text.RegularExpressions.Regex.Unescape(secret)), Is.True);
        Assert.That(webhook.Type, Is.EqualTo("zen:event-type:ticket.created"));
        Assert.That((await caller.GetAsync("/api/v2/webhooks")).ListAt("webhooks", "name"), Is.EqualTo(new[] { "TicketTriage" }));
    }

    [Test]
    public async Task Where_tickets_can_not_be_subscribed_to_a_trigger_calls_and_obeys_its_conditions()
    {
        await using var target = await WebhookTarget.StartAsync();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { SubscribesToTickets = false }, default);
        using var caller = new SandboxCaller(helpdesk);
        object Webhook(string subscription) => new
        {
            webhook = new { name = "T", endpoint = target.Address, subscriptions = new[] { subscription } },
        };

        var refused = await caller.PostAsync("/api/v2/webhooks", Webhook("zen:event-type:ticket.created"));
        var made = await caller.PostAsync("/api/v2/webhooks", Webhook("conditional_ticket_events"));
        var trigger = await caller.PostAsync("/api/v2/triggers", new
        {
            trigger = new
            {
                title = "TicketTriage",
                conditions = new
                {
                    all = new[]
                    {
                        new { field = "current_tags", @operator = "not_includes", value = "triage_done" },
                        new { field = "comment_is_public", @operator = "is", value = "not_relevant" },
                        new { field = "role", @operator = "is_not", value = $"{helpdesk.Integration.Id}" },
                    },
                    any = new[]
                    {
                        new { field = "update_type", @operator = "is", value = "Create" },
                        new { field = "role", @operator = "is", value = "end_user" },
                    },
                },
                actions = new[]
                {
                    new { field = "notification_webhook", value = new[] { made.At("webhook.id"), """{"ticket_id":"{{ticket.id}}"}""" } },
                },
            },
        });
        helpdesk.AddTicket(new() { Subject = "done", Body = "b", Tags = ["triage_done"] });
        helpdesk.AddTicket("heard", "b");
        helpdesk.EditAsPerson(2, new() { Priority = "low" });
        helpdesk.EditAsPerson(2, new() { Comment = new() { Body = "by an agent" } });
        await caller.ChangeAsync(2, new { comment = new { body = "by the service", @public = false } });
        helpdesk.AddComment(2, new() { Body = "again" });
        var heard = await target.NextAsync(2);

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That((made.Status, trigger.Status), Is.EqualTo((201, 201)));
        Assert.That(heard.Select(webhook => webhook.Json?.ToJsonString()), Is.All.EqualTo("""{"ticket_id":"2"}"""));
        Assert.That(() => helpdesk.WebhooksUnderWay, Is.Zero.After(5_000, 10));
        Assert.That(helpdesk.Journal.Deliveries, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_webhook_takes_other_events_and_a_trigger_heeds_what_has_changed()
    {
        await using var target = await WebhookTarget.StartAsync();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var subscribed = await caller.PostAsync("/api/v2/webhooks", new
        {
            webhook = new { name = "T", endpoint = target.Address, subscriptions = new[] { "zen:event-type:ticket.created" } },
        });
        var called = await caller.PostAsync("/api/v2/webhooks", new { webhook = new { name = "T", endpoint = target.Address } });
        await caller.PostAsync("/api/v2/triggers", new
        {
            trigger = new
            {
                title = "T",
                conditions = new { any = new[] { new { field = "status", @operator = "changed" } } },
                actions = new[]
                {
                    new { field = "notification_webhook", value = new[] { called.At("webhook.id"), """{"ticket_id":"{{ticket.id}}"}""" } },
                },
            },
        });

        var changed = await caller.PatchAsync(
            $"/api/v2/webhooks/{subscribed.At("webhook.id")}", new { webhook = new { subscriptions = new[] { "zen:event-type:ticket.priority_changed" } } });
        helpdesk.AddTicket("s", "b");
        helpdesk.EditAsPerson(1, new() { Priority = "low" });
        helpdesk.EditAsPerson(1, new() { Status = "pending" });
        var heard = await target.NextAsync(2);

        Assert.That(changed.Status, Is.EqualTo(204));
        Assert.That(
            heard.Select(webhook => webhook.Type ?? "trigger"), Is.EquivalentTo(new[] { "zen:event-type:ticket.priority_changed", "trigger" }));
        Assert.That(() => helpdesk.WebhooksUnderWay, Is.Zero.After(5_000, 10));
        Assert.That(helpdesk.Journal.Deliveries, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_trigger_with_a_condition_that_nobody_planned_is_refused_and_noted()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var made = await caller.PostAsync("/api/v2/webhooks", new { webhook = new { name = "T", endpoint = "http://127.0.0.1:9/" } });

        var trigger = await caller.PostAsync("/api/v2/triggers", new
        {
            trigger = new
            {
                title = "T",
                conditions = new { all = new[] { new { field = "moon_phase", @operator = "is", value = "full" } } },
                actions = new[] { new { field = "notification_webhook", value = new[] { made.At("webhook.id"), "{}" } } },
            },
        });

        Assert.That((trigger.Status, trigger.At("details.conditions.0.error")), Is.EqualTo((422, "InvalidValue")));
        Assert.That(helpdesk.Journal.UnplannedCalls.Single(), Does.Contain("moon_phase"));
    }

    [TestCase(null, """{"ticket_id":"1","triggered_event":"{ticket_action:created}"}""")]
    [TestCase(WebhookKind.BrokenRule, """{"ticket_id": "1", "subject": "He wrote "Zu spät"", "event": {ticket_action:created} }""")]
    public async Task A_rule_of_a_freshdesk_posts_ids_with_the_token_in_a_header(WebhookKind? kind, string body)
    {
        await using var target = await WebhookTarget.StartAsync();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(
            new() { Kind = SandboxKind.Freshdesk, Webhook = new(target.Address, "t0ken") { Kind = kind } }, default);

        helpdesk.AddTicket("Zu spät", "b");
        var webhook = await target.NextAsync();

        Assert.That(System.Text.Encoding.UTF8.GetString(webhook.Body).Replace("\\u00E4", "ä"), Is.EqualTo(body));
        Assert.That(webhook.Headers["X-TicketTriage-Token"], Is.EqualTo("t0ken"));
        Assert.That(webhook.Headers.Keys, Has.None.Contains("Zendesk"));
    }

    [Test]
    public async Task The_simple_form_has_words_for_numbers_below_a_name_of_its_own()
    {
        await using var target = await WebhookTarget.StartAsync();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(
            new() { Kind = SandboxKind.Freshdesk, Webhook = new(target.Address) { Kind = WebhookKind.SimpleRule } }, default);
        helpdesk.AddTicket(new() { Subject = "s", Body = "b", Priority = "normal" });
        await target.NextAsync();

        helpdesk.EditAsPerson(1, new() { Status = "hold" });
        var content = (await target.NextAsync()).Json?["freshdesk_webhook"];

        Assert.That((long?)content?["ticket_id"], Is.EqualTo(1));
        Assert.That((string?)content?["ticket_status"], Is.EqualTo("Waiting on Third Party"));
        Assert.That((string?)content?["ticket_priority"], Is.EqualTo("Medium"));
        Assert.That((string?)content?["triggered_event"], Is.EqualTo("{status:{from:open,to:hold}}"));
    }

    [Test]
    public async Task A_rule_that_is_made_by_the_api_hears_what_its_performer_does()
    {
        await using var target = await WebhookTarget.StartAsync();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Kind = SandboxKind.Freshdesk }, default);
        using var caller = new SandboxCaller(helpdesk);
        object Rule(string name) => new
        {
            name,
            active = true,
            performer = new { type = 2 },
            events = new[] { new { field_name = "reply_sent" } },
            conditions = Array.Empty<object>(),
            actions = new[]
            {
                new
                {
                    field_name = "trigger_webhook",
                    request_type = "POST",
                    url = target.Address,
                    content_type = "JSON",
                    content_layout = "2",
                    custom_headers = new Dictionary<string, string> { ["X-TicketTriage-Token"] = "t0ken" },
                    content = new { ticket_id = "{{ticket.id}}", rule = name },
                },
            },
        };

        var onCreation = await caller.PostAsync("/api/v2/automations/1/rules", Rule("new"));
        var onUpdate = await caller.PostAsync("/api/v2/automations/4/rules", Rule("update"));
        var unnamed = await caller.PostAsync("/api/v2/automations/4/rules", new { name = "" });
        helpdesk.AddTicket("s", "b");
        helpdesk.EditAsPerson(1, new() { Priority = "high" });
        helpdesk.AddComment(1, new() { Body = "again" });
        var heard = await target.NextAsync(2);

        Assert.That((onCreation.Status, onUpdate.Status, unnamed.Status), Is.EqualTo((201, 201, 400)));
        Assert.That(
            heard.Select(webhook => webhook.Json?.ToJsonString()),
            Is.EquivalentTo(new[] { """{"ticket_id":"1","rule":"new"}""", """{"ticket_id":"1","rule":"update"}""" }));
        Assert.That(heard.Select(webhook => webhook.Headers["X-TicketTriage-Token"]), Is.All.EqualTo("t0ken"));
        Assert.That((await caller.GetAsync("/api/v2/automations/4/rules")).ListAt("rules", "name"), Is.EqualTo(new[] { "update" }));
        Assert.That((await caller.GetAsync("/api/v2/automations/2/rules")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_freshdesk_repeats_after_every_failure_and_gives_up_after_the_third()
    {
        await using var target = await WebhookTarget.StartAsync();
        foreach (var status in new[] { 500, 401, 302, 404 })
        {
            target.Answers.Enqueue((status, null));
        }

        await using var helpdesk = await SandboxHelpdesk.StartAsync(
            new() { Kind = SandboxKind.Freshdesk, Webhook = new(target.Address) }, default);
        helpdesk.Webhooks = new() { RetryPause = TimeSpan.FromMilliseconds(1) };

        helpdesk.AddTicket("s", "b");
        await target.NextAsync(4);

        Assert.That(() => helpdesk.Journal.LostDeliveries, Is.EqualTo(1).After(5_000, 10));
        Assert.That(helpdesk.Journal.Deliveries.Select(delivery => delivery.Status), Is.EqualTo(new[] { 500, 401, 302, 404 }));
    }
}
