using TicketTriage.Sandbox;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

[TestFixture, Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Reading_from_the_sandbox
{
    [Test]
    public async Task A_ticket_is_read_with_and_without_the_suffix()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new() { FirstTicketNumber = 5_000_000_000 }, default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("Früher als gedacht", "Grüße 🎉");

        var plain = await caller.GetAsync("/api/v2/tickets/5000000000");
        var suffixed = await caller.GetAsync("/api/v2/tickets/5000000000.json");

        Assert.That(plain.At("ticket.id"), Is.EqualTo("5000000000"));
        Assert.That((string?)plain.Json?["ticket"]?["description"], Is.EqualTo("Grüße 🎉"));
        Assert.That(plain.At("ticket.priority"), Is.EqualTo("null"));
        Assert.That(plain.At("ticket.group_id"), Is.EqualTo("null"));
        Assert.That(suffixed.Text, Is.EqualTo(plain.Text));
        Assert.That(plain.Header("X-Rate-Limit-Remaining"), Is.Not.Null);
        Assert.That(plain.Header("ratelimit-reset"), Is.Not.Null);
    }

    [Test]
    public async Task Comments_are_paged_by_cursor_oldest_first()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var number = AddTicketWithComments(helpdesk, 5);

        var first = await caller.GetAsync($"/api/v2/tickets/{number}/comments?page[size]=2&include=users");
        var second = await caller.GetAsync($"/api/v2/tickets/{number}/comments?page[size]=2&page[after]={first.At("meta.after_cursor")}");
        var third = await caller.GetAsync($"/api/v2/tickets/{number}/comments?page[size]=2&page[after]={second.At("meta.after_cursor")}");

        Assert.That(
            new[] { first, second, third }.Select(page => string.Join(' ', page.ListAt("comments", "plain_body"))),
            Is.EqualTo(new[] { "1 2", "3 4", "5" }));
        Assert.That(new[] { first, second, third }.Select(page => page.At("meta.has_more")), Is.EqualTo(new[] { "true", "true", "false" }));
        Assert.That(first.At("users.0.role"), Is.EqualTo("end-user"));
        Assert.That(second.At("users"), Is.EqualTo("null"));
        Assert.That((await caller.GetAsync((string?)first.Json?["links"]?["next"] ?? "")).Text, Is.EqualTo(second.Text));
        Assert.That(third.At("links.next"), Is.EqualTo("null"));
    }

    [Test]
    public async Task Comments_are_paged_newest_first_while_new_ones_arrive()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var number = AddTicketWithComments(helpdesk, 4);
        var path = $"/api/v2/tickets/{number}/comments?page[size]=2&sort=-created_at";

        var first = await caller.GetAsync(path);
        helpdesk.AddComment(number, new() { Body = "late" });
        var second = await caller.GetAsync($"{path}&page[after]={first.At("meta.after_cursor")}");

        Assert.That(first.ListAt("comments", "body"), Is.EqualTo(new[] { "4", "3" }));
        Assert.That(second.ListAt("comments", "body"), Is.EqualTo(new[] { "2", "1" }));
    }

    [TestCase("page[size]=0")]
    [TestCase("page[size]=101")]
    [TestCase("page[size]=2&page[after]=rubbish!")]
    public async Task A_page_that_is_none_is_refused(string query)
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var number = helpdesk.AddTicket("s", "b").Number;

        var reply = await caller.GetAsync($"/api/v2/tickets/{number}/comments?{query}");

        Assert.That(reply.Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Comments_are_paged_by_offset_without_a_cursor()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var number = AddTicketWithComments(helpdesk, 5);

        var reply = await caller.GetAsync($"/api/v2/tickets/{number}/comments.json?page=2&per_page=2&sort_order=desc");

        Assert.That(reply.ListAt("comments", "body"), Is.EqualTo(new[] { "3", "2" }));
        Assert.That(reply.At("count"), Is.EqualTo("5"));
        Assert.That(reply.At("next_page"), Does.Contain("page=3"));
        Assert.That(reply.At("meta"), Is.EqualTo("null"));
    }

    [Test]
    public async Task Audits_are_read_newest_first_and_name_what_changed()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var number = helpdesk.AddTicket("s", "b").Number;
        await caller.ChangeAsync(number, new { tags = new[] { "a" }, metadata = new { run = "x" } });

        var reply = await caller.GetAsync($"/api/v2/tickets/{number}/audits?page[size]=10&sort=-created_at");

        Assert.That(reply.Json?["audits"]?.AsArray(), Has.Count.EqualTo(2));
        Assert.That(reply.At("audits.0.author_id"), Is.EqualTo($"{helpdesk.Integration.Id}"));
        Assert.That(reply.At("audits.0.via.channel"), Is.EqualTo("api"));
        Assert.That(reply.At("audits.0.metadata.custom.run"), Is.EqualTo("x"));
        Assert.That(reply.At("audits.0.events.0.field_name"), Is.EqualTo("tags"));
        Assert.That(reply.At("audits.0.events.0.value"), Is.EqualTo("""["a"]"""));
    }

    [Test]
    public async Task A_mail_in_html_has_its_text_beside_it()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var number = helpdesk.AddTicket(new()
        {
            Subject = "s",
            HtmlBody = "<style>p{color:red}</style><p>Gr&uuml;&szlig;e   aus\nUlm</p><img src=\"cid:1\"><ul><li>eins</li></ul>a &lt; b",
        }).Number;

        var reply = await caller.GetAsync($"/api/v2/tickets/{number}/comments?page[size]=1");

        Assert.That((string?)reply.Json?["comments"]?[0]?["body"], Is.EqualTo("Grüße aus Ulm\n![](cid:1)\neins\na < b"));
        Assert.That((string?)reply.Json?["comments"]?[0]?["html_body"], Does.Contain("<style>"));
    }

    [Test]
    public async Task Many_tickets_users_and_groups_are_read_at_once()
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        var ticket = helpdesk.AddTicket("s", "b");
        helpdesk.AddTicket("t", "b");

        var tickets = await caller.GetAsync("/api/v2/tickets/show_many?ids=2,1,99");
        var users = await caller.GetAsync($"/api/v2/users/show_many?ids={ticket.RequesterId},{helpdesk.Integration.Id}");
        var groups = await caller.GetAsync("/api/v2/groups/assignable");

        Assert.That(tickets.ListAt("tickets", "id"), Is.EqualTo(new[] { "2", "1" }));
        Assert.That(users.ListAt("users", "role"), Is.EqualTo(new[] { "end-user", "admin" }));
        Assert.That(
            groups.ListAt("groups", "name"),
            Is.EqualTo(new[] { "Support", "Billing", "Orders", "Reservations", "Technical", "Customer Care" }));
    }

    [TestCase("/api/v2/satisfaction_ratings", "GET /api/v2/satisfaction_ratings")]
    [TestCase("/api/v2/tickets/1/related", "GET /api/v2/tickets/{id}/related")]
    public async Task A_call_that_nobody_planned_is_not_found_and_listed(string path, string listed)
    {
        await using var helpdesk = await SandboxHelpdesk.StartAsync(new(), default);
        using var caller = new SandboxCaller(helpdesk);
        helpdesk.AddTicket("s", "b");

        var reply = await caller.GetAsync(path);

        Assert.That(reply.Status, Is.EqualTo(404));
        Assert.That(helpdesk.Journal.UnplannedCalls, Is.EqualTo(new[] { listed }));
    }

    [Test]
    public async Task Calls_beyond_the_limit_are_turned_away_until_the_minute_is_over()
    {
        var clock = new StoppedClock();
        await using var helpdesk = await SandboxHelpdesk.StartAsync(
            new() { Limits = new() { CallsPerMinute = 2 }, TimeProvider = clock }, default);
        using var caller = new SandboxCaller(helpdesk);

        var replies = new List<Reply>();
        for (var call = 0; call < 3; call++)
        {
            replies.Add(await caller.GetAsync("/api/v2/groups"));
        }

        clock.Now += TimeSpan.FromSeconds(60);
        var later = await caller.GetAsync("/api/v2/groups");

        Assert.That(replies.Select(reply => reply.Status), Is.EqualTo(new[] { 200, 200, 429 }));
        Assert.That(replies[2].Header("Retry-After"), Is.EqualTo("60"));
        Assert.That(later.Status, Is.EqualTo(200));
    }

    private static long AddTicketWithComments(SandboxHelpdesk helpdesk, int comments)
    {
        var number = helpdesk.AddTicket("s", "1").Number;
        for (var comment = 2; comment <= comments; comment++)
        {
            helpdesk.AddComment(number, new() { Body = $"{comment}" });
        }

        return number;
    }
}
