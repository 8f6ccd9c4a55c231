using System.Globalization;
using TicketTriage.Knowledge;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Knowledge;

[CancelAfter(120_000)]
public class Finding_passages
{
    [Test]
    public async Task Of_ten_questions_nine_have_their_article_among_the_first_five(CancellationToken cancellationToken)
    {
        await using var library = await ALibrary.OpenAsync(cancellationToken);
        var asked = ALibrary.Questions.Where(question => question.Article is not null).ToList();
        var (found, reciprocal) = (0, 0.0);
        foreach (var question in asked)
        {
            var passages = await library.Search.FindAsync(question.Question, new KnowledgeWish(null, ForCustomers: true), 5, cancellationToken);
            var place = passages.Index().Where(passage => passage.Item.Passage.Article == question.Article).Select(passage => passage.Index + 1).FirstOrDefault();
            found += place > 0 ? 1 : 0;
            reciprocal += place > 0 ? 1.0 / place : 0;
            if (place == 0)
            {
                await TestContext.Out.WriteLineAsync($"not found: {question.Question} -> {question.Article}");
            }
        }

        await TestContext.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{asked.Count} questions: recall@5 {(double)found / asked.Count:0.000}, MRR {reciprocal / asked.Count:0.000}"));
        Assert.That((double)found / asked.Count, Is.GreaterThanOrEqualTo(0.90));
    }

    [Test]
    public async Task Without_any_vector_words_alone_find_nine_of_ten(CancellationToken cancellationToken)
    {
        await using var library = await ALibrary.OpenAsync(cancellationToken);
        var asked = ALibrary.Questions.Where(question => question.Article is not null).ToList();
        var found = 0;
        foreach (var question in asked)
        {
            var ids = await library.Search.RankByWordsAsync(question.Question, new KnowledgeWish(null, ForCustomers: true), 5, cancellationToken);
            var articles = await library.Database.AskAsync<string>(
                $"select string_agg(article, ' ') from knowledge_passages where id in ({string.Join(", ", ids.DefaultIfEmpty(0))})");
            found += articles?.Split(' ').Contains(question.Article) is true ? 1 : 0;
        }

        await TestContext.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{asked.Count} questions, words alone: recall@5 {(double)found / asked.Count:0.000}"));
        Assert.That((double)found / asked.Count, Is.GreaterThanOrEqualTo(0.90));
    }

