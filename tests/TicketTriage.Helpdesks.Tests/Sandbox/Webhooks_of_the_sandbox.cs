using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Webhooks;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Webhooks_of_the_sandbox
{
    [Test]
    public async Task A_new_ticket_is_reported_in_the_signed_envelope()
    {
        await using var target = await WebhookTarget.StartAsync();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Webhook = new(target.Address, "s3cret") }, default);
        helpdesk.AddTicket(new() { Subject = "Zu spät", Body = "b", Priority = "high", GroupId = helpdesk.Groups[0].Id });

        var webhook = await target.NextAsync();

        Assert.That(webhook.IsSignedWith("s3cret"), Is.True);
        Assert.That(webhook.Headers["User-Agent"], Is.EqualTo("Zendesk Webhook"));
        Assert.That(webhook.Type, Is.EqualTo("zen:event-type:ticket.created"));
        Assert.That((string?)webhook.Json?["subject"], Is.EqualTo("zen:ticket:1"));
        Assert.That((string?)webhook.Json?["detail"]?["id"], Is.EqualTo("1"));
        Assert.That((string?)webhook.Json?["detail"]?["group_id"], Is.EqualTo($"{helpdesk.Groups[0].Id}"));
        Assert.That((string?)webhook.Json?["detail"]?["status"], Is.EqualTo("NEW"));
        Assert.That((string?)webhook.Json?["detail"]?["priority"], Is.EqualTo("HIGH"));
        Assert.That((string?)webhook.Json?["detail"]?["subject"], Is.EqualTo("Zu spät"));
        Assert.That(webhook.Json?["event"]?.ToJsonString(), Is.EqualTo("{}"));
    }

    [Test]
    public async Task A_change_by_the_api_comes_back_with_its_user_as_actor()
    {
        await using var target = await WebhookTarget.StartAsync();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Webhook = new(target.Address) }, default);
        using var caller = new SandboxCaller(helpdesk);
        var number = helpdesk.AddTicket("s", "b").Number;
        await target.NextAsync();

        await caller.ChangeAsync(number, new { priority = "low", tags = new[] { "a" }, comment = new { body = "n", @public = false } });
        var webhooks = await target.NextAsync(3);

        var types = webhooks.Select(webhook => webhook.Type?.Split('.')[^1]);
        Assert.That(types, Is.EquivalentTo(new[] { "comment_added", "priority_changed", "tags_changed" }));
        var actors = webhooks.Select(webhook => (string?)webhook.Json?["detail"]?["actor_id"]);
        Assert.That(actors, Is.All.EqualTo($"{helpdesk.Integration.Id}"));
        Assert.That(webhooks.Select(webhook => (string?)webhook.Json?["id"]), Is.Unique);
        var comment = webhooks.Single(webhook => webhook.Type == "zen:event-type:ticket.comment_added").Json?["event"]?["comment"];
        Assert.That((bool?)comment?["is_public"], Is.False);
        Assert.That((bool?)comment?["author"]?["is_staff"], Is.True);
    }

    [Test]
    public async Task A_trigger_reports_an_edit_once_with_ids_and_time_as_texts()
    {
        await using var target = await WebhookTarget.StartAsync();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(
            new() { Webhook = new(target.Address) { Kind = WebhookKind.Trigger }, TimeProvider = new StoppedClock() }, default);
        helpdesk.AddTicket("s", "b");
        await target.NextAsync();

        helpdesk.EditAsPerson(1, new() { Priority = "low", Tags = ["a"] });
        var webhook = await target.NextAsync();

        Assert.That(
            webhook.Json?.ToJsonString(),
            Is.EqualTo($$"""{"ticket_id":"1","updated_at":"2026-11-22T09:30:01Z","actor_id":"{{helpdesk.Integration.Id + 1}}"}"""));
        Assert.That(webhook.IsSignedWith(SandboxCredentials.WebhookSecret), Is.True);
    }

    [Test]
    public async Task A_webhook_reports_only_what_it_is_subscribed_to()
    {
        await using var target = await WebhookTarget.StartAsync();
        var webhook = new SandboxWebhook(target.Address) { Subscriptions = ["zen:event-type:ticket.marked_as_spam"] };
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Webhook = webhook }, default);

        helpdesk.AddTicket("s", "b");
        helpdesk.MarkAsSpam(1);

        Assert.That((await target.NextAsync()).Type, Is.EqualTo("zen:event-type:ticket.marked_as_spam"));
    }

    [TestCase(503, "0", 2)]
    [TestCase(429, "0", 2)]
    [TestCase(409, null, 2)]
    [TestCase(503, null, 1)]
    [TestCase(503, "90", 1)]
    [TestCase(500, "0", 1)]
    [TestCase(400, null, 1)]
    public async Task Only_some_refusals_are_tried_again_with_the_same_event(int status, string? retryAfter, int attempts)
    {
        await using var target = await WebhookTarget.StartAsync();
        target.Answers.Enqueue((status, retryAfter));
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Webhook = new(target.Address) }, default);
        helpdesk.Webhooks = new() { RetryPause = TimeSpan.FromMilliseconds(1) };

        helpdesk.AddTicket("first", "b");
        var first = await target.NextAsync(attempts);
        helpdesk.AddTicket("second", "b");
        var next = await target.NextAsync();

        Assert.That(first.Select(webhook => (string?)webhook.Json?["id"]).Distinct().Count(), Is.EqualTo(1));
        Assert.That((string?)next.Json?["detail"]?["subject"], Is.EqualTo("second"));
    }

    [Test]
    public async Task It_gives_up_after_three_repeats()
    {
        await using var target = await WebhookTarget.StartAsync();
        for (var answer = 0; answer < 4; answer++)
        {
            target.Answers.Enqueue((409, null));
        }

        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Webhook = new(target.Address) }, default);
        helpdesk.Webhooks = new() { RetryPause = TimeSpan.FromMilliseconds(1) };

        helpdesk.AddTicket("s", "b");
        await target.NextAsync(4);

        Assert.That(() => helpdesk.Journal.LostDeliveries, Is.EqualTo(1).After(5_000, 10));
        Assert.That(helpdesk.Journal.Deliveries.Select(delivery => delivery.Attempt), Is.EqualTo(new[] { 1, 2, 3, 4 }));
    }

    [Test]
    public async Task Switched_off_it_loses_what_happens()
    {
        await using var target = await WebhookTarget.StartAsync();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Webhook = new(target.Address) }, default);

        helpdesk.Webhooks = new() { IsOn = false };
        helpdesk.AddTicket("unseen", "b");
        helpdesk.Webhooks = new();
        helpdesk.AddTicket("seen", "b");

        Assert.That((string?)(await target.NextAsync()).Json?["detail"]?["subject"], Is.EqualTo("seen"));
        Assert.That(helpdesk.Journal.LostDeliveries, Is.EqualTo(1));
    }

    [Test]
    public async Task Doubled_and_shuffled_every_event_still_arrives_twice()
    {
        await using var target = await WebhookTarget.StartAsync();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { Webhook = new(target.Address) }, default);
        helpdesk.Webhooks = new() { DoubledShare = 1, ShuffledWithin = TimeSpan.FromMilliseconds(80) };

        for (var ticket = 0; ticket < 40; ticket++)
        {
            helpdesk.AddTicket("s", "b");
        }

        var ids = (await target.NextAsync(80)).Select(webhook => (string?)webhook.Json?["detail"]?["id"]).ToArray();

        var sent = Enumerable.Range(1, 40).Select(number => $"{number}").ToArray();
        Assert.That(ids, Is.EquivalentTo(sent.Concat(sent)));
        Assert.That(ids.Distinct(), Is.Not.EqualTo(sent));
    }
}
