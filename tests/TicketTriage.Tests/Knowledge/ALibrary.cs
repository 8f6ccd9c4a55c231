using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TicketTriage.Knowledge;
using TicketTriage.Models;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Knowledge;

/// <summary>The articles and questions of <c>tests/knowledge</c>, kept in a database of the test's own.</summary>
internal sealed class ALibrary : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly TriageDatabase database;
    private readonly PassageShelf shelf;
    private readonly PassageMeanings meanings;

    private ALibrary(TriageDatabase database, TimeProvider clock, EmbeddingModel? model)
    {
        this.database = database;
        shelf = new PassageShelf(database.Pool, clock);
        Ledger = new KnowledgeLedger(database.Pool);
        meanings = new PassageMeanings(database.Pool, model, clock, NullLogger<PassageMeanings>.Instance);
        Search = new KnowledgeSearch(database.Pool, shelf, meanings, clock);
        Answers = new AnswerFinder(Search, Options.Create(new KnowledgeOptions()));
    }

    public KnowledgeLedger Ledger { get; }

    public KnowledgeSearch Search { get; }

    public AnswerFinder Answers { get; }

    public TriageDatabase Database => database;

    public static IReadOnlyList<LibraryQuestion> Questions { get; } = Read<LibraryQuestion>("questions.jsonl");

    /// <summary>Questions that no article answers, with the gap to which each belongs.</summary>
    public static IReadOnlyList<GapQuestion> Gaps { get; } = Read<GapQuestion>("gaps.jsonl");

    public static IReadOnlyList<LibraryArticle> Articles { get; } = Read<LibraryArticle>("articles.jsonl");

    /// <summary>Articles with days, links and names, of which the others have few; not searched.</summary>
    public static IReadOnlyList<LibraryArticle> Notices { get; } = Read<LibraryArticle>("notices.jsonl");

    /// <summary>Sentences that say something else than their article, each in one place.</summary>
    public static IReadOnlyList<SeededFault> Faults { get; } = Read<SeededFault>("faults.jsonl");

    /// <summary>Sentences that say what their article says, in other words.</summary>
    public static IReadOnlyList<Paraphrase> Paraphrases { get; } = Read<Paraphrase>("paraphrases.jsonl");

    /// <summary>One with all articles of the library.</summary>
    public static async Task<ALibrary> OpenAsync(CancellationToken cancellationToken) =>
        await OpenAsync(Articles.Select(article => Article(article)), TimeProvider.System, cancellationToken);

    public static Task<ALibrary> OpenAsync(IEnumerable<KnowledgeArticle> articles, TimeProvider clock, CancellationToken cancellationToken) =>
        OpenAsync(articles, clock, model: null, cancellationToken);

    public static async Task<ALibrary> OpenAsync(
        IEnumerable<KnowledgeArticle> articles, TimeProvider clock, EmbeddingModel? model, CancellationToken cancellationToken)
    {
        var library = new ALibrary(await TriageDatabase.CreateAsync(), clock, model);
        await library.SyncAsync(new Shelf([.. articles]), clock, cancellationToken);
        return library;
    }

    public Task<string> SyncAsync(IKnowledgeSource source, TimeProvider clock, CancellationToken cancellationToken) =>
        SyncAsync([source], clock, cancellationToken);

    public Task<string> SyncAsync(IReadOnlyList<IKnowledgeSource> sources, TimeProvider clock, CancellationToken cancellationToken) =>
        new KnowledgeSync(sources, Ledger, meanings, clock, NullLogger<KnowledgeSync>.Instance).RunAsync(cancellationToken);

    public static KnowledgeArticle Article(LibraryArticle article) => new()
    {
        Source = Shelf.SourceName,
        Key = article.Key,
        Title = article.Title,
        Language = article.Language,
        Sections = ArticleMarkup.ReadText(article.Text),
        Address = new Uri($"https://help.example.com/{article.Key}"),
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    public async ValueTask DisposeAsync()
    {
        meanings.Dispose();
        shelf.Dispose();
        await database.DisposeAsync();
    }

    private static IReadOnlyList<T> Read<T>(string file) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "knowledge", file))
            .Select(line => JsonSerializer.Deserialize<T>(line, Json) ?? throw new InvalidOperationException($"{file} has an empty line.")),
    ];

    /// <param name="Gap">Questions of one gap ask for the same thing.</param>
    /// <param name="Article">The key of an article that answers all the same; <see langword="null"/> where none does.</param>
    internal sealed record GapQuestion(string Gap, string Language, string Intent, string Subject, string Text, string? Article = null);

    /// <param name="Article">The key of the article or notice that it gets wrong.</param>
    /// <param name="Kind">
    /// amount, date, link, name, deadline, promise; swap for a value of the article's own in the wrong place, negation for yes in place of no.
    /// </param>
    /// <param name="Wrong">The words that are wrong.</param>
    /// <param name="Said">What the customer wrote, where that has the words.</param>
    /// <param name="Fresh">Written after the check was, to see what it does with sentences that it was not bettered on.</param>
    internal sealed record SeededFault(string Article, string Kind, string Wrong, string Text, string? Said = null, bool Fresh = false);

    /// <param name="Article">The key of the article or notice that says so.</param>
    /// <param name="Fresh">Written after the check was, to see what it does with sentences that it was not bettered on.</param>
    internal sealed record Paraphrase(string Article, string Text, bool Fresh = false);

    internal sealed record LibraryArticle(string Key, string Language, string Title, string Text);

    /// <param name="Article">The key of the article that answers; <see langword="null"/> where none does.</param>
    internal sealed record LibraryQuestion(string Question, string? Article);
}

/// <summary>A source that has what the test gave it.</summary>
internal sealed class Shelf(IReadOnlyList<KnowledgeArticle> articles) : IKnowledgeSource
{
    public const string SourceName = "shelf";

    public string Name => SourceName;

    public Task<KnowledgeReading> ReadAsync(DateTimeOffset? since, CancellationToken cancellationToken) =>
        Task.FromResult(new KnowledgeReading(articles, IsWhole: true, []));
}
