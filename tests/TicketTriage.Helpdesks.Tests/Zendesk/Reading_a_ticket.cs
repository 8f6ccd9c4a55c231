using System.Globalization;
using System.Net;
using System.Text;

namespace TicketTriage.Helpdesks.Tests.Zendesk;

[CancelAfter(30_000)]
public class Reading_a_ticket
{
    private const string Ticket = """
        {"ticket":{"id":42,"subject":"Where is my parcel?","status":"hold","priority":"urgent","tags":["vip","parcel"],
        "group_id":7,"assignee_id":8,
        "requester_id":9,"via":{"channel":"email"},"created_at":"2026-11-25T08:00:00Z","updated_at":"2026-11-25T09:30:00Z",
        "satisfaction_rating":null}}
        """;

    [Test]
    public async Task A_ticket_is_told_in_neutral_words()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/tickets/42", Reply.Json(Ticket));

        var ticket = await connected.Helpdesk.FindTicketAsync("42", Patience());

        Assert.That(ticket, Is.Not.Null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Number, Is.EqualTo("42"));
            Assert.That(ticket.Subject, Is.EqualTo("Where is my parcel?"));
            Assert.That(ticket.Status, Is.EqualTo(HelpdeskStatus.OnHold));
            Assert.That(ticket.Priority, Is.EqualTo(TicketPriority.Urgent));
            Assert.That(ticket.Tags, Is.EqualTo(new[] { "vip", "parcel" }));
            Assert.That((ticket.GroupId, ticket.AssigneeId, ticket.RequesterId), Is.EqualTo(("7", "8", "9")));
            Assert.That(ticket.Channel, Is.EqualTo("email"));
            Assert.That(ticket.CreatedAt, Is.EqualTo(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero)));
            Assert.That(ticket.Stamp, Is.EqualTo("2026-11-25T09:30:00Z"), "to the letter");
        }
    }

    [Test]
    public async Task Nulls_and_unknown_words_are_let_pass()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/tickets/42", Reply.Json("""
            {"ticket":{"id":"42","subject":null,"status":"simmering","priority":"apocalyptic","tags":null,"group_id":null,
            "assignee_id":null,
            "requester_id":null,"via":{"channel":33},"created_at":"long ago","updated_at":"2026-11-25T09:30:00Z"}}
            """));

        var ticket = await connected.Helpdesk.FindTicketAsync("42", Patience());

        Assert.That(ticket, Is.Not.Null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket.Subject, Is.Empty);
            Assert.That(ticket.Status, Is.EqualTo(HelpdeskStatus.Unknown));
            Assert.That(ticket.Priority, Is.EqualTo(TicketPriority.None));
            Assert.That(ticket.Tags, Is.Empty);
            Assert.That(ticket.Channel, Is.EqualTo("33"));
            Assert.That(connected.Warnings, Has.One.Contains("simmering").And.One.Contains("apocalyptic"));
        }
    }

    [TestCase("new", ExpectedResult = HelpdeskStatus.New)]
    [TestCase("OPEN", ExpectedResult = HelpdeskStatus.Open)]
    [TestCase("pending", ExpectedResult = HelpdeskStatus.Pending)]
    [TestCase("solved", ExpectedResult = HelpdeskStatus.Solved)]
    [TestCase("closed", ExpectedResult = HelpdeskStatus.Closed)]
    [TestCase("ARCHIVED", ExpectedResult = HelpdeskStatus.Closed)]
    [TestCase("deleted", ExpectedResult = HelpdeskStatus.Deleted)]
    public async Task<HelpdeskStatus?> A_status_is_read_in_capitals_too(string word)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/tickets/42", Reply.Json(
            $$$"""{"ticket":{"id":42,"status":"{{{word}}}","updated_at":"2026-11-25T09:30:00Z"}}"""));

        return (await connected.Helpdesk.FindTicketAsync("42", Patience()))?.Status;
    }

    [Test]
    public async Task A_ticket_that_zendesk_does_not_have_is_null()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/tickets/42", Reply.Json("""{"error":"RecordNotFound","description":"Not found"}""", 404));

        var ticket = await connected.Helpdesk.FindTicketAsync("42", Patience());

        Assert.That(ticket, Is.Null);
    }

    [Test]
    public async Task A_404_that_is_not_about_the_ticket_does_not_pass_for_its_absence()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/tickets/42",
            Reply.Json("""{"error":{"title":"No help desk at acme.zendesk.com"}}""", 404), Reply.Html(404));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => connected.Helpdesk.FindTicketAsync("42", Patience()),
                Throws.TypeOf<HelpdeskRefusedException>().With.Message.Contains("Helpdesks:acme:BaseUrl"));
            Assert.That(() => connected.Helpdesk.FindTicketAsync("42", Patience()), Throws.TypeOf<HelpdeskRefusedException>());
        }
    }

    [TestCase("../users/me")]
    [TestCase("42?include=users")]
    [TestCase("-1")]
    [TestCase("")]
    [TestCase("99999999999999999999")]
    public async Task What_is_no_number_is_not_asked_for(string number)
    {
        await using var connected = await ConnectedZendesk.StartAsync();

        var ticket = await connected.Helpdesk.FindTicketAsync(number, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ticket, Is.Null);
            Assert.That(connected.Zendesk.Calls, Is.Empty);
        }
    }

    [TestCase("""{}""")]
    [TestCase("""{"ticket":null}""")]
    [TestCase("""{"ticket":{"id":43,"updated_at":"2026-11-25T09:30:00Z"}}""")]
    [TestCase("""{"ticket":{"id":42,"updated_at":null}}""")]
    [TestCase("""{"ticket":[]}""")]
    [TestCase("""null""")]
    [TestCase("""{"ticket":{"id":42""")]
    public async Task An_answer_without_the_ticket_is_no_answer(string body)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/tickets/42", [.. Enumerable.Repeat(Reply.Json(body), 4)]);

        var finding = connected.Helpdesk.FindTicketAsync("42", Patience());

        Assert.That(() => Impatience.AwaitAsync(finding, connected.Clock, Patience()),
            Throws.TypeOf<HelpdeskAwayException>().With.Property("MayHaveArrived").False);
    }

    [Test]
    public async Task Comments_know_whether_a_customer_wrote_them()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/tickets/42/comments", Reply.Json("""
            {"comments":[
            {"id":1,"author_id":9,"public":true,"body":"**Hello**","html_body":"<p>Hello</p>","plain_body":"Hello",
             "created_at":"2026-11-25T08:00:00Z",
             "attachments":[{"file_name":"parcel.png","content_type":"image/png","size":1234},
             {"file_name":null,"content_type":null,"size":null}]},
            {"id":2,"author_id":8,"public":false,"body":"Look into it","html_body":"","plain_body":null,
             "created_at":"2026-11-25T08:10:00Z","attachments":null},
            {"id":3,"author_id":77,"public":true,"body":"Forgotten customer"},
            {"id":4,"author_id":-1,"public":true,"body":"Sent by the system"}],
            "users":[{"id":9,"name":"Kim","role":"end-user"},{"id":8,"name":"Sam","role":"agent"}],
            "meta":{"has_more":false,"after_cursor":null}}
            """));

        var comments = await connected.Helpdesk.ListCommentsAsync("42", 50, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(comments.Select(comment => comment.IsFromCustomer), Is.EqualTo(new[] { true, false, true, false }));
            Assert.That(comments.Select(comment => comment.IsPublic), Is.EqualTo(new[] { true, false, true, true }));
            Assert.That(comments[0].Html, Is.EqualTo("<p>Hello</p>"));
            Assert.That(comments[0].Text, Is.EqualTo("Hello"));
            Assert.That(comments[0].Attachments[0], Is.EqualTo(new HelpdeskAttachment("parcel.png", "image/png", 1234)));
            Assert.That(comments[1].Html, Is.Null);
            Assert.That(comments[1].Text, Is.EqualTo("Look into it"));
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(1));
            Assert.That(connected.Zendesk.Calls[0].Query["include"], Is.EqualTo("users"));
            Assert.That(connected.Zendesk.Calls[0].Query["page[size]"], Is.EqualTo("100"));
        }
    }

    [TestCase(5000, 50, 2, new[] { 1, 4952, 5000 })]
    [TestCase(5000, 150, 3, new[] { 1, 4852, 5000 })]
    [TestCase(150, 200, 3, new[] { 1, 2, 150 })]
    [TestCase(80, 20, 1, new[] { 1, 62, 80 })]
    public async Task Of_many_comments_the_first_and_the_newest_are_read_in_few_calls(int all, int most, int calls, int[] firstSecondLast)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/tickets/42/comments", [.. Enumerable.Repeat(CommentsOf(all), calls)]);

        var comments = await connected.Helpdesk.ListCommentsAsync("42", most, Patience());

        var ids = comments.Select(comment => int.Parse(comment.Id, CultureInfo.InvariantCulture)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids, Has.Count.EqualTo(Math.Min(all, most)).And.Ordered.And.Unique);
            Assert.That(new[] { ids[0], ids[1], ids[^1] }, Is.EqualTo(firstSecondLast));
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(calls));
        }
    }

    [Test]
    public async Task Comments_without_a_list_are_no_empty_list()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/tickets/42/comments", Reply.Json("""{"comments":null}"""));

        Assert.That(() => connected.Helpdesk.ListCommentsAsync("42", 50, Patience()), Throws.TypeOf<HelpdeskAwayException>());
    }

    [Test]
    public async Task Groups_are_read_page_by_page_and_deleted_ones_left_out()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/groups",
            Reply.Json("""
                {"groups":[{"id":1,"name":"Support"},{"id":2,"name":"Old","deleted":true}],"meta":{"has_more":true,"after_cursor":"a+b="}}
                """),
            Reply.Json("""{"groups":[{"id":3,"name":"Billing","deleted":false}],"meta":{"has_more":false,"after_cursor":"c"}}"""));

        var groups = await connected.Helpdesk.ListGroupsAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(groups, Is.EqualTo(new[] { new HelpdeskGroup("1", "Support"), new HelpdeskGroup("3", "Billing") }));
            Assert.That(connected.Zendesk.Calls[1].Query["page[after]"], Is.EqualTo("a+b="));
        }
    }

    [Test]
    public async Task Pages_that_lead_to_themselves_are_not_followed_for_ever()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        var page = Reply.Json("""{"groups":[],"meta":{"has_more":true,"after_cursor":"a"}}""");
        connected.Zendesk.Plan("GET /api/v2/groups", page, page);

        Assert.That(() => connected.Helpdesk.ListGroupsAsync(Patience()), Throws.TypeOf<HelpdeskAwayException>());
    }

    [Test]
    public async Task Changed_tickets_are_read_from_a_moment_and_then_from_the_cursor()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/incremental/tickets/cursor",
            Reply.Json("""
                {"tickets":[{"id":1,"status":"open","updated_at":"2026-11-25T09:00:00Z"},
                {"id":2,"status":"deleted","updated_at":"2026-11-25T09:01:00Z"}],
                "after_cursor":"MTU3|x==","end_of_stream":false}
                """),
            Reply.Json("""{"tickets":[],"after_cursor":null,"end_of_stream":true}"""));

        var first = await connected.Helpdesk.ListChangedAsync(null, connected.Clock.GetUtcNow().AddHours(-1), Patience());
        var second = await connected.Helpdesk.ListChangedAsync(first.Cursor, connected.Clock.GetUtcNow(), Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Tickets.Select(ticket => (ticket.Number, ticket.Status)),
                Is.EqualTo(new[] { ("1", HelpdeskStatus.Open), ("2", HelpdeskStatus.Deleted) }));
            Assert.That(first.Tickets[0].Stamp, Is.EqualTo("2026-11-25T09:00:00Z"));
            Assert.That((first.Cursor, first.IsEnd), Is.EqualTo(("MTU3|x==", false)));
            Assert.That((second.Cursor, second.IsEnd), Is.EqualTo(("MTU3|x==", true)));
            Assert.That(connected.Zendesk.Calls[0].Query["start_time"],
                Is.EqualTo(connected.Clock.GetUtcNow().AddHours(-1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
            Assert.That(connected.Zendesk.Calls[1].Query["cursor"], Is.EqualTo("MTU3|x=="));
        }
    }

    [Test]
    public async Task An_export_never_begins_within_the_last_minute()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/incremental/tickets/cursor", Reply.Json("""{"tickets":[],"end_of_stream":true}"""));

        await connected.Helpdesk.ListChangedAsync(null, connected.Clock.GetUtcNow(), Patience());

        var start = long.Parse(connected.Zendesk.Calls[0].Query["start_time"], CultureInfo.InvariantCulture);
        Assert.That(connected.Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(start), Is.GreaterThan(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task An_export_that_is_not_allowed_is_refused_with_the_status()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/incremental/tickets/cursor", Reply.Json("""{"error":"Forbidden"}""", 403));

        Assert.That(() => connected.Helpdesk.ListChangedAsync(null, connected.Clock.GetUtcNow(), Patience()),
            Throws.TypeOf<HelpdeskRefusedException>().With.Property("Status").EqualTo(HttpStatusCode.Forbidden));
    }

    // Pages of a hundred over ids from 1, oldest or newest first as asked, with the place to go on as the cursor.
    private static Microsoft.AspNetCore.Http.RequestDelegate CommentsOf(int all) => context =>
    {
        var isNewestFirst = context.Request.Query["sort"] == "-created_at";
        var after = context.Request.Query["page[after]"].ToString();
        var skip = after.Length == 0 ? 0 : int.Parse(after, CultureInfo.InvariantCulture);
        var ids = Enumerable.Range(1, all);
        var page = (isNewestFirst ? ids.Reverse() : ids).Skip(skip).Take(100).ToList();
        var body = new StringBuilder("""{"comments":[""");
        body.AppendJoin(',', page.Select(id => $$"""{"id":{{id}},"author_id":9,"public":true,"body":"Number {{id}}"}"""));
        body.Append(CultureInfo.InvariantCulture,
            $$$"""],"users":[],"meta":{"has_more":{{{(skip + 100 < all ? "true" : "false")}}},"after_cursor":"{{{skip + 100}}}"}}""");
        return Reply.Json(body.ToString())(context);
    };

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
