namespace TicketTriage.Helpdesks.Tests.Zendesk;

[CancelAfter(30_000)]
public class Reading_what_is_known
{
    private const string Articles = "GET /api/v2/help_center/incremental/articles.json";

    private static readonly DateTimeOffset Since = DateTimeOffset.FromUnixTimeSeconds(1_000);

    [Test]
    public async Task Articles_are_read_page_by_page_and_marked()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Articles,
            Reply.Json("""
                {"articles":[{"id":1,"title":"Returns","body":"<p>Send it back.</p>","locale":"en-us","draft":false,"user_segment_id":null,
                "updated_at":"2026-01-02T00:00:00Z","html_url":"https://acme.zendesk.com/hc/1"},
                {"id":2,"title":null,"body":null,"locale":"de","draft":true,"user_segment_id":9,"updated_at":null,"html_url":null}],
                "end_time":2000,"next_page":"https://acme.zendesk.com/more"}
                """),
            Reply.Json("""{"articles":[{"id":3}],"end_time":2000,"next_page":"https://acme.zendesk.com/more"}"""));

        var first = await connected.Knowledge.ListArticlesAsync(cursor: null, Since, Patience());
        var second = await connected.Knowledge.ListArticlesAsync(first.Cursor, Since, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Articles.Select(article => (article.Id, article.IsDraft, article.IsInternal)),
                Is.EqualTo(new[] { ("1", false, false), ("2", true, true) }));
            Assert.That(first.Articles[0].Address, Is.EqualTo(new Uri("https://acme.zendesk.com/hc/1")));
            Assert.That(connected.Zendesk.Calls.Select(call => call.Query["start_time"]), Is.EqualTo(new[] { "1000", "2000" }));
            Assert.That(second.Cursor, Is.Null, "the record goes no further");
        }
    }

    [TestCase("\"user_segment_id\":null", ExpectedResult = false)]
    [TestCase("\"user_segment_id\":null,\"user_segment_ids\":[]", ExpectedResult = false)]
    [TestCase("\"user_segment_id\":null,\"user_segment_ids\":null", ExpectedResult = false)]
    [TestCase("\"user_segment_id\":9,\"user_segment_ids\":[]", ExpectedResult = true)]
    [TestCase("\"user_segment_id\":null,\"user_segment_ids\":[7,9]", ExpectedResult = true)]
    [TestCase("\"user_segment_ids\":[7,9]", ExpectedResult = true)]
    [TestCase("\"user_segment_ids\":[null]", ExpectedResult = true)]
    public async Task<bool> An_article_for_one_or_several_segments_is_internal_in_all_its_languages(string segments)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Articles, Reply.Json($$"""
            {"articles":[{"id":1,"title":"Rates","body":"<p>1</p>","locale":"en-us",{{segments}},
            "translations":[{"locale":"de","title":"Sätze","body":"<p>1</p>"}]}],"end_time":2000,"next_page":null}
            """));

        var page = await connected.Knowledge.ListArticlesAsync(cursor: null, Since, Patience());

        return page.Articles.Select(article => article.IsInternal).Distinct().Single();
    }

    [Test]
    public async Task Translations_come_along_with_their_article_and_are_marked_each_for_itself()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Articles, Reply.Json("""
            {"articles":[{"id":1,"title":"Returns","body":"<p>Send it back.</p>","locale":"en-us","draft":false,"user_segment_id":null,
            "updated_at":"2026-01-02T00:00:00Z","html_url":"https://acme.zendesk.com/hc/en-us/1","translations":[
              {"locale":"EN-US","title":"Returns","body":"<p>Send it back.</p>","draft":false},
              {"locale":"de","title":"Rückgabe","body":"<p>Schicken Sie es zurück.</p>","draft":false,"outdated":false,
               "updated_at":"2026-01-03T00:00:00Z","html_url":"https://acme.zendesk.com/hc/de/1"},
              {"locale":"fr","title":"Retours","body":null,"draft":true},{"locale":"it","title":"Resi","body":"<p>Vecchio.</p>","outdated":true},
              {"locale":null,"title":"Nobody's"},null]},
             {"id":2,"title":"Rates","body":"","locale":"de","user_segment_id":9,"translations":[{"locale":"en-us","title":"Rates","body":"<p>1</p>"}]}],
            "end_time":2000,"next_page":null}
            """));

        var page = await connected.Knowledge.ListArticlesAsync(cursor: null, Since, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                page.Articles.Select(article => $"{article.Id} {article.Locale} {article.Title}{(article.IsDraft ? ", draft" : "")}{(article.IsInternal ? ", internal" : "")}"),
                Is.EqualTo((string[])
                    ["1 en-us Returns", "1 de Rückgabe", "1 fr Retours, draft", "1 it Resi, internal", "2 de Rates, internal", "2 en-us Rates, internal"]));
            Assert.That(page.Articles[1].Html, Is.EqualTo("<p>Schicken Sie es zurück.</p>"));
            Assert.That(page.Articles[1].Address, Is.EqualTo(new Uri("https://acme.zendesk.com/hc/de/1")));
            Assert.That(connected.Zendesk.Calls.Single().Query["include"], Is.EqualTo("translations"), "no call of their own");
        }
    }

    [Test]
    public async Task The_paths_of_the_help_center_can_do_without_their_suffix()
    {
        await using var connected = await ConnectedZendesk.StartAsync(("HelpCenterJsonSuffix", "false"));
        connected.Zendesk.Plan(
            "GET /api/v2/help_center/incremental/articles", Reply.Json("""{"articles":[]}"""), Reply.Html(415), Reply.Html(404));

        var page = await connected.Knowledge.ListArticlesAsync(cursor: null, Since, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Articles, Is.Empty);
            Assert.That(() => connected.Knowledge.ListArticlesAsync(cursor: null, Since, Patience()),
                Throws.TypeOf<HelpdeskRefusedException>().With.Message.Contains("Helpdesks:acme:HelpCenterJsonSuffix"));
            Assert.That(() => connected.Knowledge.ListArticlesAsync(cursor: null, Since, Patience()),
                Throws.TypeOf<HelpdeskRefusedException>().With.Message.Contains("no Help Center"));
        }
    }

    [TestCase(100)]
    [TestCase(1_000)]
    public async Task A_full_page_that_leads_back_to_itself_is_not_the_end(int count)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        var articles = string.Join(',', Enumerable.Range(1, count).Select(id => $"{{\"id\":{id}}}"));
        connected.Zendesk.Plan(Articles, Reply.Json($"{{\"articles\":[{articles}],\"end_time\":1000,\"next_page\":\"https://acme.zendesk.com/more\"}}"));

        Assert.That(() => connected.Knowledge.ListArticlesAsync(cursor: null, Since, Patience()),
            Throws.TypeOf<HelpdeskAwayException>().With.Message.Contains("changed in one second"));
    }

    [Test]
    public async Task Macros_are_those_that_reply()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/macros/active", Reply.Json("""
            {"macros":[{"id":1,"title":"Close","active":true,"actions":[{"field":"status","value":"solved"}]},
            {"id":2,"title":"Plain","active":true,"actions":[{"field":"comment_value","value":["channel:all","Dear <you>,\nbye"]}]},
            {"id":3,"title":"Rich","active":true,
             "actions":[{"field":"group_id","value":7},{"field":"comment_value_html","value":"<b>Hi</b>"}]},
            {"id":4,"title":"Off","active":false,"actions":[{"field":"comment_value","value":"x"}]}]}
            """));

        var macros = await connected.Knowledge.ListMacrosAsync(Patience());

        Assert.That(macros, Is.EqualTo(new[]
        {
            new HelpdeskMacro("2", "Plain", "Dear &lt;you&gt;,<br>bye"), new HelpdeskMacro("3", "Rich", "<b>Hi</b>"),
        }));
    }

    [Test]
    public async Task The_past_comes_whole_from_the_export()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Fields, Reply.Json(Account.AllFields));
        connected.Zendesk.Plan("GET /api/v2/incremental/tickets/cursor",
            Reply.Json("""
                {"tickets":[{"id":1,"updated_at":"2026-11-01T00:00:00Z","status":"closed","tags":["vip"],
                "custom_fields":[{"id":11,"value":"triage_intent_orders_late"}],"metric_set":{"solved_at":"2026-10-05T00:00:00Z"}},
                {"id":2,"updated_at":"2026-11-02T00:00:00Z","status":"open","metric_set":{"solved_at":null}},{"id":3}],
                "after_cursor":"c2","end_of_stream":false}
                """),
            Reply.Json("""{"tickets":[],"after_cursor":"c3","end_of_stream":true}"""));

        var first = await connected.History.ReadPageAsync(cursor: null, Since, Patience());
        var second = await connected.History.ReadPageAsync(first.Cursor, Since, Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Tickets.Select(past => (past.Ticket.Number, past.SolvedAt)), Is.EqualTo(new[]
            {
                ("1", new DateTimeOffset(2026, 10, 5, 0, 0, 0, TimeSpan.Zero)), ("2", (DateTimeOffset?)null),
            }));
            Assert.That(first.Tickets[0].Ticket.Fields[TriageField.Intent], Is.EqualTo("orders/late"));
            Assert.That((first.IsEnd, second.IsEnd), Is.EqualTo((false, true)));
            Assert.That(connected.Zendesk.Calls[0].Query["include"], Is.EqualTo("metric_sets"));
            Assert.That(connected.Zendesk.Calls[^1].Query["cursor"], Is.EqualTo("c2"));
        }
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
