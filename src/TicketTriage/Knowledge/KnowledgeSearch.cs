using Npgsql;
using NpgsqlTypes;
using TicketTriage.Reading;
using TicketTriage.Storage;

namespace TicketTriage.Knowledge;

/// <summary>
/// Finds the passages that are nearest to a question: by words, which the database cuts to their stems, by likeness, and by meaning, all
/// compared in memory and joined by their ranks (reciprocal rank fusion: Cormack, Clarke, Büttcher, SIGIR 2009).
/// </summary>
public sealed class KnowledgeSearch(NpgsqlDataSource database, PassageShelf shelf, PassageMeanings meanings, TimeProvider clock)
{
    /// <summary>What the two rankings are joined with: how little the first places stand above the next ones.</summary>
    private const double Flatness = 60;

    /// <summary>How deep both rankings go before they are joined.</summary>
    private const int Depth = 40;

    private const int MostQuestionCharacters = 2_000;

    private const int MostWords = 60;

    /// <summary>Longer ones are no words but keys and pictures, and looking for their parts takes long.</summary>
    private const int LongestWord = 40;

    /// <summary>
    /// As many passages rarity is counted with at least: among a handful every word that is there looks common, and nothing would be found
    /// near enough.
    /// </summary>
    internal const int FewestPassages = 60;

    /// <param name="question">Redacted text in any language.</param>
    /// <param name="most">How many passages at most.</param>
    /// <returns>
    /// The nearest passages, best first; at most one of each wording. Empty where the knowledge is, or has no word of the question.
    /// </returns>
    public async Task<IReadOnlyList<FoundPassage>> FindAsync(
        string question, KnowledgeWish wish, int most, CancellationToken cancellationToken) =>
        await AskAsync(question, wish, cancellationToken) is { } asked ? await PickAsync(asked, wish, most, cancellationToken) : [];

    /// <summary>
    /// What there is to answer customers from, and what there is for agents, each as if the other were not there: many answers that agents
    /// gave before, all alike, must not take the place of the one article that says it.
    /// </summary>
    /// <param name="most">How many passages of each at most.</param>
    /// <returns>Those for customers first.</returns>
    public async Task<IReadOnlyList<FoundPassage>> FindForAnswerAsync(
        string question, KnowledgeWish wish, int most, CancellationToken cancellationToken)
    {
        if (await AskAsync(question, wish, cancellationToken) is not { } asked)
        {
            return [];
        }

        var forCustomers = await PickAsync(asked, wish with { ForCustomers = true }, most, cancellationToken);
        var forAll = await PickAsync(asked, wish with { ForCustomers = false }, Depth, cancellationToken);
        return [.. forCustomers, .. forAll.Where(found => found.Passage.Audience == KnowledgeAudience.Agents).Take(most)];
    }

    /// <returns>The ids of passages by their words alone, nearest first: what is found where no text becomes a vector.</returns>
    internal async Task<IReadOnlyList<long>> RankByWordsAsync(string question, KnowledgeWish wish, int most, CancellationToken cancellationToken)
    {
        var kept = await shelf.ReadAsync(cancellationToken);
        var words = await StemAsync(WordsOf(question), wish.Language, cancellationToken);
        return [.. kept.Words.Rank(words, wish, clock.GetUtcNow(), most).Select(found => found.Id)];
    }

    private async Task<AskedQuestion?> AskAsync(string question, KnowledgeWish wish, CancellationToken cancellationToken)
    {
        var text = PlainText.Cut(question, MostQuestionCharacters);
        var words = WordsOf(text);
        var kept = await shelf.ReadAsync(cancellationToken);
        return words.Length == 0 || kept.Count == 0
            ? null
            : new AskedQuestion(
                text, kept, await StemAsync(words, wish.Language, cancellationToken),
                await meanings.AskAsync(text, wish.Helpdesk, kept.Version, cancellationToken));
    }

    private async Task<IReadOnlyList<FoundPassage>> PickAsync(AskedQuestion asked, KnowledgeWish wish, int most, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var words = asked.Kept.Words;
        var byWords = words.Rank(asked.Words, wish, now, Depth);
        var byLikeness = asked.Kept.Points.Rank(asked.Text, Depth, place => words.MayBeRead(place, wish, now));
        var scores = new Dictionary<long, double>();
        AddRanks(scores, byWords.Select(found => found.Id));
        AddRanks(scores, byLikeness.Select(found => found.Id));
        if (asked.Meaning is { } meaning)
        {
            AddRanks(scores, await meanings.RankAsync(
                meaning, wish, now, id => asked.Kept.MayBeRead(id, wish, now), Depth, cancellationToken));
        }

        var cover = byWords.ToDictionary(found => found.Id, found => found.Cover);
        var likeness = byLikeness.ToDictionary(found => found.Id, found => found.Likeness);
        var passages = await LoadAsync([.. scores.OrderByDescending(score => score.Value).Take(Depth).Select(score => score.Key)], wish, cancellationToken);
        return
        [
            .. passages
                .Select(passage => new FoundPassage(
                    passage, scores[passage.Id], cover.GetValueOrDefault(passage.Id), likeness.GetValueOrDefault(passage.Id)))
                .OrderByDescending(found => found.Score).ThenBy(found => found.Passage.Id)
                .DistinctBy(found => found.Passage.Text, StringComparer.Ordinal)
                .Take(most),
        ];
    }

