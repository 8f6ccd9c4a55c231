using System.Globalization;
using System.Runtime.InteropServices;
using TicketTriage.Knowledge;
using TicketTriage.Testing;
using TicketTriage.Tests.Models;

namespace TicketTriage.Tests.Knowledge;

[CancelAfter(60_000)]
public sealed class Finding_by_meaning
{
    private static readonly KnowledgeArticle Sofa = Article("sofa", "Cleaning upholstery", "Use a damp cloth and neutral soap.");
    private static readonly KnowledgeArticle Kettle = Article("kettle", "Descaling", "Boil vinegar and rinse twice.");

    [Test]
    public async Task Other_words_for_the_same_thing_are_found_with_a_model(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        server.Plays(200, Vectors([1, 0, 0], [0, 2, 0])).Plays(200, Vectors([0.9f, 0.1f, 0]));
        using var model = Asking.ConnectEmbedding(server);
        await using var library = await ALibrary.OpenAsync([Sofa, Kettle], TimeProvider.System, model, cancellationToken);

        var found = await FindAsync(library, "couch fleck weg", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Select(passage => passage.Passage.Article), Is.EqualTo((string[])["sofa", "kettle"]));
            Assert.That(server.Calls.Select(call => call.Path), Has.All.EqualTo("/v1/embeddings"));
            Assert.That(await library.Database.AskAsync<string>("select string_agg(distinct model, ',') from knowledge_vectors"), Is.EqualTo("embed-test"));
        }
    }

    [Test]
    public async Task A_crowd_of_internal_passages_does_not_hide_the_one_for_customers(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        server.Plays(200, Vectors([[0.8f, 0.6f, 0], .. Enumerable.Repeat((float[])[1, 0, 0], 45)])).Plays(200, Vectors([1, 0, 0]));
        using var model = Asking.ConnectEmbedding(server);
        var crowd = Enumerable.Range(0, 45).Select(number => Article($"old{number}", "Kettles", $"Rinse kettle number {number} twice.") with
        {
            Audience = KnowledgeAudience.Agents,
        });
        await using var library = await ALibrary.OpenAsync([Sofa, .. crowd], TimeProvider.System, model, cancellationToken);

        var found = await FindAsync(library, "zzz qqq xxx", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Select(passage => passage.Passage.Article), Is.EqualTo((string[])["sofa"]));
            Assert.That(server.Calls, Has.Count.EqualTo(2), "the question is asked once");
        }
    }

    [Test]
    public async Task The_question_leaves_without_personal_data(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        server.Plays(200, Vectors([1, 0, 0])).Plays(200, Vectors([1, 0, 0]));
        using var model = Asking.ConnectEmbedding(server);
        await using var library = await ALibrary.OpenAsync([Sofa], TimeProvider.System, model, cancellationToken);

        await FindAsync(library, "Write to kim@example.com about the sofa", cancellationToken);

        Assert.That(server.Calls[1].Body, Does.Contain("about the sofa").And.Not.Contain("kim@example.com"));
    }

    [Test]
    public async Task A_model_that_is_away_is_done_without_and_asked_again_at_the_next_time(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        server.Plays(503, "{}").Plays(200, Vectors([1, 0, 0])).Plays(503, "{}");
        using var model = Asking.ConnectEmbedding(server);
        var clock = new ManualClock();
        await using var library = await ALibrary.OpenAsync([Sofa], clock, model, cancellationToken);

        var without = await FindAsync(library, "soap for upholstery", cancellationToken);
        await library.SyncAsync(new Shelf([Sofa]), clock, cancellationToken);
        clock.Advance(TimeSpan.FromMinutes(1));
        var silent = await FindAsync(library, "soap for upholstery", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await library.Database.AskAsync<long>("select count(*) from knowledge_vectors"), Is.EqualTo(1));
            Assert.That((without.Count, silent.Count, server.Calls.Count), Is.EqualTo((1, 1, 3)));
        }
    }

    [Test]
    public async Task A_passage_that_changes_gets_another_vector_and_one_that_stays_keeps_its_own(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        server.Plays(200, Vectors([1, 0, 0], [0, 1, 0])).Plays(200, Vectors([0, 0, 1]));
        using var model = Asking.ConnectEmbedding(server);
        await using var library = await ALibrary.OpenAsync([Sofa, Kettle], TimeProvider.System, model, cancellationToken);

        await library.SyncAsync(
            new Shelf([Sofa, Kettle with { Sections = ArticleMarkup.ReadText("Use citric acid.") }]), TimeProvider.System, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Calls[1].Body, Does.Contain("citric acid").And.Not.Contain("damp cloth"));
            Assert.That(await library.Database.AskAsync<long>("select count(*) from knowledge_vectors"), Is.EqualTo(2));
        }
    }

    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("<html>no</html>")]
    [TestCase("""{"object":"list","data":[],"model":"m"}""")]
    public async Task Nonsense_for_vectors_changes_nothing(string answer)
    {
        await using var server = await ScriptedModel.StartAsync();
        server.Plays(200, answer);
        using var model = Asking.ConnectEmbedding(server);
        await using var library = await ALibrary.OpenAsync([Sofa], TimeProvider.System, model, CancellationToken.None);

        Assert.That(await FindAsync(library, "soap for upholstery", CancellationToken.None), Has.Count.EqualTo(1));
    }

    private static Task<IReadOnlyList<FoundPassage>> FindAsync(ALibrary library, string question, CancellationToken cancellationToken) =>
        library.Search.FindAsync(question, new KnowledgeWish("en", ForCustomers: true), 5, cancellationToken);

    private static KnowledgeArticle Article(string key, string title, string text) =>
        ALibrary.Article(new ALibrary.LibraryArticle(key, "en", title, text));

    private static string Vectors(params float[][] vectors) => $$"""
        {"object":"list","model":"embed-test","usage":{"prompt_tokens":1,"total_tokens":1},"data":[{{string.Join(',', vectors.Index().Select(vector =>
            string.Create(CultureInfo.InvariantCulture, $$"""{"object":"embedding","index":{{vector.Index}},"embedding":"{{Base64(vector.Item)}}"}""")))}}]}
        """;

    private static string Base64(float[] vector) => Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan()));
}
