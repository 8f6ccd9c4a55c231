using System.Net;
using System.Text.Json.Nodes;

namespace TicketTriage.Helpdesks.Tests.Zendesk;

[CancelAfter(30_000)]
public class Changing_a_ticket
{
    private const string Put = "PUT /api/v2/tickets/42";

    private const string Applied = """{"ticket":{"id":42,"updated_at":"2026-11-25T10:00:01Z"},"audit":{"id":900,"events":[]}}""";

    private static readonly Guid Triage = Guid.Parse("01980000-0000-7000-8000-000000000042");

    [Test]
    public async Task Everything_goes_in_one_put_guarded_by_the_stamp()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Json(Applied));

        var receipt = await connected.Helpdesk.ApplyAsync(Change() with { GroupId = "7", AssigneeId = "8" }, Patience());

        var expected = JsonNode.Parse("""
            {"ticket":{"tags":["vip","triage_intent_refund"],"priority":"high","group_id":7,"assignee_id":8,
            "comment":{"html_body":"<p>Grüße 😀</p>","public":false},
            "metadata":{"ticket_triage":{"triage":"01980000-0000-7000-8000-000000000042"}},
            "safe_update":true,"updated_stamp":"2026-11-25T09:30:00Z"}}
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((receipt.Stamp, receipt.AuditId, receipt.Warning), Is.EqualTo(("2026-11-25T10:00:01Z", "900", (string?)null)));
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(1));
            Assert.That(JsonNode.DeepEquals(JsonNode.Parse(connected.Zendesk.Calls[0].Body), expected), connected.Zendesk.Calls[0].Body);
        }
    }

    [Test]
    public async Task Skills_are_sent_as_the_whole_set_and_what_is_ours_among_them_stays_here()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Json(Applied));

        var receipt = await connected.Helpdesk.ApplyAsync(Change() with { Skills = new SkillChange(["b376", "89137"], ["b376"]) }, Patience());

        var sent = JsonNode.Parse(connected.Zendesk.Calls[0].Body)?["ticket"]?["attribute_value_ids"]?.ToJsonString();
        Assert.That((sent, receipt.LeavesSkillsOut), Is.EqualTo(("""["b376","89137"]""", false)));
    }

    [Test]
    public async Task Skills_that_the_account_drops_in_silence_are_told_of()
    {
        const string Warning = "Removed restricted keys [\"attribute_value_ids\"] from parameters according to whitelist";
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Json(Applied, 200, ("X-Zendesk-API-Warn", Warning)));

        var receipt = await connected.Helpdesk.ApplyAsync(Change() with { Skills = new SkillChange(["b376"], ["b376"]) }, Patience());

        Assert.That((receipt.LeavesSkillsOut, receipt.Warning), Is.EqualTo((true, Warning)));
    }

    [Test]
    public async Task What_shall_stay_is_not_sent()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Json(Applied));

        await connected.Helpdesk.ApplyAsync(
            new HelpdeskChange { Number = "42", TriageId = Triage, Stamp = "2026-11-25T09:30:00Z", Priority = TicketPriority.None },
            Patience());

        var ticket = JsonNode.Parse(connected.Zendesk.Calls[0].Body)?["ticket"]?.AsObject().Select(pair => pair.Key);
        Assert.That(ticket, Is.EquivalentTo(new[] { "metadata", "safe_update", "updated_stamp" }));
    }

    [Test]
    public async Task What_zendesk_drops_in_silence_is_told_logged_and_counted()
    {
        const string Warning = "Removed restricted keys [\"metadata\"] from parameters according to whitelist";
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Json(Applied, 200, ("X-Zendesk-API-Warn", Warning)));
        var warnings = 0L;
        using var listener = connected.ListenToWarnings(count => warnings += count);

        var receipt = await connected.Helpdesk.ApplyAsync(Change(), Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt.Warning, Is.EqualTo(Warning));
            Assert.That(connected.Warnings, Has.One.Contains(Warning));
            Assert.That(warnings, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_newer_edit_is_a_conflict()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Json("""{"error":"UpdateConflict","description":"Newer"}""", 409), Reply.Html(409));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.ApplyAsync(Change(), Patience()), Throws.TypeOf<HelpdeskConflictException>());
            Assert.That(() => connected.Helpdesk.ApplyAsync(Change(), Patience()), Throws.TypeOf<HelpdeskConflictException>());
        }
    }

    [Test]
    public async Task A_collision_inside_zendesk_may_be_tried_again()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Json("""{"error":"DatabaseConflict","description":"Database collision"}""", 409));

        Assert.That(() => connected.Helpdesk.ApplyAsync(Change(), Patience()),
            Throws.TypeOf<HelpdeskAwayException>().With.Property("MayHaveArrived").False);
    }

    [Test]
    public async Task A_refusal_names_the_fields_and_quotes_nobody()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Json("""
            {"error":"RecordInvalid","description":"Record validation errors",
            "details":{"group_id":[{"description":"Group: kim@example.com is invalid","error":"InvalidValue"}],
            "priority":[{"description":"no"}]}}
            """, 422));

        var refused = await Assert.ThrowsAsync<HelpdeskRefusedException>(() => connected.Helpdesk.ApplyAsync(Change(), Patience()));

        Assert.That(refused, Is.Not.Null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(refused.Fields, Is.EqualTo(new[] { "group_id", "priority" }));
            Assert.That(refused.IsTicketClosed, Is.False);
            Assert.That(refused.Message, Does.Contain("group_id, priority").And.Not.Contain("kim"));
        }
    }

    [Test]
    public async Task A_closed_ticket_is_recognised()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Json("""
            {"error":"RecordInvalid","description":"Record validation errors",
            "details":{"status":[{"description":"Status: closed prevents ticket update"}]}}
            """, 422));

        Assert.That(() => connected.Helpdesk.ApplyAsync(Change(), Patience()),
            Throws.TypeOf<HelpdeskRefusedException>().With.Property("IsTicketClosed").True);
    }

    [TestCase(400)]
    [TestCase(403)]
    [TestCase(404)]
    [TestCase(413)]
    [TestCase(422)]
    public async Task Other_refusals_are_final_whatever_their_body(int status)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put,
            Reply.Html(status), Reply.Json("[1,2]", status), Reply.Json("""{"error":"\ud800","details":"none"}""", status));

        using (Assert.EnterMultipleScope())
        {
            for (var i = 0; i < 3; i++)
            {
                Assert.That(() => connected.Helpdesk.ApplyAsync(Change(), Patience()),
                    Throws.TypeOf<HelpdeskRefusedException>().With.Property("Status").EqualTo((HttpStatusCode)status));
            }
        }
    }

    [Test]
    public async Task A_group_that_is_no_number_is_refused_like_one_that_does_not_exist()
    {
        await using var connected = await ConnectedZendesk.StartAsync();

        var refused = await Assert.ThrowsAsync<HelpdeskRefusedException>(
            () => connected.Helpdesk.ApplyAsync(Change() with { GroupId = "Billing" }, Patience()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused?.Fields, Is.EqualTo(new[] { "group_id" }));
            Assert.That(connected.Zendesk.Calls, Is.Empty);
        }
    }

    [TestCase(500)]
    [TestCase(502)]
    [TestCase(504)]
    public async Task After_a_server_fault_the_change_may_be_there_and_is_not_sent_again(int status)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Html(status));

        AssertLost(connected);
    }

    [Test]
    public async Task After_a_page_instead_of_json_the_change_may_be_there()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Html());

        AssertLost(connected);
    }

    [TestCase("""{}""")]
    [TestCase("""{"ticket":{"id":42""")]
    public async Task After_half_an_answer_the_change_may_be_there(string body)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Json(body));

        AssertLost(connected);
    }

    [Test]
    public async Task After_a_broken_connection_the_change_may_be_there_and_is_not_sent_again()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Broken());

        AssertLost(connected);
    }

    [Test]
    public async Task After_a_time_out_the_change_may_be_there_and_is_not_sent_again()
    {
        await using var connected = await ConnectedZendesk.StartAsync(("Timeout", "00:00:20"));
        connected.Zendesk.Plan(Put, Reply.Silence());

        var applying = connected.Helpdesk.ApplyAsync(Change(), Patience());
        await connected.Zendesk.UntilNextCallAsync(Patience());
        connected.Clock.Advance(TimeSpan.FromSeconds(20));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => applying, Throws.TypeOf<HelpdeskAwayException>().With.Property("MayHaveArrived").True);
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Without_a_connection_the_change_can_not_be_there()
    {
        await using var connected = await ConnectedZendesk.StartAsync(
            ("BaseUrl", "http://127.0.0.1:1"), ("Email", "bot@example.com"), ("ApiToken", "t"));

        Assert.That(() => connected.Helpdesk.ApplyAsync(Change(), Patience()),
            Throws.TypeOf<HelpdeskAwayException>().With.Property("MayHaveArrived").False);
    }

    [Test]
    public async Task A_cancelled_change_is_a_cancellation()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Silence());
        using var stop = new CancellationTokenSource();

        var applying = connected.Helpdesk.ApplyAsync(Change(), stop.Token);
        await connected.Zendesk.UntilNextCallAsync(Patience());
        await stop.CancelAsync();

        Assert.That(() => applying, Throws.InstanceOf<OperationCanceledException>());
    }

    private static void AssertLost(ConnectedZendesk connected)
    {
        var applying = connected.Helpdesk.ApplyAsync(Change(), Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Impatience.AwaitAsync(applying, connected.Clock, Patience()),
                Throws.TypeOf<HelpdeskAwayException>().With.Property("MayHaveArrived").True);
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(1));
        }
    }

    private static HelpdeskChange Change() => new()
    {
        Number = "42",
        TriageId = Triage,
        Stamp = "2026-11-25T09:30:00Z",
        Tags = ["vip", "triage_intent_refund"],
        Priority = TicketPriority.High,
        PrivateNoteHtml = "<p>Grüße 😀</p>",
    };

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
