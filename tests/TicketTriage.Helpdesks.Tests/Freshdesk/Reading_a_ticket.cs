using System.Net;
using System.Text;
using TicketTriage.Helpdesks.Tests.Zendesk;

namespace TicketTriage.Helpdesks.Tests.Freshdesk;

[CancelAfter(30_000)]
public class Reading_a_ticket
{
    [Test]
    public async Task Its_codes_become_words()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads("""
            {"status":3,"priority":4,"source":10,"group_id":11,"responder_id":12,"tags":["vip",null],
            "custom_fields":{"cf_triage_intent_297457":"refund","cf_triage_summary":null,"cf_order":98765,"cf_triage_language":5},
            "association_type":4,"associated_tickets_list":[31]}
            """));

        var ticket = await connected.Helpdesk.FindTicketAsync("42", Patience());

        Assert.That(ticket, Is.Not.Null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Number, Is.EqualTo("42"));
            Assert.That(ticket.Status, Is.EqualTo(HelpdeskStatus.Pending));
            Assert.That(ticket.Priority, Is.EqualTo(TicketPriority.Urgent));
            Assert.That(ticket.Channel, Is.EqualTo("outbound email"));
            Assert.That((ticket.GroupId, ticket.AssigneeId, ticket.RequesterId), Is.EqualTo(("11", "12", "7")));
            Assert.That(ticket.Tags, Is.EqualTo(new[] { "vip" }));
            Assert.That(ticket.Fields, Is.EqualTo(new Dictionary<TriageField, string> { [TriageField.Intent] = "refund" }));
            Assert.That(ticket.ProblemNumber, Is.EqualTo("31"));
            Assert.That(ticket.Stamp, Does.StartWith("2026-11-25T09:30:00Z#"));
            Assert.That(connected.Freshdesk.Calls[0].Authorization,
                Is.EqualTo("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("the key:X"))));
        }
    }

    [TestCase("""{"status":2}""", ExpectedResult = HelpdeskStatus.Open)]
    [TestCase("""{"status":4}""", ExpectedResult = HelpdeskStatus.Solved)]
    [TestCase("""{"status":5}""", ExpectedResult = HelpdeskStatus.Closed)]
    [TestCase("""{"status":6}""", ExpectedResult = HelpdeskStatus.Unknown)]
    [TestCase("""{"status":null}""", ExpectedResult = HelpdeskStatus.Unknown)]
    [TestCase("""{"status":2,"spam":true}""", ExpectedResult = HelpdeskStatus.Spam)]
    [TestCase("""{"status":2,"deleted":true}""", ExpectedResult = HelpdeskStatus.Deleted)]
    public async Task<HelpdeskStatus> Its_status_is_told(string changes)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads(changes));

        return (await connected.Helpdesk.FindTicketAsync("42", Patience()))?.Status ?? throw new InvalidOperationException("No ticket.");
    }

    [TestCase("""{"priority":1}""", TicketPriority.None, TestName = "Low_on_a_mail_that_nobody_has_is_nobodys_choice")]
    [TestCase("""{"priority":1,"responder_id":12}""", TicketPriority.Low, TestName = "Low_on_an_agents_ticket_is_the_agents")]
    [TestCase("""{"priority":1,"source":3}""", TicketPriority.Low, TestName = "Low_on_a_call_is_the_choice_of_who_took_it")]
    [TestCase("""{"priority":2}""", TicketPriority.Normal)]
    [TestCase("""{"priority":9}""", TicketPriority.None)]
    public async Task Its_priority_is_told(string changes, TicketPriority expected)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads(changes));

        var ticket = await connected.Helpdesk.FindTicketAsync("42", Patience());

        Assert.That(ticket?.Priority, Is.EqualTo(expected));
    }

    [TestCase("""{"priority":3}""")]
    [TestCase("""{"group_id":11}""")]
    [TestCase("""{"responder_id":12}""")]
    [TestCase("""{"status":3}""")]
    [TestCase("""{"tags":["vip","angry"]}""")]
    [TestCase("""{"custom_fields":{"cf_triage_intent":"refund"}}""")]
    [TestCase("""{"stats":{"requester_responded_at":"2026-11-25T09:30:00Z"}}""")]
    [TestCase("""{"updated_at":"2026-11-25T09:30:01Z"}""")]
    public async Task A_change_within_the_same_second_is_another_version(string changes)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads(), Wire.Reads(changes), Wire.Reads("""{"due_by":"2026-11-26T00:00:00Z"}"""));

        var before = await connected.Helpdesk.FindTicketAsync("42", Patience());
        var after = await connected.Helpdesk.FindTicketAsync("42", Patience());
        var computed = await connected.Helpdesk.FindTicketAsync("42", Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after?.Stamp, Is.Not.EqualTo(before?.Stamp));
            Assert.That(computed?.Stamp, Is.EqualTo(before?.Stamp), "Freshdesk's own late sums are nobody's change.");
        }
    }

    [Test]
    public async Task One_that_was_archived_is_closed()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets/42", Reply.Status(404));
        connected.Freshdesk.Plan("GET tickets/archived/42", Wire.Reads("""{"status":6}"""));

        var ticket = await connected.Helpdesk.FindTicketAsync("42", Patience());

        Assert.That(ticket?.Status, Is.EqualTo(HelpdeskStatus.Closed));
    }

    [Test]
    public async Task One_that_is_nowhere_is_none()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets/42", Reply.Status(404));
        connected.Freshdesk.Plan("GET tickets/archived/42", Reply.Status(404));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await connected.Helpdesk.FindTicketAsync("42", Patience()), Is.Null);
            Assert.That(await connected.Helpdesk.FindTicketAsync("INC-42", Patience()), Is.Null);
        }
    }

    [Test]
    public async Task The_text_that_opened_it_is_its_first_message()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads($$"""
            {"requester":{"id":7,"name":"Kim Park"},
            "attachments":[{"name":"bill.pdf","content_type":"application/pdf","size":2048,"attachment_url":"https://s3.example/x"},null],
            "conversations":[
            {{Wire.Conversation(1)}},
            {{Wire.Conversation(2, """{"user_id":12,"incoming":false,"private":true,"from_email":"\"Ana Ruiz\" <ana@acme.example>"}""")}},
            {{Wire.Conversation(3, """{"user_id":null,"incoming":false,"private":null,"body_text":null}""")}}]}
            """));

        var comments = await connected.Helpdesk.ListCommentsAsync("42", 200, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(connected.Freshdesk.Calls.Single().Query["include"], Is.EqualTo("requester,conversations"));
            Assert.That(comments.Select(comment => comment.Text), Is.EqualTo(new[] { "Where is my money?", "1", "2", "" }));
            Assert.That(comments.Select(comment => comment.IsFromCustomer), Is.EqualTo(new[] { true, true, false, false }));
            Assert.That(comments.Select(comment => comment.IsPublic), Is.EqualTo(new[] { true, true, false, false }));
            Assert.That(comments.Select(comment => comment.AuthorName), Is.EqualTo(new[] { "Kim Park", "Kim Park", "Ana Ruiz", null }));
            Assert.That(comments[0].Html, Is.EqualTo("<div>Where is my money?</div>"));
            Assert.That(comments[0].Attachments, Is.EqualTo(new[]
            {
                new HelpdeskAttachment("bill.pdf", "application/pdf", 2048) { Address = new Uri("https://s3.example/x") },
            }));
        }
    }

    [TestCase(10, 200)]
    [TestCase(30, 200)]
    [TestCase(31, 200)]
    [TestCase(95, 200)]
    [TestCase(600, 50)]
    [TestCase(601, 1)]
    public async Task Beyond_ten_messages_all_pages_are_read_or_the_newest(int messages, int most)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        var all = Enumerable.Range(1, messages).Select(id => Wire.Conversation(id)).ToList();
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads($$"""{"conversations":[{{string.Join(',', all.Take(10))}}]}"""));
        var pages = all.Chunk(30).ToList();
        for (var call = 0; call < 40; call++)
        {
            connected.Freshdesk.Plan("GET tickets/42/conversations", context =>
            {
                var page = int.Parse(context.Request.Query["page"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
                var items = page <= pages.Count ? pages[page - 1] : [];
                return Wire.List(items.Select(item => (System.Text.Json.Nodes.JsonObject)item.DeepClone()), page < pages.Count)(context);
            });
        }

        var comments = await connected.Helpdesk.ListCommentsAsync("42", most, Patience());

        var newest = Enumerable.Range(1, messages).TakeLast(most - 1).Select(id => $"{id}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(comments.Select(comment => comment.Id), Is.EqualTo(new[] { "description" }.Concat(newest)));
            Assert.That(connected.Freshdesk.Calls, Has.Count.LessThanOrEqualTo(13));
        }
    }

    [Test]
    public async Task An_answer_about_another_ticket_is_none()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets/42", Wire.Reads("""{"id":43}"""));

        Assert.That(() => connected.Helpdesk.FindTicketAsync("42", Patience()),
            Throws.TypeOf<HelpdeskAwayException>().With.Message.EqualTo("Helpdesk acme answered without ticket 42."));
    }

    [TestCase(401, """{"code":"invalid_credentials","message":"no"}""",
        "Freshdesk refuses the credentials (401 invalid_credentials): check Helpdesks:acme:ApiToken, the API key of an agent.")]
    [TestCase(403, """{"code":"access_denied","message":"no"}""",
        "Freshdesk keeps ticket 42 from this service (403 access_denied): give the agent whose API key helpdesk acme uses the permission.")]
    [TestCase(403, """{"code":"account_suspended","message":"no"}""",
        "Freshdesk keeps ticket 42 from this service (403 account_suspended): the account of helpdesk acme is suspended.")]
    [TestCase(404, "<html>", "No Freshdesk answers for ticket 42 (404): check Helpdesks:acme:BaseUrl.")]
    [TestCase(301, "", "Freshdesk points to another address (301), which never gets the credentials: set Helpdesks:acme:BaseUrl to it.")]
    [TestCase(406, "", "Helpdesk acme refuses ticket 42 (406).")]
    public async Task A_refusal_is_a_sentence_that_quotes_nobody(int status, string body, string expected)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET tickets/42", Reply.Json(body, status));

        Assert.That(() => connected.Helpdesk.FindTicketAsync("42", Patience()),
            Throws.TypeOf<HelpdeskRefusedException>().With.Message.EqualTo(expected)
                .And.Property(nameof(HelpdeskRefusedException.Status)).EqualTo((HttpStatusCode)status));
    }

    [Test]
    public async Task Who_it_is_says_what_it_sees()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET agents/me", Reply.Json(
            """{"id":99,"type":"support_agent","ticket_scope":2,"contact":{"name":"Triage","email":"t@acme.example"}}"""));

        var identity = await connected.Helpdesk.IdentifyAsync(Patience());

        Assert.That(identity, Is.EqualTo(new HelpdeskIdentity("99", "Triage", "support_agent, its groups' tickets")));
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
