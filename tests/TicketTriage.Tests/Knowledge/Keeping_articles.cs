using TicketTriage.Knowledge;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Knowledge;

/// <summary>What may go wrong between a source and the store.</summary>
[CancelAfter(120_000)]
public sealed class Keeping_articles
{
    private const string Question = "How long does the kettle whistle?";

    private static readonly KnowledgeArticle Kettle = Article("kettle", "The whistling kettle", "The kettle whistles for 3 minutes.");

    [Test]
    public async Task A_process_that_dies_after_keeping_an_article_leaves_no_reader_without_it(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        await using var library = await ALibrary.OpenAsync([], clock, cancellationToken);
        await FindAsync(library, clock);

        // All that a sync came to before it died.
        await library.Ledger.KeepAsync(Kettle, "en", ArticleSplitter.Split(Kettle), cancellationToken);
        var kept = await FindAsync(library, clock);
        await library.Ledger.ForgetOthersAsync(Shelf.SourceName, [], cancellationToken);
        var version = await library.Database.AskAsync<long>("select version from knowledge_version");
        await library.Ledger.ForgetOthersAsync(Shelf.SourceName, [], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept, Has.Count.EqualTo(1));
            Assert.That(version, Is.EqualTo(2), "one for the article, one for its end");
            Assert.That(await library.Database.AskAsync<long>("select version from knowledge_version"), Is.EqualTo(version), "nothing was there to forget");
        }
    }

    [Test]
    public async Task A_source_that_fails_leaves_the_others_alone(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        await using var library = await ALibrary.OpenAsync([], clock, cancellationToken);

        var told = await library.SyncAsync([new Broken(), new Shelf([Kettle])], clock, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo("1 articles new or changed, 0 gone. 1 sources could not be read; the log says why."));
            Assert.That(await FindAsync(library, clock), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task An_article_that_cannot_be_kept_is_quoted_no_more_and_leaves_the_others_alone(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        await using var library = await ALibrary.OpenAsync([Kettle], clock, cancellationToken);

        // A text that the database has no place for.
        await library.SyncAsync(
            new Shelf([Kettle with { Language = "\0x" }, Article("sofa", "The sofa", "The sofa can be washed.")]), clock, cancellationToken);

        Assert.That(await library.Database.AskAsync<string>("select string_agg(key, ' ') from knowledge_articles"), Is.EqualTo("sofa"));
    }

    [Test]
    public async Task What_no_person_can_see_is_not_kept(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        await using var library = await ALibrary.OpenAsync(
            [
                Article("kettle", "The\0 whistling kettle\uD800", "The kettle\0 whistles\uDC00 for 3 minutes.") with { Owner = "Kim\0", Product = "\0kettle" },
            ],
            clock, cancellationToken);

        var found = await FindAsync(library, clock);

        Assert.That(found.Select(passage => (passage.Passage.Title, passage.Passage.Text)), Is.EqualTo(((string, string)[])
            [("The whistling kettle", "The kettle whistles for 3 minutes.")]));
    }

    [TestCase("<h2>The whistling kettle<p>The kettle whistles for 3 minutes.</p>")]
    [TestCase("<p>The kettle whistles for 3 minutes.</p><h2>Endless<p>")]
    public async Task A_heading_that_nobody_closed_is_text(string begin)
    {
        var clock = new ManualClock();
        var html = $"{begin}<p>{string.Concat(Enumerable.Range(0, 300_000).Select(number => $"w{number} "))}</p>";
        await using var library = await ALibrary.OpenAsync(
            [Kettle with { Title = new string('x', 3_000_000), Sections = ArticleMarkup.ReadHtml(html) }], clock, CancellationToken.None);

        var found = await FindAsync(library, clock);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found[0].Passage.Text, Does.Contain("whistles for 3 minutes"));
            Assert.That((found[0].Passage.Heading.Length, found[0].Passage.Title.Length), Is.EqualTo((0, 300)));
        }
    }

    private static KnowledgeArticle Article(string key, string title, string text) =>
        ALibrary.Article(new ALibrary.LibraryArticle(key, "en", title, text));

    private static Task<IReadOnlyList<FoundPassage>> FindAsync(ALibrary library, ManualClock clock)
    {
        clock.Advance(TimeSpan.FromSeconds(6));
        return library.Search.FindAsync(Question, new KnowledgeWish("en", ForCustomers: true), 3, CancellationToken.None);
    }

    private sealed class Broken : IKnowledgeSource
    {
        public string Name => "broken";

        public Task<KnowledgeReading> ReadAsync(DateTimeOffset? since, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("It was not to be foreseen.");
    }
}
