using System.Net;
using System.Text.Json.Nodes;
using TicketTriage.Helpdesks.Tests.Zendesk;

namespace TicketTriage.Helpdesks.Tests.Freshdesk;

[CancelAfter(30_000)]
public class Changing_a_ticket
{
    private const string Written = """{"priority":3,"tags":["vip","triage_intent_refund"],"updated_at":"2026-11-25T10:00:01Z"}""";
    private const string Noted = """{"priority":3,"tags":["vip","triage_intent_refund"],"updated_at":"2026-11-25T10:00:02Z"}""";

    private static readonly Guid Triage = Guid.Parse("01980000-0000-7000-8000-000000000042");

    [Test]
    public async Task It_is_read_again_then_come_fields_summary_note_and_its_version()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected) with
        {
            GroupId = "11",
            AssigneeId = "12",
            Fields = new Dictionary<TriageField, string> { [TriageField.Intent] = "refund" },
            SummaryHtml = "<p>Short.</p>",
        };
        Plan(connected, before: "{}", written: Written, after: Noted);
        connected.Freshdesk.Plan("PUT tickets/42/summary", Reply.Json("""{"body":"<p>Short.</p>","updated_at":"2026-11-25T10:00:01Z"}"""));
        PlanFields(connected);

        var receipt = await connected.Helpdesk.ApplyAsync(change, Patience());

        var sent = connected.Freshdesk.Calls.Where(call => call.Method != "GET").Select(call => JsonNode.Parse(call.Body)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(connected.Freshdesk.Asked.Skip(4), Is.EqualTo(new[]
            {
                "GET tickets/42", "PUT tickets/42", "PUT tickets/42/summary", "POST tickets/42/notes", "GET tickets/42",
            }));
            Assert.That(JsonNode.DeepEquals(sent[0], JsonNode.Parse("""
                {"tags":["vip","triage_intent_refund"],"priority":3,"group_id":11,"responder_id":12,
                "custom_fields":{"cf_triage_intent":"Refund"}}
                """)), Body(connected, "PUT tickets/42"));
            Assert.That(JsonNode.DeepEquals(sent[1], JsonNode.Parse("""{"body":"<p>Short.</p>"}""")));
            Assert.That(JsonNode.DeepEquals(sent[2], JsonNode.Parse("""{"body":"<p>Grüße 😀</p>","private":true}""")));
            Assert.That(receipt.Stamp, Does.StartWith("2026-11-25T10:00:02Z#"));
            Assert.That(receipt.AuditId, Is.EqualTo("900"));
            Assert.That(receipt.Warning, Is.Null);
        }
    }

    [Test]
    public async Task The_receipt_has_the_version_that_is_read_next()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected);
        Plan(connected, before: "{}", written: Written, after: Noted);
        var receipt = await connected.Helpdesk.ApplyAsync(change, Patience());
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads(Noted));
        connected.Freshdesk.Plan("GET tickets", Wire.List([Wire.Ticket(Noted)]));

        var read = await connected.Helpdesk.FindTicketAsync("42", Patience());
        var listed = await connected.Helpdesk.ListChangedAsync(null, connected.Clock.GetUtcNow(), Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read?.Stamp, Is.EqualTo(receipt.Stamp));
            Assert.That(listed.Tickets.Single().Stamp, Is.EqualTo(receipt.Stamp));
        }
    }

    [TestCase("""{"updated_at":"2026-11-25T09:31:00Z"}""", TestName = "A_newer_version_is_a_conflict_and_nothing_is_written")]
    [TestCase("""{"priority":4}""", TestName = "Another_value_in_the_same_second_is_a_conflict_and_nothing_is_written")]
    public async Task A_conflict(string before)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected);
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads(before));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.ApplyAsync(change, Patience()), Throws.TypeOf<HelpdeskConflictException>());
            Assert.That(connected.Freshdesk.Asked, Is.All.EqualTo("GET tickets/42"));
        }
    }

    [Test]
    public async Task Only_what_differs_is_sent()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        const string Before = """{"priority":3,"group_id":11,"tags":["b","a"],"custom_fields":{"cf_triage_intent":"Refund"}}""";
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads(Before), Wire.Reads(Before), Wire.Reads(Before));
        connected.Freshdesk.Plan("POST tickets/42/notes", Note());
        PlanFields(connected);
        var stamp = (await connected.Helpdesk.FindTicketAsync("42", Patience()))?.Stamp ?? "";

        await connected.Helpdesk.ApplyAsync(
            new HelpdeskChange
            {
                Number = "42",
                TriageId = Triage,
                Stamp = stamp,
                Tags = ["a", "b"],
                Priority = TicketPriority.High,
                GroupId = "11",
                Fields = new Dictionary<TriageField, string> { [TriageField.Intent] = "refund" },
                PrivateNoteHtml = "<p>.</p>",
            },
            Patience());

        Assert.That(connected.Freshdesk.Asked, Has.None.StartsWith("PUT"));
    }

    [Test]
    public async Task A_field_that_the_account_does_not_have_is_left_out_and_named()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected) with { Fields = new Dictionary<TriageField, string> { [TriageField.Product] = "shop" } };
        Plan(connected, before: "{}", written: Written, after: Noted);
        PlanFields(connected);

        var receipt = await connected.Helpdesk.ApplyAsync(change, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt.Warning, Is.EqualTo(
                "The product was left out: helpdesk acme has no field cf_triage_product; run connect acme."));
            Assert.That(receipt.LeftOut, Is.EqualTo(new[] { TriageField.Product }));
            Assert.That(Body(connected, "PUT tickets/42"), Does.Not.Contain("custom_fields"));
        }
    }

    [Test]
    public async Task A_choice_that_is_gone_is_left_out_and_named()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected) with { Fields = new Dictionary<TriageField, string> { [TriageField.Intent] = "praise" } };
        Plan(connected, before: "{}", written: Written, after: Noted);
        PlanFields(connected);

        var receipt = await connected.Helpdesk.ApplyAsync(change, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt.LeftOut, Is.EqualTo(new[] { TriageField.Intent }));
            Assert.That(receipt.Warning, Does.EndWith("has no choice praise (any more); run connect acme."));
            Assert.That(Body(connected, "PUT tickets/42"), Does.Not.Contain("custom_fields"));
        }
    }

    [Test]
    public async Task A_tag_that_freshdesk_would_refuse_is_left_out_and_named()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected) with { Tags = ["vip", "triage_intent_refund", "triage_intent_that_goes_on_and_on"] };
        Plan(connected, before: "{}", written: Written, after: Noted);

        var receipt = await connected.Helpdesk.ApplyAsync(change, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt.Warning, Is.EqualTo("The tag triage_intent_that_goes_on_and_on was left out: Freshdesk takes 32 letters."));
            Assert.That(Body(connected, "PUT tickets/42"), Does.Contain("""["vip","triage_intent_refund"]"""));
        }
    }

    [Test]
    public async Task A_refusal_names_the_fields_and_quotes_nobody()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected);
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads());
        connected.Freshdesk.Plan("PUT tickets/42", Reply.Json("""
            {"description":"Validation failed","errors":[{"field":"group_id","message":"kim@example.com","code":"invalid_value"},
            {"field":"custom_fields.cf_triage_intent","message":"It should be one of these values: 'a'","code":"invalid_value"}]}
            """, 400));

        var refused = await Assert.ThrowsAsync<HelpdeskRefusedException>(() => connected.Helpdesk.ApplyAsync(change, Patience()));

        Assert.That(refused, Is.Not.Null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.IsFieldRefused, Is.True);
            Assert.That(refused.Fields, Is.EqualTo(new[] { "group_id", "custom_fields.cf_triage_intent" }));
            Assert.That(refused.Message, Is.EqualTo(
                "Helpdesk acme refuses the change of ticket 42 (400 invalid_value) because of group_id, custom_fields.cf_triage_intent."));
        }
    }

    [Test]
    public async Task Spam_takes_nothing()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected);
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads("""{"spam":true}"""), Wire.Reads());
        connected.Freshdesk.Plan("PUT tickets/42", Reply.Json("""{"code":"method_not_allowed"}""", 405));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.ApplyAsync(change, Patience()),
                Throws.TypeOf<HelpdeskRefusedException>().With.Property("IsTicketClosed").True);
            Assert.That(() => connected.Helpdesk.ApplyAsync(change, Patience()),
                Throws.TypeOf<HelpdeskRefusedException>().With.Property("IsTicketClosed").True, "Marked between reading and writing.");
        }
    }

    [Test]
    public async Task A_plan_without_summaries_still_gets_the_note_and_is_asked_once()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected) with { SummaryHtml = "<p>.</p>" };
        Plan(connected, before: "{}", written: Written, after: Noted);
        connected.Freshdesk.Plan("PUT tickets/42/summary", Reply.Json("""{"code":"require_feature"}""", 403));
        connected.Freshdesk.Plan("GET ticket_fields", Reply.Json("[]"));
        connected.Freshdesk.Plan("GET admin/skills", Reply.Json("[]"));
        connected.Freshdesk.Plan("GET agents", Reply.Json("[]"));

        var receipt = await connected.Helpdesk.ApplyAsync(change, Patience());
        var abilities = await connected.Helpdesk.FindAbilitiesAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt.Warning, Does.StartWith("The summary was left out.").And.Contain("the plan of helpdesk acme"));
            Assert.That(receipt.AuditId, Is.EqualTo("900"));
            Assert.That(abilities.HasSummary, Is.False);
            Assert.That(abilities.Missing, Has.One.StartsWith("Tickets have no summary."));
        }
    }

    [Test]
    public async Task A_note_that_is_refused_does_not_undo_the_fields()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected);
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads());
        connected.Freshdesk.Plan("PUT tickets/42", Wire.Reads(Written));
        connected.Freshdesk.Plan("POST tickets/42/notes", Reply.Json("""{"code":"access_denied"}""", 403));

        var receipt = await connected.Helpdesk.ApplyAsync(change, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt.Stamp, Does.StartWith("2026-11-25T10:00:01Z#"));
            Assert.That(receipt.Warning, Does.StartWith("The note was left out."));
        }
    }

    [Test]
    public async Task A_note_that_met_the_rate_limit_is_written_when_it_is_over()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected);
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads(), Wire.Reads(Noted));
        connected.Freshdesk.Plan("PUT tickets/42", Wire.Reads(Written));
        connected.Freshdesk.Plan("POST tickets/42/notes", Reply.Status(429, ("Retry-After", "5")), Note());

        var receipt = await Impatience.AwaitAsync(connected.Helpdesk.ApplyAsync(change, Patience()), connected.Clock, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt.AuditId, Is.EqualTo("900"));
            Assert.That(connected.Clock.GetUtcNow().TimeOfDay, Is.GreaterThanOrEqualTo(new TimeSpan(10, 0, 5)));
        }
    }

    [Test]
    public async Task A_lost_answer_to_the_fields_is_in_doubt_and_not_sent_again()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected);
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads());
        connected.Freshdesk.Plan("PUT tickets/42", Reply.Broken());

        AssertLost(connected, change, "PUT tickets/42");
    }

    [TestCase(500)]
    [TestCase(502)]
    public async Task A_lost_answer_to_the_note_is_in_doubt_and_not_sent_again(int status)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected);
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads());
        connected.Freshdesk.Plan("PUT tickets/42", Wire.Reads(Written));
        connected.Freshdesk.Plan("POST tickets/42/notes", Reply.Html(status));

        AssertLost(connected, change, "POST tickets/42/notes");
    }

    [Test]
    public async Task What_keeps_the_note_away_after_the_fields_is_in_doubt_too()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected);
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads());
        connected.Freshdesk.Plan("PUT tickets/42", Wire.Reads(Written));
        connected.Freshdesk.Plan("POST tickets/42/notes", Reply.Status(429, ("Retry-After", "60")));

        Assert.That(() => connected.Helpdesk.ApplyAsync(change, Patience()),
            Throws.TypeOf<HelpdeskAwayException>().With.Property("MayHaveArrived").True
                .And.Property("RetryAfter").EqualTo(TimeSpan.FromSeconds(60)));
    }

    [TestCase("""{"priority":3,"tags":["vip","triage_intent_refund"],"updated_at":"2026-11-25T10:00:03Z"}""",
        TestName = "A_later_change_is_not_claimed_as_ours")]
    [TestCase("""{"priority":4,"tags":["vip","triage_intent_refund"],"updated_at":"2026-11-25T10:00:02Z"}""",
        TestName = "A_change_in_the_second_of_our_note_is_not_claimed_as_ours")]
    [TestCase("""
        {"priority":3,"tags":["vip","triage_intent_refund"],"updated_at":"2026-11-25T10:00:02Z",
        "stats":{"requester_responded_at":"2026-11-25T10:00:02Z"}}
        """, TestName = "A_customers_answer_in_the_second_of_our_note_is_not_claimed_as_ours")]
    public async Task Somebody_elses_work_beside_ours(string after)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected);
        Plan(connected, before: "{}", written: Written, after: after);

        var receipt = await connected.Helpdesk.ApplyAsync(change, Patience());

        Assert.That(receipt.Stamp, Is.EqualTo(change.Stamp), "The version that was decided; what came since is looked at.");
    }

    [Test]
    public async Task A_group_that_is_no_number_is_refused_like_one_that_does_not_exist()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var change = await ChangeAsync(connected) with { GroupId = "Billing" };

        Assert.That(() => connected.Helpdesk.ApplyAsync(change, Patience()),
            Throws.TypeOf<HelpdeskRefusedException>()
                .With.Property("IsFieldRefused").True.And.Property("Fields").EqualTo(new[] { "group_id" }));
    }

    private static void Plan(ConnectedFreshdesk connected, string before, string written, string after)
    {
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads(before), Wire.Reads(after));
        connected.Freshdesk.Plan("PUT tickets/42", Wire.Reads(written));
        connected.Freshdesk.Plan("POST tickets/42/notes", Note());
    }

    private static void PlanFields(ConnectedFreshdesk connected)
    {
        connected.Freshdesk.Plan("GET ticket_fields", Reply.Json(
            """[{"name":"cf_triage_intent","type":"custom_dropdown","choices":["Refund","Billing"]},null]"""));
        connected.Freshdesk.Plan("GET admin/skills", Reply.Json("[]"));
        connected.Freshdesk.Plan("GET agents", Reply.Json("[]"));
    }

    private static Microsoft.AspNetCore.Http.RequestDelegate Note() =>
        Reply.Json(Wire.Conversation(900, """{"private":true,"incoming":false,"created_at":"2026-11-25T10:00:02Z"}""").ToJsonString(), 201);

    private static async Task<HelpdeskChange> ChangeAsync(ConnectedFreshdesk connected)
    {
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads());
        var seen = await connected.Helpdesk.FindTicketAsync("42", Patience());
        return new HelpdeskChange
        {
            Number = "42",
            TriageId = Triage,
            Stamp = seen?.Stamp ?? "",
            Tags = ["vip", "triage_intent_refund"],
            Priority = TicketPriority.High,
            PrivateNoteHtml = "<p>Grüße 😀</p>",
        };
    }

    private static void AssertLost(ConnectedFreshdesk connected, HelpdeskChange change, string call)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.ApplyAsync(change, Patience()),
                Throws.TypeOf<HelpdeskAwayException>().With.Property("MayHaveArrived").True);
            Assert.That(connected.Freshdesk.Asked, Has.Exactly(1).EqualTo(call));
        }
    }

    private static string Body(ConnectedFreshdesk connected, string call) =>
        connected.Freshdesk.Calls[connected.Freshdesk.Asked.ToList().IndexOf(call)].Body;

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
