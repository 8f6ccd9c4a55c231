using TicketTriage.Helpdesks;
using TicketTriage.Knowledge;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Knowledge;

/// <summary>What happens to an article at its vendor, and what customers are quoted then. Both vendors' ways: changes alone, or all each time.</summary>
[CancelAfter(60_000)]
public sealed class Following_a_help_center
{
    private const string Question = "How long does the kettle whistle?";

    private static readonly HelpdeskArticle Kettle = new(
        "1", "The whistling kettle", "<p>The kettle whistles for 3 minutes.</p>", "en-us", IsDraft: false, IsInternal: false,
        DateTimeOffset.UnixEpoch, Address: null);

    private static readonly HelpdeskArticle Sofa = Kettle with { Id = "2", Title = "The sofa", Html = "<p>The sofa can be washed.</p>" };

    private readonly ManualClock clock = new();
    private readonly Dictionary<HelpCenter, HelpdeskArticles> sources = [];

    [Test]
    public async Task Only_what_has_changed_is_asked_for_and_the_clocks_may_differ()
    {
        var center = new HelpCenter { Articles = [Kettle] };
        var first = clock.GetUtcNow();
        await using var library = await OpenAsync(center);

        await LaterAsync(library, center, TimeSpan.FromMinutes(15));

        Assert.That(center.Asked, Is.EqualTo((DateTimeOffset[])[DateTimeOffset.UnixEpoch, first.AddMinutes(-10)]));
    }

    [Test]
    public async Task A_changed_article_is_found_in_its_new_wording()
    {
        var center = new HelpCenter { Articles = [Kettle] };
        await using var library = await OpenAsync(center);

        center.Articles = [Kettle with { Html = "<p>The kettle whistles for 5 minutes.</p>", UpdatedAt = clock.GetUtcNow() }];
        await LaterAsync(library, center, TimeSpan.FromMinutes(15));

        Assert.That(await FindAsync(library), Is.EqualTo((string[])["The kettle whistles for 5 minutes."]));
    }

    [Test]
    public async Task A_draft_again_is_quoted_no_more()
    {
        var center = new HelpCenter { Articles = [Kettle] };
        await using var library = await OpenAsync(center);

        center.Articles = [Kettle with { IsDraft = true, UpdatedAt = clock.GetUtcNow() }];
        await LaterAsync(library, center, TimeSpan.FromMinutes(15));

        Assert.That(await FindAsync(library, forCustomers: false), Is.Empty);
    }

