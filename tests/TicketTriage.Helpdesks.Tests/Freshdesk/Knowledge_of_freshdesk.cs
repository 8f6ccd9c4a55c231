using TicketTriage.Helpdesks.Tests.Zendesk;

namespace TicketTriage.Helpdesks.Tests.Freshdesk;

[CancelAfter(30_000)]
public class Knowledge_of_freshdesk
{
    private static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Articles_of_all_folders_are_walked_through_page_by_page()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET solutions/categories", Reply.Json("""[{"id":3,"name":"Shop"}]"""));
        connected.Freshdesk.Plan("GET solutions/categories/3/folders", Reply.Json("""
            [{"id":8,"visibility":1,"hierarchy":[{"data":{"language":"de"}}]},{"id":5,"visibility":3,"sub_folders_count":1}]
            """));
        connected.Freshdesk.Plan("GET solutions/folders/5/subfolders", Reply.Json("""[{"id":6,"visibility":4}]"""));
        connected.Freshdesk.Plan("GET solutions/folders/5/articles", Reply.Json(Articles(51)));
        connected.Freshdesk.Plan("GET solutions/folders/6/articles", Reply.Json("[]"));
        connected.Freshdesk.Plan("GET solutions/folders/8/articles",
            Reply.Json(Articles(81), 200, ("link", "<x>; rel=\"next\"")),
            Reply.Json("""[{"id":82,"title":"Entwurf","description":"x","status":1,"updated_at":"2026-01-01T00:00:00Z"},null]"""));

        var articles = new List<HelpdeskArticle>();
        string? cursor = null;
        do
        {
            var page = await connected.Knowledge.ListArticlesAsync(cursor, LongAgo, Patience());
            articles.AddRange(page.Articles);
            cursor = page.Cursor;
        }
        while (cursor is not null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(articles.Select(article => (article.Id, article.IsDraft, article.IsInternal, article.Locale)), Is.EqualTo(new[]
            {
                ("51", false, true, null), ("81", false, false, "de"), ("82", true, false, "de"),
            }));
            Assert.That(articles[1].Html, Is.EqualTo("<p>81</p>"));
            Assert.That(articles[1].Address?.AbsolutePath, Is.EqualTo("/support/solutions/articles/81"));
        }
    }

    [TestCase("3", "1", ExpectedResult = true)]
    [TestCase("4", "2", ExpectedResult = true)]
    [TestCase("1", "null", ExpectedResult = true)]
    [TestCase("1", "2", ExpectedResult = false)]
    public async Task<bool> A_folder_is_no_more_public_than_the_one_it_lies_in(string outer, string inner)
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET solutions/categories", Reply.Json("""[{"id":3}]"""));
        connected.Freshdesk.Plan("GET solutions/categories/3/folders", Reply.Json($$"""[{"id":8,"visibility":{{outer}},"sub_folders_count":1}]"""));
        connected.Freshdesk.Plan("GET solutions/folders/8/subfolders", Reply.Json($$"""[{"id":5,"visibility":{{inner}}}]"""));
        connected.Freshdesk.Plan("GET solutions/folders/5/articles", Reply.Json(Articles(51)));

        var page = await connected.Knowledge.ListArticlesAsync(null, LongAgo, Patience());

        return page.Articles.Single().IsInternal;
    }

    [Test]
    public async Task All_that_is_there_is_given_since_what_is_gone_moves_no_time()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET solutions/categories", Reply.Json("""[{"id":3}]"""));
        connected.Freshdesk.Plan("GET solutions/categories/3/folders", Reply.Json("""[{"id":8,"visibility":1}]"""));
        connected.Freshdesk.Plan("GET solutions/folders/8/articles", Reply.Json(Articles(81)));

        var page = await connected.Knowledge.ListArticlesAsync(null, new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero), Patience());

        Assert.That((page.Articles.Count, page.Cursor, page.IsOfAll), Is.EqualTo((1, (string?)null, true)));
    }

    [Test]
    public async Task Canned_responses_of_one_agent_alone_are_left_out()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET canned_response_folders", Reply.Json("""[{"id":1,"personal":true},{"id":2,"personal":false}]"""));
        connected.Freshdesk.Plan("GET canned_response_folders/2/responses", Reply.Json(
            """[{"id":21,"title":"Refund","content_html":"<p>Dear {{ticket.requester.name}}</p>"}]"""));

        var macros = await connected.Knowledge.ListMacrosAsync(Patience());

        Assert.That(macros, Is.EqualTo(new[] { new HelpdeskMacro("21", "Refund", "<p>Dear {{ticket.requester.name}}</p>") }));
    }

    [Test]
    public async Task Ratings_of_both_scales_are_read_and_the_latest_counts()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET surveys/satisfaction_ratings", Reply.Json("""
            [{"ticket_id":1,"ratings":{"default_question":103},"created_at":"2026-02-01T00:00:00Z"},
             {"ticket_id":2,"ratings":{"default_question":-101},"created_at":"2026-01-01T00:00:00Z"},
             {"ticket_id":3,"rating":1,"created_at":"2026-01-01T00:00:00Z"},
             {"ticket_id":4,"rating":3,"created_at":"2026-01-01T00:00:00Z"},
             {"ticket_id":5,"ratings":{"default_question":100},"created_at":"2026-01-01T00:00:00Z"},
             {"ticket_id":1,"ratings":{"default_question":-103},"created_at":"2026-01-01T00:00:00Z"},null]
            """));

        var ratings = await connected.Ways.History.ListRatingsAsync(LongAgo, Patience());

        Assert.That(ratings.OrderBy(rating => rating.Key).Select(rating => rating.Value), Is.EqualTo((TicketRating[])
            [TicketRating.Good, TicketRating.Bad, TicketRating.Good, TicketRating.Bad, TicketRating.None]));
    }

    private static string Articles(int id) => $$"""
        [{"id":{{id}},"title":"Returns","description":"<p>{{id}}</p>","status":2,"updated_at":"2026-01-01T00:00:00Z"}]
        """;

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
