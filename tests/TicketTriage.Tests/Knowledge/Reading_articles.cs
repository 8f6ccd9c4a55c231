using System.Net;
using TicketTriage.Knowledge;

namespace TicketTriage.Tests.Knowledge;

public class Reading_articles
{
    [Test]
    public void Html_is_cut_at_its_headings()
    {
        var sections = ArticleMarkup.ReadHtml(
            "<p>Before.</p><h2>First <b>part</b></h2><p>One.</p><table><tr><td>Size</td><td>M</td></tr></table><h3 class='x'>Second</h3><ul><li>a</li><li>b</li></ul>");

        Assert.That(sections, Is.EqualTo((ArticleSection[])
        [
            new("", "Before."), new("First part", "One.\nSize M"), new("Second", "- a\n- b"),
        ]));
    }

    [Test]
    public void Scripts_styles_and_comments_are_no_text()
    {
        var sections = ArticleMarkup.ReadHtml("<style>p{}</style><script>alert('x')</script><!-- <h2>no</h2> --><p>Text</p>");

        Assert.That(string.Join(' ', sections.Select(section => section.Text)), Does.Contain("Text").And.Not.Contain("alert").And.Not.Contain("p{}"));
    }

    [TestCase("<div style=\"display:none\"><h2>Internal</h2>secret</div>")]
    [TestCase("<div hidden><h2>Internal</h2><p>secret</p></div>")]
    [TestCase("<div style=\"font-size:0\"><h3>Internal</h3><div>secret</div>secret</div>")]
    [TestCase("<section style=\"color:#fff\"><h1>Internal</h1>secret</section>")]
    [TestCase("<div style=\"visibility: hidden\">secret<h2>Internal</h2>secret<h2>Internal</h2>secret</div>")]
    [TestCase("<h2 style=\"opacity:0\">Internal secret</h2>")]
    [TestCase("<h2>Seen <span style=\"display:none\">secret</span></h2>")]
    [TestCase("<template><h2>Internal</h2>secret</template>")]
    [TestCase("<!-- <h2>Internal</h2> secret -->")]
    [TestCase("<!-- <h2> --> <!-- Internal --> <!-- </h2>secret -->")]
    [TestCase("<p title=\"<h2>Internal</h2>secret\">Seen</p>")]
    public void What_is_hidden_stays_so_whatever_headings_stand_in_it(string hidden)
    {
        var sections = ArticleMarkup.ReadHtml($"<p>Before.</p>{hidden}<h2>After</h2><p>Text.</p>");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join(' ', sections), Does.Not.Contain("Internal").And.Not.Contain("secret"));
            Assert.That(sections[0].Text, Does.StartWith("Before."));
            Assert.That(sections[^1], Is.EqualTo(new ArticleSection("After", "Text.")));
        }
    }

    [TestCase("Re\u200Bturns with\u2060in 30\uFEFF days.")]
    [TestCase("Returns\uDB40\uDC49\uDB40\uDC67\uDB40\uDC6E within 30 days.")]
    [TestCase("Returns within\uDB40\uDD12\uFE0F 30 days\u202E.\u202C")]
    [TestCase("Re&shy;turns with&#8203;in 30&nbsp;days.")]
    public void Letters_without_a_form_are_no_part_of_an_article(string written)
    {
        var sections = ArticleMarkup.ReadHtml($"<h2>{written}</h2><p>{written}</p>")
            .Concat(ArticleMarkup.ReadMarkdown($"## {written}\n\n{written}\n"))
            .Concat(ArticleMarkup.ReadText(WebUtility.HtmlDecode(written)));

        Assert.That(
            sections.SelectMany(section => (string[])[section.Heading, section.Text]).Where(text => text.Length > 0),
            Is.EqualTo(Enumerable.Repeat("Returns within 30 days.", 5)));
    }

    [Test]
    public void What_is_hidden_in_markdown_stays_so_too()
    {
        var sections = ArticleMarkup.ReadMarkdown("# Seen\n\n<div style=\"display:none\">\n\n## Internal\n\nsecret\n\n</div>\n\nText.\n");

        Assert.That(sections, Is.EqualTo((ArticleSection[])[new("Seen", "Text.")]));
    }

    [Test]
    public void Markdown_says_the_same_as_html()
    {
        var sections = ArticleMarkup.ReadMarkdown("# Returns\n\nSend it **back** within 30 days.\n\n| size | price |\n|---|---|\n| M | 5 € |\n");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sections.Single().Heading, Is.EqualTo("Returns"));
            Assert.That(sections.Single().Text, Does.StartWith("Send it back within 30 days.").And.Contain("M 5 €"));
        }
    }

    [Test]
    public void A_long_section_is_cut_between_sentences_and_loses_nothing()
    {
        var text = string.Join(' ', Enumerable.Range(1, 200).Select(number => $"This is sentence number {number}."));
        var article = ALibrary.Article(ALibrary.Articles[0]) with { Sections = [new ArticleSection("Long", text)] };

        var passages = ArticleSplitter.Split(article);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(passages.Select(passage => passage.Text.Length), Has.All.LessThanOrEqualTo(ArticleSplitter.MostCharacters));
            Assert.That(passages.Select(passage => passage.Text), Has.All.EndsWith("."));
            Assert.That(string.Join(' ', passages.Select(passage => passage.Text)), Is.EqualTo(text));
        }
    }

    [Test]
    public void A_file_may_say_who_answers_for_it_and_until_when()
    {
        var (head, body) = ArticleHead.Read("---\ntitle: Shipping\nlanguage: de\naudience: agents\nvalid_until: 2026-12-31\nreview: 2027-01-15\nowner: Kim\n---\nText");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(head, Is.EqualTo(new ArticleHead
            {
                Title = "Shipping", Language = "de", Audience = KnowledgeAudience.Agents, Owner = "Kim",
                ValidUntil = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), ReviewAt = new DateTimeOffset(2027, 1, 15, 0, 0, 0, TimeSpan.Zero),
                Faults = head.Faults,
            }));
            Assert.That(head.Faults, Is.Empty);
            Assert.That(body, Is.EqualTo("Text"));
        }
    }

    [TestCase("audience: everybody", "audience is everybody: customers, agents or nobody is expected.")]
    [TestCase("audience: 7", "audience is 7: customers, agents or nobody is expected.")]
    [TestCase("audience: 0", "audience is 0: customers, agents or nobody is expected.")]
    [TestCase("audience: customers, agents", "audience is customers, agents: customers, agents or nobody is expected.")]
    [TestCase("review: soon", "review is soon: a day such as 2026-11-22 is expected.")]
    [TestCase("language: german", "language is german: two letters such as de are expected.")]
    [TestCase("address: javascript:alert(1)", "address is javascript:alert(1): an address with https is expected.")]
    [TestCase("just words", "the line \"just words\" is not of the form name: value.")]
    public void A_line_that_cannot_be_understood_is_named(string line, string fault)
    {
        var (head, _) = ArticleHead.Read($"---\n{line}\n---\nText");

        Assert.That(head.Faults, Is.EqualTo((string[])[fault]));
    }

    [Test]
    public void A_table_of_questions_gives_an_article_for_each_row()
    {
        var faults = new List<string>();

        var rows = QuestionTable.Read(
            "question;answer;language\n\"Where, exactly?\";\"In the \"\"office\"\".\nSecond line.\";de\n\nToo;few\n", "faq.csv", faults);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Single().Head.Title, Is.EqualTo("Where, exactly?"));
            Assert.That(rows.Single().Head.Language, Is.EqualTo("de"));
            Assert.That(rows.Single().Sections.Single().Text, Is.EqualTo("In the \"office\".\nSecond line."));
            Assert.That(faults, Is.EqualTo((string[])["Line 5 of faq.csv has 2 cells instead of 3 and was left out."]));
        }
    }

    [Test]
    public async Task A_folder_is_read_with_its_folders_and_faulty_files_are_not_quoted()
    {
        var folder = Directory.CreateTempSubdirectory("knowledge-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "one.md"), "# One\nText of one.");
            Directory.CreateDirectory(Path.Combine(folder.FullName, "sub"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "sub", "two.html"), "<h1>Two</h1>Text of two.");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "bad.md"), "---\naudience: whoever\n---\nSecret?");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "picture.png"), "no text");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "sub", "is 5% #1? a:b.txt"), "Text of three.");
            var source = new FolderArticles("faq", new FolderOptions { Path = folder.FullName, Address = new Uri("https://help.example.com/kb/") }, TimeProvider.System);

            var reading = await source.ReadAsync(null, CancellationToken.None);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(reading.Articles.Select(article => (article.Key, article.Title, article.Audience, article.Address?.AbsoluteUri)), Is.EquivalentTo(
                    ((string, string, KnowledgeAudience, string?)[])
                    [
                        ("one.md", "One", KnowledgeAudience.Customers, "https://help.example.com/kb/one"),
                        ("sub/two.html", "Two", KnowledgeAudience.Customers, "https://help.example.com/kb/sub/two"),
                        ("bad.md", "bad", KnowledgeAudience.Nobody, "https://help.example.com/kb/bad"),
                        (
                            "sub/is 5% #1? a:b.txt", "is 5% #1? a:b", KnowledgeAudience.Customers,
                            "https://help.example.com/kb/sub/is%205%25%20%231%3F%20a%3Ab"),
                    ]));
                Assert.That(reading.Faults, Has.One.StartsWith("bad.md in folder faq: audience is whoever"));
                Assert.That(reading.IsWhole);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void A_folder_that_is_away_says_which_key_to_look_at() =>
        Assert.That(
            () => new FolderArticles("faq", new FolderOptions { Path = "/does/not/exist" }, TimeProvider.System).ReadAsync(null, CancellationToken.None),
            Throws.TypeOf<KnowledgeAwayException>().With.Message.Contains("Knowledge:Folders:faq:Path"));
}