    [Test]
    public async Task An_article_that_is_internal_now_is_left_to_agents()
    {
        var center = new HelpCenter { Articles = [Kettle] };
        await using var library = await OpenAsync(center);

        center.Articles = [Kettle with { IsInternal = true, UpdatedAt = clock.GetUtcNow() }];
        await LaterAsync(library, center, TimeSpan.FromMinutes(15));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await FindAsync(library), Is.Empty);
            Assert.That(await FindAsync(library, forCustomers: false), Has.Count.EqualTo(1));
        }
    }

    [TestCase(false, 55, ExpectedResult = true)]
    [TestCase(false, 60, ExpectedResult = false)]
    [TestCase(true, 1, ExpectedResult = false)]
    public async Task<bool> A_deleted_article_is_quoted_for_an_hour_at_most(bool givesAll, int minutes)
    {
        var center = new HelpCenter { Articles = [Kettle, Sofa], GivesAll = givesAll };
        await using var library = await OpenAsync(center);

        center.Articles = [Sofa];
        await LaterAsync(library, center, TimeSpan.FromMinutes(minutes));

        return (await FindAsync(library)).Count > 0;
    }

    [Test]
    public async Task A_folder_that_turned_internal_moves_no_article_and_is_seen()
    {
        var center = new HelpCenter { Articles = [Kettle], GivesAll = true };
        await using var library = await OpenAsync(center);

        center.Articles = [Kettle with { IsInternal = true }];
        await LaterAsync(library, center, TimeSpan.FromMinutes(15));

        Assert.That(await FindAsync(library), Is.Empty);
    }

    [Test]
    public async Task A_vendor_that_is_away_loses_nothing()
    {
        var center = new HelpCenter { Articles = [Kettle] };
        await using var library = await OpenAsync(center);

        center.IsAway = true;
        var told = await LaterAsync(library, center, TimeSpan.FromHours(2));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Does.Contain("1 sources could not be read"));
            Assert.That(await FindAsync(library), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_help_center_that_is_empty_all_at_once_is_believed_after_an_hour()
    {
        var center = new HelpCenter { Articles = [Kettle], GivesAll = true };
        await using var library = await OpenAsync(center);

        center.Articles = [];
        var kept = new List<int>();
        foreach (var minutes in (int[])[15, 45, 15])
        {
            await LaterAsync(library, center, TimeSpan.FromMinutes(minutes));
            kept.Add((await FindAsync(library)).Count);
        }

        Assert.That(kept, Is.EqualTo((int[])[1, 1, 0]));
    }

    [Test]
    public async Task An_article_that_nobody_touched_for_long_is_to_be_looked_at_until_it_is_saved_anew()
    {
        var center = new HelpCenter { Articles = [Kettle with { UpdatedAt = clock.GetUtcNow() }] };
        await using var library = await OpenAsync(center);
        var passage = await library.Database.AskAsync<long>("select id from knowledge_passages");

        var listed = new List<int>();
        foreach (var days in (int[])[364, 2])
        {
            await LaterAsync(library, center, TimeSpan.FromDays(days));
            listed.Add(await CountOverdueAsync(library));
        }

        center.Articles = [Kettle with { UpdatedAt = clock.GetUtcNow() }];
        await LaterAsync(library, center, TimeSpan.FromMinutes(15));
        listed.Add(await CountOverdueAsync(library));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed, Is.EqualTo((int[])[0, 1, 0]));
            Assert.That(await library.Database.AskAsync<long>("select id from knowledge_passages"), Is.EqualTo(passage), "its text is as it was");
        }
    }

    [TestCase("", "1:de,1:en-us,1:fr")]
    [TestCase("de,en", "1:de,1:en-us")]
    public async Task Each_translation_is_an_article_of_its_own_in_the_languages_that_are_read(string languages, string kept)
    {
        var center = new HelpCenter
        {
            Articles =
            [
                Kettle, Kettle with { Locale = "de", Title = "Der Kessel", Html = "<p>Der Kessel pfeift 3 Minuten.</p>" },
                Kettle with { Locale = "fr", Title = "La bouilloire", Html = "<p>La bouilloire siffle 3 minutes.</p>" },
                Kettle with { Locale = "it", Title = "Bozza", IsDraft = true },
            ],
            Languages = languages.Split(',', StringSplitOptions.RemoveEmptyEntries),
        };
        await using var library = await ALibrary.OpenAsync([], clock, CancellationToken.None);

        await LaterAsync(library, center, TimeSpan.Zero);

        Assert.That(
            await library.Database.AskAsync<string>("select string_agg(key, ',' order by key) from knowledge_articles"), Is.EqualTo(kept));
        Assert.That(await library.Database.AskAsync<string>("select language from knowledge_articles where key = '1:de'"), Is.EqualTo("de"));
    }

    [Test]
    public async Task A_translation_that_is_a_draft_again_takes_no_other_along()
    {
        var german = Kettle with { Locale = "de", Html = "<p>Der Kessel pfeift 3 Minuten.</p>" };
        var center = new HelpCenter { Articles = [Kettle, german] };
        await using var library = await ALibrary.OpenAsync([], clock, CancellationToken.None);
        await LaterAsync(library, center, TimeSpan.Zero);

        center.Articles = [Kettle with { UpdatedAt = clock.GetUtcNow() }, german with { IsDraft = true, UpdatedAt = clock.GetUtcNow() }];
        await LaterAsync(library, center, TimeSpan.FromMinutes(15));

        Assert.That(await library.Database.AskAsync<string>("select string_agg(key, ',') from knowledge_articles"), Is.EqualTo("1:en-us"));
    }

    private async Task<int> CountOverdueAsync(ALibrary library) =>
        (await new KnowledgeReview(library.Database.Pool, clock).ListOverdueAsync(CancellationToken.None)).Count;

    private async Task<ALibrary> OpenAsync(HelpCenter center)
    {
        var library = await ALibrary.OpenAsync([], clock, CancellationToken.None);
        await LaterAsync(library, center, TimeSpan.Zero);
        Assert.That(await FindAsync(library), Has.Count.EqualTo(1));
        return library;
    }

    private async Task<string> LaterAsync(ALibrary library, HelpCenter center, TimeSpan later)
    {
        if (!sources.TryGetValue(center, out var source))
        {
            sources[center] = source = new HelpdeskArticles("acme", center, center.Languages, reviewAfterDays: 365, clock);
        }

        clock.Advance(later);
        return await library.SyncAsync(source, clock, CancellationToken.None);
    }

    private async Task<IReadOnlyList<string>> FindAsync(ALibrary library, bool forCustomers = true)
    {
        clock.Advance(TimeSpan.FromSeconds(6));
        var found = await library.Search.FindAsync(Question, new KnowledgeWish("en", forCustomers), 5, CancellationToken.None);
        return [.. found.Where(passage => passage.Passage.Article.StartsWith("1:", StringComparison.Ordinal)).Select(passage => passage.Passage.Text)];
    }

    private sealed class HelpCenter : IHelpdeskKnowledge
    {
        public IReadOnlyList<HelpdeskArticle> Articles { get; set; } = [];

        /// <summary>As Freshdesk, which lists no changes.</summary>
        public bool GivesAll { get; init; }

        public bool IsAway { get; set; }

        /// <summary>Those that are read; empty for all.</summary>
        public IReadOnlyList<string> Languages { get; init; } = [];

        public List<DateTimeOffset> Asked { get; } = [];

        public Task<ArticlePage> ListArticlesAsync(string? cursor, DateTimeOffset since, CancellationToken cancellationToken)
        {
            if (IsAway)
            {
                throw new HelpdeskAwayException("It is away.", retryAfter: null, mayHaveArrived: false);
            }

            Asked.Add(since);
            return Task.FromResult(new ArticlePage([.. Articles.Where(article => GivesAll || article.UpdatedAt >= since)], Cursor: null)
            {
                IsOfAll = GivesAll,
            });
        }

        public Task<IReadOnlyList<HelpdeskMacro>> ListMacrosAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<HelpdeskMacro>>([]);
    }
}
