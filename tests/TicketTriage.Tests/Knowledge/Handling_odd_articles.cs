using TicketTriage.Knowledge;
using TicketTriage.Tests.Drafting;

namespace TicketTriage.Tests.Knowledge;

[CancelAfter(120_000)]
public sealed class Handling_odd_articles
{
    [TestCase("Wie oft soll ich die Maschine entkalken?", "de")]
    [TestCase("How often shall I descale the machine?", "en")]
    public async Task Of_an_article_in_two_languages_each_part_is_found_in_its_own(string question, string language)
    {
        var article = ALibrary.Article(ALibrary.Articles[0]) with
        {
            Key = "mixed",
            Title = "Maschine / machine",
            Language = null,
            Sections =
            [
                new ArticleSection("Entkalken", "Entkalken Sie die Maschine einmal im Monat mit Zitronensäure."),
                new ArticleSection("Descaling", "Descale the machine once a month with citric acid."),
            ],
        };
        await using var library = await ALibrary.OpenAsync(
            [article, .. ALibrary.Articles.Select(other => ALibrary.Article(other))], TimeProvider.System, CancellationToken.None);

        var found = await library.Search.FindAsync(question, new KnowledgeWish(language, ForCustomers: true), 3, CancellationToken.None);

        Assert.That(found[0].Passage.Heading, Is.EqualTo(language == "de" ? "Entkalken" : "Descaling"));
    }

    [Test]
    public void Of_a_picture_its_description_is_kept_and_its_address_is_not()
    {
        var sections = ArticleMarkup.ReadHtml(
            "<h2>Valve</h2><p>Turn it.</p><img src=\"https://cdn.example.com/very-secret-token.png\" alt=\"The blue valve below the tank\"><p>Done.</p>");

        Assert.That(sections.Single().Text, Does.Contain("The blue valve below the tank").And.Not.Contain("cdn.example.com").And.Not.Contain("token"));
    }

    [Test]
    public async Task A_row_of_a_table_is_found_with_all_its_cells()
    {
        var article = ALibrary.Article(ALibrary.Articles[0]) with
        {
            Key = "table",
            Title = "Sizes of filters",
            Language = "en",
            Sections = ArticleMarkup.ReadHtml(
                "<table><thead><tr><th>Filter</th><th>Width</th></tr></thead><tbody><tr><td>F-100</td><td>80 mm</td></tr><tr><td>F-200</td><td>95 mm</td></tr></tbody></table>"),
        };
        await using var library = await ALibrary.OpenAsync([article], TimeProvider.System, CancellationToken.None);

        var found = await library.Search.FindAsync("How wide is the filter F-200?", new KnowledgeWish("en", ForCustomers: true), 1, CancellationToken.None);

        Assert.That(found.Single().Passage.Text.Split('\n'), Has.One.Contains("F-200").And.One.Contains("95 mm"));
    }

    [Test]
    public async Task Two_megabytes_of_text_are_found_by_their_beginning_and_leave_others_alone()
    {
        var article = ALibrary.Article(ALibrary.Articles[0]) with
        {
            Key = "endless",
            Title = "Endless terms",
            Language = "en",
            Sections = ArticleMarkup.ReadHtml($"<h2>Walrus</h2><p>The walrus clause.</p><p>{string.Concat(Enumerable.Range(0, 200_000).Select(number => $"word{number % 5_000} "))}</p>"),
        };
        await using var library = await ALibrary.OpenAsync(
            [article, .. ALibrary.Articles.Select(other => ALibrary.Article(other))], TimeProvider.System, CancellationToken.None);

        var own = await library.Search.FindAsync("walrus clause", new KnowledgeWish("en", ForCustomers: true), 1, CancellationToken.None);
        var other = await library.Search.FindAsync(ALibrary.Articles[1].Title, new KnowledgeWish("de", ForCustomers: true), 5, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.Single().Passage.Article, Is.EqualTo("endless"));
            Assert.That(other.Select(passage => passage.Passage.Article), Does.Contain(ALibrary.Articles[1].Key));
        }
    }

    [Test]
    public async Task Without_any_article_a_draft_is_the_template_and_nobody_is_blamed_for_it()
    {
        await using var desk = await ADesk.OpenAsync();

        var draft = await desk.DraftAsync("How many days do I have to return my shoes?");

        Assert.That((draft.Text.Length > 0, draft.Support, draft.HandOver), Is.EqualTo((true, KnowledgeSupport.NotSearched, (object?)null)));
    }

    [Test]
    public async Task Where_the_articles_say_nothing_the_draft_says_so()
    {
        await using var desk = await ADesk.OpenAsync(("kettle", "Descaling the kettle", "Boil vinegar and rinse twice."));

        var draft = await desk.DraftAsync("How many days do I have to return my shoes?");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Support, Is.EqualTo(KnowledgeSupport.Nothing));
            Assert.That(draft.HandOver?.Tried, Is.EqualTo((string[])["The team's knowledge says nothing of it."]));
            Assert.That(desk.Server.Calls, Is.Empty);
        }
    }
}
