using System.Text.Json.Nodes;

namespace TicketTriage.Helpdesks.Tests.Zendesk;

[CancelAfter(30_000)]
public class Filling_fields
{
    private const string Put = "PUT /api/v2/tickets/42";

    private const string Applied = """{"ticket":{"id":42,"updated_at":"2026-11-25T10:00:01Z"},"audit":{"id":900}}""";

    [Test]
    public async Task A_choice_is_sent_as_its_tag_and_a_text_as_it_is()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Fields, Reply.Json(Account.AllFields));
        connected.Zendesk.Plan(Put, Reply.Json(Applied));

        var receipt = await connected.Helpdesk.ApplyAsync(
            Change((TriageField.Intent, "billing/refund"), (TriageField.Language, "de"), (TriageField.Summary, "Two\nlines.")), Patience());

        var expected = JsonNode.Parse("""
            [{"id":11,"value":"triage_intent_billing_refund"},{"id":13,"value":"de"},{"id":15,"value":"Two\nlines."}]
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonNode.DeepEquals(SentTicket(connected)?["custom_fields"], expected), connected.Zendesk.Calls[^1].Body);
            Assert.That(receipt.Warning, Is.Null);
        }
    }

    [Test]
    public async Task A_field_that_is_gone_is_named_and_the_ticket_gets_the_rest()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        var renamed = Account.AllFields.Replace("Triage intent", "What it is about", StringComparison.Ordinal);
        connected.Zendesk.Plan(Account.Fields, Reply.Json(renamed));
        connected.Zendesk.Plan(Put, Reply.Json(Applied));

        var receipt = await connected.Helpdesk.ApplyAsync(
            Change((TriageField.Intent, "billing/refund"), (TriageField.Language, "de")), Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SentTicket(connected)?["custom_fields"]?.AsArray(), Has.Count.EqualTo(1));
            Assert.That(SentTicket(connected)?["tags"], Is.Not.Null);
            Assert.That(SentTicket(connected)?["comment"], Is.Not.Null);
            Assert.That(receipt.Warning, Does.Contain("triage_intent").And.Contain("connect acme"));
        }
    }

    [Test]
    public async Task A_choice_that_is_gone_is_named_and_the_ticket_gets_the_rest()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Fields, Reply.Json(Account.AllFields));
        connected.Zendesk.Plan(Put, Reply.Json(Applied));

        var receipt = await connected.Helpdesk.ApplyAsync(
            Change((TriageField.Sentiment, "positive"), (TriageField.Language, "de")), Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SentTicket(connected)?["custom_fields"]?.ToJsonString(), Is.EqualTo("""[{"id":13,"value":"de"}]"""));
            Assert.That(receipt.Warning, Does.Contain("triage_sentiment").And.Contain("positive"));
            Assert.That(receipt.LeftOut, Is.EqualTo(new[] { TriageField.Sentiment }));
            Assert.That(connected.Warnings, Has.One.Contains("triage_sentiment"));
        }
    }

    [Test]
    public async Task A_field_with_a_new_title_is_known_by_its_description()
    {
        const string Renamed = """
            {"ticket_fields":[{"id":11,"type":"text","title":"Anliegen","active":true,
            "agent_description":"Filled by TicketTriage, which knows the field by this: triage_intent"}]}
            """;
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Fields, Reply.Json(Renamed));
        connected.Zendesk.Plan(Put, Reply.Json(Applied));

        await connected.Helpdesk.ApplyAsync(Change((TriageField.Intent, "billing/refund")), Patience());

        Assert.That(SentTicket(connected)?["custom_fields"]?.ToJsonString(), Is.EqualTo("""[{"id":11,"value":"billing/refund"}]"""));
    }

    [TestCase("""{"id":11,"type":"tagger","title":"Triage intent","active":false}""", "switched off")]
    [TestCase("""{"id":11,"type":"checkbox","title":"Is it","tag":"triage_intent","active":true}""", "checkbox")]
    public async Task A_field_that_can_not_be_filled_is_named_with_the_reason(string field, string reason)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.PlanAbilities($$"""{"ticket_fields":[{{field}}]}""");

        var abilities = await connected.Helpdesk.FindAbilitiesAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(abilities.Fields, Is.Empty);
            Assert.That(abilities.Missing, Has.One.Contains("triage_intent").And.One.Contains(reason));
        }
    }

    [Test]
    public async Task After_a_refusal_the_fields_are_listed_again()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Fields, Reply.Json(Account.AllFields), Reply.Json("""{"ticket_fields":[]}"""));
        connected.Zendesk.Plan(
            Put, Reply.Json("""{"error":"RecordInvalid","details":{"base":[{"error":"InvalidValue"}]}}""", 422), Reply.Json(Applied));
        var change = Change((TriageField.Language, "de"));

        Assert.That(() => connected.Helpdesk.ApplyAsync(change, Patience()), Throws.TypeOf<HelpdeskRefusedException>());
        var receipt = await connected.Helpdesk.ApplyAsync(change, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SentTicket(connected)?["custom_fields"], Is.Null);
            Assert.That(receipt.Warning, Does.Contain("triage_language"));
        }
    }

    [Test]
    public async Task Fields_that_may_not_be_listed_keep_no_ticket_from_being_written()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Fields, Account.Forbidden());
        connected.Zendesk.Plan(Put, Reply.Json(Applied));

        var receipt = await connected.Helpdesk.ApplyAsync(Change((TriageField.Language, "de")), Patience());

        Assert.That(receipt.Warning, Does.Contain("triage_language"));
    }

    [Test]
    public async Task A_ticket_tells_what_stands_in_the_fields()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Fields, Reply.Json(Account.AllFields));
        connected.Zendesk.Plan("GET /api/v2/tickets/42", Reply.Json("""
            {"ticket":{"id":42,"updated_at":"2026-11-25T09:30:00Z","problem_id":7,"custom_fields":[{"id":2,"value":"red"},
            {"id":11,"value":"triage_intent_orders_late"},{"id":12,"value":null},{"id":13,"value":""},{"id":14,"value":true},null,
            {"id":15,"value":"A summary."}]}}
            """));

        var ticket = await connected.Helpdesk.FindTicketAsync("42", Patience());

        var expected = new Dictionary<TriageField, string> { [TriageField.Intent] = "orders/late", [TriageField.Summary] = "A summary." };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket?.Fields, Is.EquivalentTo(expected));
            Assert.That(ticket?.ProblemNumber, Is.EqualTo("7"));
        }
    }

    [Test]
    public async Task A_ticket_is_tied_to_a_problem_as_an_incident()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Put, Reply.Json(Applied));

        await connected.Helpdesk.ApplyAsync(Change() with { ProblemNumber = "7" }, Patience());

        Assert.That((SentTicket(connected)?["type"]?.GetValue<string>(), SentTicket(connected)?["problem_id"]?.GetValue<long>()),
            Is.EqualTo(("incident", 7L)));
    }

    private static JsonNode? SentTicket(ConnectedZendesk connected) => JsonNode.Parse(connected.Zendesk.Calls[^1].Body)?["ticket"];

    private static HelpdeskChange Change(params (TriageField Field, string Value)[] fields) => new()
    {
        Number = "42",
        TriageId = Guid.Empty,
        Stamp = "2026-11-25T09:30:00Z",
        Tags = ["triage_intent_refund"],
        PrivateNoteHtml = "<p>Note</p>",
        Fields = fields.ToDictionary(pair => pair.Field, pair => pair.Value),
    };

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
