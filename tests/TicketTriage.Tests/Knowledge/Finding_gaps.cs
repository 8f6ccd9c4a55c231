using System.Globalization;
using TicketTriage.Drafting;
using TicketTriage.Knowledge;
using TicketTriage.Testing;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Tests.Knowledge;

[CancelAfter(60_000)]
public sealed class Finding_gaps
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Questions_that_are_alike_are_counted_together()
    {
        var gaps = KnowledgeGap.Group(
        [
            Question(1, "Can I pay with a gift card at the hotel bar?"), Question(2, "Does the hotel bar take gift cards?"),
            Question(3, "My kettle makes a whistling noise"), Question(4, "Paying with a gift card in the bar of the hotel"),
            Question(5, "Nimmt die Hotelbar Geschenkkarten?", "de"),
        ]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(gaps.Select(gap => gap.Count), Is.EqualTo((int[])[3, 1, 1]));
            Assert.That(gaps[0].Questions.Select(question => question.Ticket.Number), Is.EquivalentTo((string[])["1", "2", "4"]));
            Assert.That((gaps[0].FirstAskedAt, gaps[0].LastAskedAt), Is.EqualTo((Now.AddHours(1), Now.AddHours(4))));
        }
    }

    /// <summary>
    /// Twenty gaps of five questions each, and 24 questions that stand alone. The bar is chosen on one half of the gaps and judged on the
    /// other; the shipped one is higher than that, since among more questions more are alike by chance.
    /// </summary>
    [Test]
    public void A_bar_chosen_on_one_half_of_the_gaps_holds_on_the_other()
    {
        var asked = ALibrary.Gaps;
        var names = asked.Select(question => question.Gap).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        ALibrary.GapQuestion[] HalfOf(int half) => [.. asked.Where(question => names.IndexOf(question.Gap) % 2 == half)];

        var bar = Enumerable.Range(4, 30).Select(bar => bar / 100.0).MaxBy(bar => Judge(HalfOf(0), bar).Both);
        var (judged, shipped, before) = (Judge(HalfOf(1), bar), Judge(asked, least: null), Judge(asked, 1));

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bar {bar:0.00}: chosen on {Judge(HalfOf(0), bar)}"));
        TestContext.Out.WriteLine($"judged on {judged}");
        TestContext.Out.WriteLine($"shipped bar, all: {shipped}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((judged.Precision, judged.Recall), Is.GreaterThanOrEqualTo((0.9, 0.0)));
            Assert.That(judged.Recall, Is.GreaterThanOrEqualTo(0.75));
            Assert.That(shipped.Precision, Is.GreaterThanOrEqualTo(0.9));
            Assert.That(shipped.Recall, Is.GreaterThanOrEqualTo(0.7));
            Assert.That(before.Recall, Is.Zero, "a bar that nothing passes leaves all apart");
        }
    }

    /// <summary>Of the pairs of questions that stand in one group, how many are of one gap, and of those that are, how many stand so.</summary>
    private static PairFigures Judge(IReadOnlyList<ALibrary.GapQuestion> asked, double? least)
    {
        UnansweredQuestion[] questions =
        [
            .. asked.Index().Select(one => Question(one.Index, one.Item.Subject, one.Item.Language) with { Intent = one.Item.Intent, Summary = one.Item.Text }),
        ];
        var gaps = least is { } bar ? KnowledgeGap.Group(questions, bar) : KnowledgeGap.Group(questions);
        string GapOf(UnansweredQuestion question) => asked[int.Parse(question.Ticket.Number, CultureInfo.InvariantCulture)].Gap;
        static int Pairs(int count) => count * (count - 1) / 2;

        var together = gaps.Sum(gap => Pairs(gap.Count));
        var right = gaps.Sum(gap => gap.Questions.CountBy(GapOf).Sum(same => Pairs(same.Value)));
        var wanted = asked.CountBy(question => question.Gap).Sum(gap => Pairs(gap.Value));
        return new PairFigures(together == 0 ? 1 : (double)right / together, (double)right / wanted, gaps.Count, asked.Count);
    }

    private sealed record PairFigures(double Precision, double Recall, int Groups, int Questions)
    {
        public double Both => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Questions} questions: {Groups} groups, pairs precision {Precision:0.00}, recall {Recall:0.00}, F1 {Both:0.00}");
    }

    [Test]
    public void Two_thousand_questions_are_grouped_in_the_end()
    {
        var questions = Enumerable.Range(0, 2_000).Select(number => Question(number, $"Word{number % 400} and word{number % 7} again")).ToList();

        var gaps = KnowledgeGap.Group(questions);

        Assert.That(gaps.Sum(gap => gap.Count), Is.EqualTo(2_000));
    }

    [Test]
    public async Task They_are_collected_from_the_last_decision_on_each_ticket(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await AddAsync(database, "1", Now, "Nothing", "Is there a pool?");
        await AddAsync(database, "2", Now, "Nothing", "Is there a swimming pool?");
        await AddAsync(database, "2", Now.AddHours(1), "Found", "Is there a swimming pool?");
        await AddAsync(database, "3", Now, "NotSearched", "Is there a pool for dogs?");
        await AddAsync(database, "4", Now.AddDays(-30), "Nothing", "Is the pool warm?");
        await AddAsync(database, "5", Now.AddHours(-2), "Nothing", "Where can I park?");

        var latest = await new KnowledgeGaps(database.Pool).ListAsync(Now.AddDays(-1), most: 1, cancellationToken);
        var gaps = await new KnowledgeGaps(database.Pool).ListAsync(Now.AddDays(-1), most: 10, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                gaps.SelectMany(gap => gap.Questions).Select(question => $"{question.Ticket} {question.Language} {question.Intent} {question.Subject}"),
                Is.EqualTo((string[])["acme/1 en sales/question Is there a pool?", "acme/5 en sales/question Where can I park?"]));
            Assert.That(latest.SelectMany(gap => gap.Questions).Select(question => question.Ticket.Number), Is.EqualTo((string[])["1"]));
        }
    }

    [TestCase("en", "## Answer")]
    [TestCase("de", "## Antwort")]
    public void The_owner_gets_an_article_to_complete_that_no_customer_is_quoted(string language, string heading)
    {
        var gap = new KnowledgeGap([Question(1, "Is there a pool?", language), Question(2, "Pool?", language)]);

        var (head, body) = ArticleHead.Read(ArticleSkeleton.Write(gap, ["room number"], GapMaterial.None, Now));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(head.Faults, Is.Empty);
            Assert.That((head.Title, head.Language, head.Audience), Is.EqualTo(("Is there a pool?", language, (KnowledgeAudience?)KnowledgeAudience.Agents)));
            Assert.That(head.ReviewAt, Is.GreaterThan(Now));
            Assert.That(body, Does.Contain(heading).And.Contain("- room number").And.Contain("- Pool?"));
        }
    }

    [TestCase("</script><script>alert(1)</script>")]
    [TestCase("![](https://outside.example/x.png) and [a](javascript:alert(1))")]
    [TestCase("---\naudience: customers\n---")]
    [TestCase("title\naudience: customers")]
    public void What_customers_write_stays_text_in_the_article(string text)
    {
        var written = ArticleSkeleton.Write(new KnowledgeGap([Question(1, text)]), [], Said(text), Now);

        var (head, body) = ArticleHead.Read(written);
        var html = Markdig.Markdown.ToHtml(body);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(head.Audience, Is.EqualTo(KnowledgeAudience.Agents));
            Assert.That(html, Does.Not.Contain("<script").And.Not.Contain("<img").And.Not.Contain("<a "));
        }
    }

    [Test]
    public async Task What_agents_answered_is_taken_from_where_it_is_kept(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        foreach (var number in (string[])["1", "2", "3", "4"])
        {
            await AddAsync(database, number, Now, "Nothing", "Is there a pool?");
        }

        await SayAsync(database, "1", "Yes, on the roof.", isPublic: true);
        await SayAsync(database, "2", "Ask the boss.", isPublic: false);
        await SayAsync(database, "3", "Answered before it was asked again.", isPublic: true);
        await ImportAsync(database, "3", "solved", rating: null, "It opens at nine.");
        await SayAsync(database, "4", "No idea.", isPublic: true);
        await ImportAsync(database, "4", "closed", "bad", "No idea.");
        var gaps = new KnowledgeGaps(database.Pool);

        var gap = await gaps.FindAsync(new TicketId("acme", "4"), Now.AddDays(-1), most: 10, cancellationToken);
        var nothing = await gaps.FindAsync(new TicketId("acme", "99"), Now.AddDays(-1), most: 10, cancellationToken);
        var answers = await gaps.ListAnswersAsync(gap ?? throw new InvalidOperationException("Ticket 4 is in no gap."), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(gap.Count, Is.EqualTo(4));
            Assert.That(nothing, Is.Null);
            Assert.That(
                answers.Select(answer => $"{answer.Ticket}: {answer.Text}"),
                Is.EquivalentTo((string[])["acme/1: Yes, on the roof.", "acme/3: It opens at nine."]));
        }
    }

    [TestCase("en", "## What agents answered", "## What your knowledge has near it", "for agents only")]
    [TestCase("de", "## Was Agenten geantwortet haben", "## Was Ihr Wissen Ähnliches hat", "nur für Agenten")]
    public void The_owner_gets_what_there_is_to_write_it_from(string language, string answers, string passages, string mark)
    {
        var gap = new KnowledgeGap([Question(1, "Is there a pool?", language)]);
        var material = new GapMaterial(
            [new GivenAnswer(gap.Questions[0].Ticket, Now, "Yes, on\nthe roof.")],
            [
                Passage("baths", "The hotel has four baths.") with { Address = new Uri("https://help.example.com/baths") },
                Passage("macro", "Say hello.") with { Audience = KnowledgeAudience.Agents },
            ]);

        var written = ArticleSkeleton.Write(gap, [], material, Now);

        Assert.That(written, Does.Contain($"{answers}\n\n- Ticket acme/1, 2026-11-22: Yes, on the roof.\n"));
        Assert.That(written, Does.Contain(
            $"{passages}\n\n- [1] baths (s, https://help.example.com/baths): The hotel has four baths.\n- [2] macro (s, {mark}): Say hello.\n"));
    }

    [TestCase("Is there a pool?", "is-there-a-pool.md")]
    [TestCase("../../etc/passwd", "etc-passwd.md")]
    [TestCase("Ψ", "question.md")]
    public void Its_file_has_a_name_that_every_system_takes(string title, string name) =>
        Assert.That(ArticleSkeleton.FileNameOf(title), Is.EqualTo(name));

    [Test]
    public async Task Articles_past_their_review_and_articles_that_contradict_each_other_are_listed(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        var now = clock.GetUtcNow();
        await using var library = await ALibrary.OpenAsync(
            [
                Article("old", "Returning shoes", "You can return shoes within 14 days of delivery.") with { ReviewAt = now.AddDays(-3), Owner = "Kim" },
                Article("new", "How long can I return shoes?", "You can return shoes within 30 days of delivery."),
                Article("hats", "Returning hats", "Hats of wool can be sent to us within 10 days of the purchase.") with { ReviewAt = now.AddDays(3) },
                Article("a", "Price of the kettle", "The big kettle costs 49.90 € with its lid.") with { Product = "kettle" },
                Article("b", "Price of the kettle", "The big kettle costs 59.90 € with its lid.") with { Product = "other-kettle" },
                Article("gone", "Returning shoes once", "You can return shoes within 7 days of delivery.") with { ValidUntil = now.AddDays(-1) },
            ],
            clock, cancellationToken);

        var stale = await new StaleKnowledge(new KnowledgeReview(library.Database.Pool, clock)).FindAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stale.Overdue.Select(article => (article.Key, article.Owner)), Is.EqualTo(((string, string?)[])[("old", "Kim"), ("gone", null)]));
            Assert.That(
                stale.Contradictions.Select(pair => (pair.One.Article, pair.InOne.Wording, pair.Other.Article, pair.InOther.Wording)),
                Is.EqualTo(((string, string, string, string)[])[("old", "14 days", "new", "30 days")]));
        }
    }

    [Test]
    public void The_library_does_not_contradict_itself() =>
        Assert.That(
            Contradictions.In([.. ALibrary.Articles.Concat(ALibrary.Notices).Index().Select(article => new Passage(
                article.Index, "s", article.Item.Key, article.Item.Title, "", article.Item.Text, article.Item.Language, KnowledgeAudience.Customers, null))])
                .Select(pair => $"{pair.One.Article} {pair.InOne.Wording}, {pair.Other.Article} {pair.InOther.Wording}"),
            Is.Empty);

    [Test]
    public void Of_the_library_with_planted_articles_those_are_found_and_no_others()
    {
        IReadOnlyList<(string Of, string Was, string Is)> planted =
        [
            ("versand-kosten", "60 €", "80 €"), ("versand-dauer", "4 bis 6 Werktage", "5 bis 8 Werktage"),
            ("paket-beschaedigt", "7 Tagen", "10 Tagen"),
        ];
        var articles = ALibrary.Articles.Concat(ALibrary.Notices).ToList();
        var passages = articles.Concat(planted.Select(one =>
            {
                var article = articles.Single(article => article.Key == one.Of);
                return article with { Key = $"planted-{one.Of}", Text = article.Text.Replace(one.Was, one.Is, StringComparison.Ordinal) };
            }))
            .Index().Select(article => new Passage(
                article.Index, "s", article.Item.Key, article.Item.Title, "", article.Item.Text, article.Item.Language, KnowledgeAudience.Customers, null));

        Assert.That(
            Contradictions.In([.. passages]).Select(pair => (pair.One.Article, pair.Other.Article)),
            Is.EquivalentTo(planted.Select(one => (one.Of, $"planted-{one.Of}"))));
    }

    [TestCase("Postage is free for members since 1 March.", "Postage is free for members since 1 May.", true, TestName = "Beginnings_contradict_each_other")]
    [TestCase("Orders for the holidays arrive in time until 15 December.", "Orders for the holidays arrive in time until 18 December 2026.", true, TestName = "Ends_contradict_each_other")]
    [TestCase("Der Versand ist für Mitglieder seit dem 1. März kostenlos.", "Der Versand ist für Mitglieder seit dem 1. Mai kostenlos.", true, TestName = "German_beginnings_contradict_each_other")]
    [TestCase("Postage is free for members since 1 March.", "Postage is free for members since 01.03.2026.", false, TestName = "A_day_with_its_year_is_the_same_day")]
    [TestCase("Postage is free for members since March.", "Postage is free for members since 1 March.", false, TestName = "A_month_is_not_against_its_days")]
    [TestCase("The shop is closed on 24 December all day.", "The shop is closed on 31 December all day.", false, TestName = "Two_days_may_both_be_so")]
    [TestCase("Postage is free for members since 1 March.", "Postage is free for members until 1 May.", false, TestName = "A_beginning_is_not_against_an_end")]
    [TestCase("Shipping takes 3 working days in Germany.", "Shipping takes 3 days in Germany.", TestName = "Working_days_are_not_days")]
    [TestCase("Der Versand in Deutschland dauert zwei Wochen.", "Der Versand in Deutschland dauert 14 Tage.", false, TestName = "Two_weeks_are_fourteen_days")]
    [TestCase("Der Versand innerhalb Deutschlands kostet 4,90 €.", "Der Versand innerhalb Deutschlands kostet 5,90 €.", true, TestName = "Prices_contradict_each_other")]
    [TestCase("Der Versand innerhalb Deutschlands kostet 4,90 €.", "Der Versand innerhalb Deutschlands dauert 3 Tage.", false, TestName = "A_price_does_not_contradict_a_time")]
    public void Contradictions_are_of_the_same_kind(string one, string other, bool isOne = false) =>
        Assert.That(
            Contradictions.In([Passage("a", one), Passage("b", other)]), Has.Count.EqualTo(isOne ? 1 : 0));

    [TestCase("Rückgabe ist innerhalb von 14 Tagen möglich.", "You can return it within 30 days.", true, TestName = "Deadlines_of_translations_differ")]
    [TestCase("Der Versand kostet 4,90 €.", "Shipping costs 5.90 €.", true, TestName = "Amounts_of_translations_differ")]
    [TestCase("Es gilt ab dem 1. März.", "It holds from 1 May.", true, TestName = "Days_of_translations_differ")]
    [TestCase("Rückgabe ist innerhalb von 14 Tagen möglich.", "You can return it within two weeks.", false, TestName = "Two_weeks_are_fourteen_days_in_a_translation_too")]
    [TestCase("Der Versand kostet 4,90 €, express 12,90 €.", "Shipping costs 4.90 €.", false, TestName = "A_shorter_translation_says_nothing_else")]
    [TestCase("Der Versand kostet 4,90 €.", "Shipping costs £4.20.", false, TestName = "Another_currency_is_another_price")]
    [TestCase("Es gilt ab 3.1.2026.", "It holds from 1/3/2026.", false, TestName = "Days_with_strokes_are_read_either_way")]
    public void Translations_of_one_article_say_the_same(string german, string english, bool isOne) =>
        Assert.That(
            Contradictions.BetweenTranslations([Translation("7:de", "de", german), Translation("7:en-us", "en", english), Translation("8:en-us", "en", "It costs 99 €.")]),
            Has.Count.EqualTo(isOne ? 1 : 0));

    [Test]
    public async Task Translations_that_differ_are_listed_with_the_other_contradictions(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        await using var library = await ALibrary.OpenAsync([], clock, cancellationToken);
        foreach (var (key, language, text) in ((string, string, string)[])[("7:de", "de", "Rückgabe bis 14 Tage."), ("7:en-us", "en", "Return within 30 days.")])
        {
            var article = Article(key, key, text) with { Source = "acme/articles", Language = language };
            await library.Ledger.KeepAsync(article, language, ArticleSplitter.Split(article), cancellationToken);
        }

        var stale = await new StaleKnowledge(new KnowledgeReview(library.Database.Pool, clock)).FindAsync(cancellationToken);

        Assert.That(stale.Contradictions.Select(pair => (pair.InOne.Wording, pair.InOther.Wording)), Is.EqualTo(((string, string)[])[("14 Tage", "30 days")]));
    }

    private static Passage Translation(string key, string language, string text) =>
        new(1, "acme/articles", key, key, "", text, language, KnowledgeAudience.Customers, null);

    private static Passage Passage(string key, string text) => new(1, "s", key, key, "", text, "xx", KnowledgeAudience.Customers, null);

    private static string LanguageOf(string? article) => ALibrary.Articles.First(known => known.Key == article).Language;

    private static UnansweredQuestion Question(int number, string subject, string language = "en") => new(
        new TicketId("acme", number.ToString(CultureInfo.InvariantCulture)), Now.AddHours(number), language, "sales/question", subject, "");

    private static KnowledgeArticle Article(string key, string title, string text) =>
        ALibrary.Article(new ALibrary.LibraryArticle(key, "en", title, text));

    private static GapMaterial Said(string text) => new([new GivenAnswer(new TicketId("acme", "1"), Now, text)], [Passage(text, text)])
    {
        Phrased = [new PhrasedSentence(text, 1, IsDoubtful: true)],
        Model = text,
    };

    private static async Task SayAsync(TriageDatabase database, string number, string text, bool isPublic) => await database.AskAsync<object>(
        $$$"""
        update triages set conversation = conversation || '{"messages":[
            {"isFromCustomer":true,"isPublic":true,"text":"Is there a pool?","at":"2026-11-20T00:00:00Z","attachments":[]},
            {"isFromCustomer":false,"isPublic":{{{(isPublic ? "true" : "false")}}},"text":"{{{text}}}","at":"2026-11-21T00:00:00Z","attachments":[]}]}'
        where number = '{{{number}}}'
        """);

    private static async Task ImportAsync(TriageDatabase database, string number, string status, string? rating, string text) => await database.AskAsync<object>(
        $$$"""
        insert into past_tickets (helpdesk, number, stamp, status, priority, tags, fields, language, subject, messages, created_at, updated_at, rating)
        values ('acme', '{{{number}}}', '', '{{{status}}}', 'normal', '{}', '{}', 'en', '', '[
            {"isFromCustomer":false,"isPublic":true,"text":"{{{text}}}","at":"2026-11-21T00:00:00Z","attachments":[]}]',
            now(), now(), {{{(rating is null ? "null" : $"'{rating}'")}}})
        """);

    private static async Task AddAsync(
        TriageDatabase database, string number, DateTimeOffset at, string support, string subject) => await database.AskAsync<object>(
        $$$"""
        insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft, versions)
        values (gen_random_uuid(), 'acme', '{{{number}}}', '{{{at:O}}}', '', '', '{"subject":"{{{subject}}}"}',
                '{"intent":{"value":"sales/question"},"language":{"value":"en"}}', '{}', '{}', '{"support":"{{{support}}}"}', '{}')
        """);
}