    [Test]
    public async Task Many_answers_of_agents_do_not_take_the_place_of_the_one_article(CancellationToken cancellationToken)
    {
        const string Question = "The kettle whistles all day, its lid is closed";
        await using var library = await ALibrary.OpenAsync(
            [
                .. ALibrary.Articles.Select(other => ALibrary.Article(other)),
                .. Enumerable.Range(0, 12).Select(number => ALibrary.Article(new ALibrary.LibraryArticle($"ticket-{number}", "en", Question, $"{Question}. Case {number}."))
                    with { Audience = KnowledgeAudience.Agents }),
                ALibrary.Article(new ALibrary.LibraryArticle("kettle", "en", "Noise", "A kettle whistles until its lid is closed.")),
            ],
            TimeProvider.System, cancellationToken);

        var answer = await library.Answers.FindAsync(Question, Wish("en"), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.ForCustomers.Select(passage => passage.Article), Is.EqualTo((string[])["kettle"]));
            Assert.That(answer.ForAgents, Has.Count.EqualTo(4));
        }
    }

    [Test]
    public async Task Questions_without_an_answer_get_none(CancellationToken cancellationToken)
    {
        await using var library = await ALibrary.OpenAsync(cancellationToken);
        var answered = new List<string>();
        foreach (var question in ALibrary.Questions.Where(question => question.Article is null))
        {
            var answer = await library.Answers.FindAsync(question.Question, Wish(null), cancellationToken);
            if (answer.ForCustomers.Count > 0)
            {
                answered.Add($"{question.Question} -> {answer.ForCustomers[0].Title}");
            }
        }

        var supported = 0;
        var asked = ALibrary.Questions.Where(question => question.Article is not null).ToList();
        foreach (var question in asked)
        {
            supported += (await library.Answers.FindAsync(question.Question, Wish(null), cancellationToken)).ForCustomers.Any(passage => passage.Article == question.Article) ? 1 : 0;
        }

        await TestContext.Out.WriteLineAsync($"of {asked.Count} questions with an answer {supported} get it");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answered, Is.Empty);
            Assert.That((double)supported / asked.Count, Is.GreaterThan(0.5), "To refuse everything would be easy.");
        }
    }

    /// <summary>
    /// The shipped share was chosen with all questions before the eyes. Here the least share of words that lets no question without an answer
    /// through is chosen on one half, by articles, and judged on the other.
    /// </summary>
    [TestCase(0)]
    [TestCase(1)]
    public async Task A_bar_chosen_on_one_half_holds_on_the_other(int chosenOn)
    {
        await using var library = await ALibrary.OpenAsync(CancellationToken.None);
        var halfOf = ALibrary.Articles.Index().ToDictionary(article => article.Item.Key, article => article.Index % 2);
        var seen = new List<(int Half, string? Article, IReadOnlyList<FoundPassage> Near)>();
        foreach (var (place, question) in ALibrary.Questions.Index())
        {
            var found = await library.Search.FindAsync(question.Question, new KnowledgeWish(null, ForCustomers: false), 8, CancellationToken.None);
            seen.Add((
                question.Article is { } article ? halfOf[article] : place % 2, question.Article,
                [.. found.Where(passage => passage.Support >= new KnowledgeOptions().LeastSupport)]));
        }

        var bar = Enumerable.Range(0, 20).Select(step => step * 0.05)
            .First(bar => !seen.Exists(one => one.Half == chosenOn && one.Article is null && one.Near.Any(passage => passage.Cover >= bar)));
        var judged = seen.Where(one => one.Half != chosenOn).ToList();
        var (without, with) = (judged.Where(one => one.Article is null).ToList(), judged.Where(one => one.Article is not null).ToList());
        var wrong = without.Count(one => one.Near.Any(passage => passage.Cover >= bar));
        var right = with.Count(one => one.Near.FirstOrDefault(passage => passage.Cover >= bar)?.Passage.Article == one.Article);

        await TestContext.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"share {bar:0.00}: {wrong} of {without.Count} questions without an answer get one; of {with.Count} with one {right} get the right one first"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(wrong, Is.Zero);
            Assert.That(right, Is.GreaterThan(with.Count / 2));
        }
    }

    /// <summary>
    /// The questions of the gaps were written for another purpose, near what the library is about. Those that an article answers all the same
    /// are left out.
    /// </summary>
    [Test]
    public async Task Questions_that_were_written_for_something_else_get_no_answer(CancellationToken cancellationToken)
    {
        await using var library = await ALibrary.OpenAsync(cancellationToken);
        var asked = ALibrary.Gaps.Where(question => question.Article is null).ToList();
        var answered = new List<string>();
        foreach (var question in asked)
        {
            var answer = await library.Answers.FindAsync($"{question.Subject}\n{question.Text}", Wish(question.Language), cancellationToken);
            if (answer.ForCustomers.Count > 0)
            {
                answered.Add($"{question.Text} -> {answer.ForCustomers[0].Title}");
            }
        }

        await TestContext.Out.WriteLineAsync($"of {asked.Count} questions without an answer {answered.Count} get one:\n{string.Join('\n', answered)}");
        Assert.That(answered, Is.Empty);
    }

    [TestCase("Mein Druker ist weg", "drucker", TestName = "Typing_errors_are_forgiven")]
    [TestCase("Wo ist meine Rechnungskopie", "rechnung-kopie", TestName = "Words_written_as_one_are_taken_apart")]
    [TestCase("Gutschein", "gutschein-einloesen", TestName = "A_part_finds_the_word_it_stands_in")]
    [TestCase("Groesse", "umtausch-groesse", TestName = "Umlauts_may_be_written_out")]
    public async Task Words_need_not_be_the_same(string question, string article)
    {
        await using var library = await ALibrary.OpenAsync(CancellationToken.None);

        var passages = await library.Search.FindAsync(question, new KnowledgeWish("de", ForCustomers: true), 3, CancellationToken.None);

        Assert.That(passages.Select(passage => passage.Passage.Article), Does.Contain(article));
    }

    [Test]
    public async Task What_only_agents_may_read_is_kept_from_customers(CancellationToken cancellationToken)
    {
        var article = ALibrary.Article(ALibrary.Articles[0]) with { Audience = KnowledgeAudience.Agents };
        await using var library = await ALibrary.OpenAsync([article], TimeProvider.System, cancellationToken);

        var forCustomers = await library.Search.FindAsync(article.Title, new KnowledgeWish("de", ForCustomers: true), 5, cancellationToken);
        var forAgents = await library.Search.FindAsync(article.Title, new KnowledgeWish("de", ForCustomers: false), 5, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(forCustomers, Is.Empty);
            Assert.That(forAgents, Is.Not.Empty);
        }
    }

    [TestCase(new string[0], 2)]
    [TestCase(new[] { "mobile-app" }, 1)]
    [TestCase(new[] { "Mobile-App", "api" }, 1)]
    [TestCase(new[] { "api" }, 2)]
    public async Task What_is_on_another_product_is_not_found(string[] others, int found)
    {
        var article = ALibrary.Article(
            new ALibrary.LibraryArticle("seats", "en", "How do I add a seat?", "Open the members page and press Add seat."));
        await using var library = await ALibrary.OpenAsync(
            [
                article with { Product = "mobile-app" },
                article with { Key = "all", Sections = [new ArticleSection("", "Ask your owner to add a seat.")] },
            ],
            TimeProvider.System,
            CancellationToken.None);

        var wish = Wish("en") with { OtherProducts = others };

        var passages = await library.Search.FindAsync(article.Title, wish, 5, CancellationToken.None);

        Assert.That(passages, Has.Count.EqualTo(found));
        Assert.That(passages.Select(passage => passage.Passage.Article), Does.Contain("all"));
    }

    [Test]
    public async Task What_is_not_true_yet_or_no_more_is_not_found(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        var article = ALibrary.Article(ALibrary.Articles[0]) with
        {
            ValidFrom = clock.GetUtcNow().AddDays(1),
            ValidUntil = clock.GetUtcNow().AddDays(2),
        };
        await using var library = await ALibrary.OpenAsync([article], clock, cancellationToken);

        var before = await FindAsync();
        clock.Advance(TimeSpan.FromDays(1.5));
        var then = await FindAsync();
        clock.Advance(TimeSpan.FromDays(1));
        var after = await FindAsync();

        Assert.That((int[])[before, then, after], Is.EqualTo((int[])[0, 1, 0]));

        async Task<int> FindAsync() =>
            (await library.Search.FindAsync(article.Title, new KnowledgeWish("de", ForCustomers: true), 5, cancellationToken)).Count;
    }

    [Test]
    public async Task An_article_that_is_gone_is_found_no_more(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        var (kept, gone) = (ALibrary.Article(ALibrary.Articles[0]), ALibrary.Article(ALibrary.Articles[1]));
        await using var library = await ALibrary.OpenAsync([kept, gone], clock, cancellationToken);
        await library.Search.FindAsync(gone.Title, new KnowledgeWish("de", ForCustomers: true), 5, cancellationToken);

        var told = await library.SyncAsync(new Shelf([kept]), clock, cancellationToken);

        // Right away, while the copy in memory still has it.
        var passages = await library.Search.FindAsync(gone.Title, new KnowledgeWish("de", ForCustomers: true), 5, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo("0 articles new or changed, 1 gone."));
            Assert.That(passages.Select(passage => passage.Passage.Article), Has.None.EqualTo(gone.Key));
        }
    }

    [Test]
    public async Task No_knowledge_finds_nothing(CancellationToken cancellationToken)
    {
        await using var library = await ALibrary.OpenAsync([], TimeProvider.System, cancellationToken);

        var passages = await library.Search.FindAsync("Where is my order?", new KnowledgeWish("en", ForCustomers: true), 5, cancellationToken);

        Assert.That(passages, Is.Empty);
    }

    [TestCase("")]
    [TestCase("?!")]
    [TestCase("' or 1=1 -- \\ :* & | ! <-> ()")]
    [TestCase("😀 \u0000")]
    public void Odd_questions_do_no_harm(string question) =>
        Assert.That(
            async () =>
            {
                await using var library = await ALibrary.OpenAsync(CancellationToken.None);
                await library.Search.FindAsync(question, new KnowledgeWish("xx", ForCustomers: true), 5, CancellationToken.None);
            },
            Throws.Nothing);

    [Test]
    public async Task An_article_that_did_not_change_is_left_alone(CancellationToken cancellationToken)
    {
        await using var library = await ALibrary.OpenAsync(cancellationToken);

        var told = await library.SyncAsync(
            new Shelf([.. ALibrary.Articles.Select(article => ALibrary.Article(article))]), TimeProvider.System, cancellationToken);

        Assert.That(told, Is.EqualTo("0 articles new or changed, 0 gone."));
    }

    [Test]
    public async Task Two_megabytes_become_a_bounded_number_of_passages(CancellationToken cancellationToken)
    {
        var article = ALibrary.Article(ALibrary.Articles[0]) with
        {
            Sections = ArticleMarkup.ReadHtml($"<h2>Endless</h2><p>{string.Concat(Enumerable.Repeat("again and again ", 130_000))}</p>"),
        };

        await using var library = await ALibrary.OpenAsync([article], TimeProvider.System, cancellationToken);

        Assert.That(
            await library.Database.AskAsync<long>("select count(*) from knowledge_passages"),
            Is.InRange(1, ArticleSplitter.MostPassages));
    }

    private static KnowledgeWish Wish(string? language) => new(language, ForCustomers: true);
}
