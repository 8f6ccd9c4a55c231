using TicketTriage.Knowledge;

namespace TicketTriage.Tests.Knowledge;

/// <summary>Left out where the server has no pgvector: it is not among PostgreSQL's own extensions.</summary>
[CancelAfter(60_000)]
public sealed class Finding_by_meaning_in_the_database
{
    private const string Model = "embed-'test'";
    private const int Passages = 400;
    private const int Most = 10;

    private static readonly KnowledgeWish All = new("en", ForCustomers: false);

    [Test]
    public async Task It_finds_what_memory_finds(CancellationToken cancellationToken)
    {
        await using var library = await OpenAsync(cancellationToken);
        await KeepAsync(library, Model, dimensions: 24);
        var inDatabase = new MeaningsInDatabase(library.Database.Pool);
        using var inMemory = new MeaningsInMemory(library.Database.Pool);
        var asked = Enumerable.Range(0, 24).Select(place => MathF.Sin(place)).ToArray();

        var compared = await inDatabase.RankAsync(Model, asked, All, DateTimeOffset.UnixEpoch, Most, cancellationToken);
        await inDatabase.IndexAsync(Model, cancellationToken);
        var looked = await inDatabase.RankAsync(Model, asked, All, DateTimeOffset.UnixEpoch, Most, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(compared, Has.Count.EqualTo(Most));
            Assert.That(compared, Is.EqualTo(await inMemory.RankAsync(Model, asked, version: 1, _ => true, Most, cancellationToken)));
            Assert.That(looked, Is.EqualTo(compared));
        }
    }

    [TestCase(1_536, "vector(1536)")]
    [TestCase(3_072, "halfvec(3072)")]
    public async Task Each_length_gets_an_index_once_and_others_still_go_in(int dimensions, string type)
    {
        await using var library = await OpenAsync(CancellationToken.None);
        await KeepAsync(library, Model, dimensions);
        var inDatabase = new MeaningsInDatabase(library.Database.Pool);

        await inDatabase.IndexAsync(Model, CancellationToken.None);
        await inDatabase.IndexAsync(Model, CancellationToken.None);
        await KeepAsync(library, "another", dimensions: 3);

        var nearest = await inDatabase.RankAsync(
            Model, [.. Enumerable.Repeat(1f, dimensions)], All, DateTimeOffset.UnixEpoch, Most, CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                await library.Database.AskAsync<string>("select string_agg(indexdef, ';') from pg_indexes where indexdef like '%hnsw%'"),
                Does.Contain(type).And.Contain("embed-''test''").And.Not.Contain(";"));
            Assert.That(nearest, Has.Count.EqualTo(Most));
        }
    }

    [Test]
    public async Task Vectors_of_another_length_are_not_compared(CancellationToken cancellationToken)
    {
        await using var library = await OpenAsync(cancellationToken);
        await KeepAsync(library, Model, dimensions: 24);

        Assert.That(
            await new MeaningsInDatabase(library.Database.Pool).RankAsync(Model, [1, 2, 3], All, DateTimeOffset.UnixEpoch, Most, cancellationToken), Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_may_not_be_read_takes_no_place_of_what_may(bool hasIndex)
    {
        await using var library = await OpenAsync(CancellationToken.None);
        await KeepAsync(library, Model, dimensions: 24);
        await library.Database.AskAsync<object>("update knowledge_articles set audience = 'agents' where key <> 'a7'");
        var inDatabase = new MeaningsInDatabase(library.Database.Pool);
        if (hasIndex)
        {
            await inDatabase.IndexAsync(Model, CancellationToken.None);
        }

        var nearest = await inDatabase.RankAsync(
            Model, [.. Enumerable.Repeat(1f, 24)], new KnowledgeWish("en", ForCustomers: true), DateTimeOffset.UnixEpoch, Most, CancellationToken.None);

        Assert.That(nearest, Is.EqualTo((long[])[await library.Database.AskAsync<long>("select id from knowledge_passages where article = 'a7'")]));
    }

    private static async Task<ALibrary> OpenAsync(CancellationToken cancellationToken)
    {
        var articles = Enumerable.Range(0, Passages).Select(number =>
            ALibrary.Article(new ALibrary.LibraryArticle($"a{number}", "en", $"Article {number}", $"About the thing number {number}.")));
        var library = await ALibrary.OpenAsync(articles, TimeProvider.System, cancellationToken);
        if (await library.Database.AskAsync<long>("select count(*) from pg_available_extensions where name = 'vector'") == 0)
        {
            await library.DisposeAsync();
            Assert.Ignore("This PostgreSQL has no pgvector.");
        }

        await library.Database.AskAsync<object>("create extension vector");
        return library;
    }

    private static Task<object?> KeepAsync(ALibrary library, string model, int dimensions) => library.Database.AskAsync<object>(
        $"""
        insert into knowledge_vectors (passage, model, vector)
        select p.id, '{model.Replace("'", "''", StringComparison.Ordinal)}',
               array(select sin(p.id * 7.13 + place * (1 + p.id % 13))::real from generate_series(1, {dimensions}) place)
        from knowledge_passages p
        """);
}