    private static string[] WordsOf(string text) =>
        [.. SearchWords.Of(text).Where(word => word.Length <= LongestWord).Distinct().Take(MostWords)];

    /// <returns>True where no passage is kept at all.</returns>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) => (await shelf.ReadAsync(cancellationToken)).Count == 0;

    /// <returns>The ids of those passages that are still there, in this wording, and may be read as wished.</returns>
    public async Task<IReadOnlySet<long>> FindStandingAsync(
        IReadOnlyList<Passage> passages, KnowledgeWish wish, CancellationToken cancellationToken) =>
        (await LoadAsync([.. passages.Select(passage => passage.Id)], wish, cancellationToken)).Select(passage => passage.Id).ToHashSet();

    private static void AddRanks(Dictionary<long, double> scores, IEnumerable<long> ranked)
    {
        foreach (var (rank, id) in ranked.Index())
        {
            scores[id] = scores.GetValueOrDefault(id) + (1 / (Flatness + rank + 1));
        }
    }

    /// <summary>
    /// Has the database cut words to their stems: it did so with those of the passages. What says nothing in one of the team's usual languages,
    /// such as "the" and "die", is left out.
    /// </summary>
    private async Task<IReadOnlyList<AskedWord>> StemAsync(string[] words, string? language, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select word, tsvector_to_array(to_tsvector('german', word)), tsvector_to_array(to_tsvector('english', word)),
                   tsvector_to_array(to_tsvector($2::regconfig, word))
            from unnest($1) as word
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = words });
        command.Parameters.Add(SqlValues.Text(KnowledgeLedger.ConfigurationOf(language ?? "")));
        var asked = new List<AskedWord>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (german, english) = (await StemsAsync(1), await StemsAsync(2));
            if (german.Length > 0 && english.Length > 0)
            {
                asked.Add(new AskedWord(reader.GetString(0), [.. german.Concat(english).Concat(await StemsAsync(3)).Distinct()]));
            }
        }

        return asked;

        Task<string[]> StemsAsync(int column) => reader.GetFieldValueAsync<string[]>(column, cancellationToken);
    }

    private async Task<IReadOnlyList<Passage>> LoadAsync(long[] ids, KnowledgeWish wish, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select p.id, p.source, p.article, a.title, p.heading, p.text, a.language, a.audience, a.address, a.product
            from knowledge_passages p
            join knowledge_articles a on a.source = p.source and a.key = p.article
            where p.id = any($1)
              and (a.audience = 'customers' or not $2)
              and (a.valid_from is null or a.valid_from <= $3) and (a.valid_until is null or a.valid_until > $3)
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = ids });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = wish.ForCustomers });
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        var passages = new List<Passage>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            passages.Add(Read(reader));
        }

        return [.. passages.Where(passage => !wish.IsOfAnother(passage.Product))];
    }

    /// <param name="reader">Its columns begin with id, source, article, title, heading, text, language, audience, address, product.</param>
    internal static Passage Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5),
        reader.GetString(6), reader.GetString(7) == "customers" ? KnowledgeAudience.Customers : KnowledgeAudience.Agents,
        Uri.TryCreate(reader[8] as string, UriKind.Absolute, out var address) ? address : null)
    {
        Product = reader[9] as string,
    };
}

/// <summary>A question, with what is the same of it whoever is to read the answer.</summary>
/// <param name="Meaning"><see langword="null"/> where no model says it.</param>
internal sealed record AskedQuestion(string Text, ShelfCopy Kept, IReadOnlyList<AskedWord> Words, AskedMeaning? Meaning);

/// <summary>Whose passages are wanted.</summary>
/// <param name="Language">ISO 639-1 of the question; <see langword="null"/> where it isn't known.</param>
/// <param name="ForCustomers">Nothing that only agents may read.</param>
public sealed record KnowledgeWish(string? Language, bool ForCustomers)
{
    /// <summary>Whose ticket asks, and pays where a model is asked; <see langword="null"/> where it is nobody's.</summary>
    public string? Helpdesk { get; init; }

    /// <summary>
    /// What the question is not about: an article on one of these has other prices and other ways. An article on a product that is not
    /// among them, such as one that nobody knows by that name, may answer.
    /// </summary>
    public IReadOnlyList<string> OtherProducts { get; init; } = [];

    /// <param name="product">Of an article; <see langword="null"/> where it is about all of them.</param>
    internal bool IsOfAnother(string? product) => product is not null && OtherProducts.Contains(product, StringComparer.OrdinalIgnoreCase);
}

/// <summary>A passage near a question.</summary>
/// <param name="Score">Higher is nearer; compares within one search only.</param>
/// <param name="Cover">Share of the question's words, counted by their rarity, that the passage has; in [0, 1].</param>
/// <param name="Likeness">Cosine of both texts' vectors, at most 1.</param>
public sealed record FoundPassage(Passage Passage, double Score, double Cover, double Likeness)
{
    /// <summary>High only where both witnesses agree: in [0, 1].</summary>
    public double Support => Cover * Math.Max(0, Likeness);
}
