using Npgsql;
using NpgsqlTypes;

namespace TicketTriage.Knowledge;

/// <summary>
/// Finds the passages that are nearest to a question: by words in the database, by likeness and meaning in memory, joined by their ranks
/// (reciprocal rank fusion: Cormack, Clarke, Büttcher, SIGIR 2009).
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
        string question, KnowledgeWish wish, int most, CancellationToken cancellationToken)
    {
        var text = question.Length <= MostQuestionCharacters ? question : question[..MostQuestionCharacters];
        string[] words = [.. SearchWords.Of(text).Where(word => word.Length <= LongestWord).Distinct().Take(MostWords)];
        if (words.Length == 0 || await shelf.IsEmptyAsync(cancellationToken))
        {
            return [];
        }

        var byWords = await RankByWordsAsync(words, wish, cancellationToken);
        var byLikeness = await shelf.RankAsync(text, Depth, cancellationToken);
        var scores = new Dictionary<long, double>();
        AddRanks(scores, byWords.Select(found => found.Id));
        AddRanks(scores, byLikeness.Select(found => found.Id));
        AddRanks(scores, await meanings.RankAsync(text, await shelf.FindSeenVersionAsync(cancellationToken), Depth, cancellationToken));

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

    /// <returns>True where no passage is kept at all.</returns>
    public Task<bool> IsEmptyAsync(CancellationToken cancellationToken) => shelf.IsEmptyAsync(cancellationToken);

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
    /// Ranks by the words that question and passage share: each counts by its rarity, more in a title or heading, and less in a long
    /// passage (BM25 with words counted once). A word that no passage has stands for those it begins or ends with, those that begin or end with it
    /// (German writes several words as one), and those that are spelt nearly as it is.
    /// </summary>
    private async Task<IReadOnlyList<WordRank>> RankByWordsAsync(string[] words, KnowledgeWish wish, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();

        // Among 20,000 passages the database took seconds to compile the statement, and milliseconds to run it.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('jit', 'off', true)"));
        var command = new NpgsqlBatchCommand(await shelf.ForgivesTypingErrorsAsync(cancellationToken) ? Forgiving : Strict);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = words });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ConfigurationsFor(wish.Language)] });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Depth });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = wish.ForCustomers });
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Math.Max(await shelf.CountAsync(cancellationToken), FewestPassages) });
        batch.BatchCommands.Add(command);
        var ranks = new List<WordRank>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ranks.Add(new WordRank(reader.GetInt64(0), reader.GetDouble(1)));
        }

        return ranks;
    }

    private async Task<IReadOnlyList<Passage>> LoadAsync(long[] ids, KnowledgeWish wish, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select p.id, p.source, p.article, a.title, p.heading, p.text, a.language, a.audience, a.address
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

        return passages;
    }

    /// <param name="reader">Its columns begin with id, source, article, title, heading, text, language, audience, address.</param>
    internal static Passage Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5),
        reader.GetString(6), reader.GetString(7) == "customers" ? KnowledgeAudience.Customers : KnowledgeAudience.Agents,
        Uri.TryCreate(reader[8] as string, UriKind.Absolute, out var address) ? address : null);

    private static IEnumerable<string> ConfigurationsFor(string? language) =>
        ((string[])["german", "english", KnowledgeLedger.ConfigurationOf(language ?? "")]).Distinct();

    private static string Strict { get; } = Statement(likeness: "");

    private static string Forgiving { get; } = Statement(likeness:
        """
            union all
            (select t.asked, near.word, 0.5 * similarity(near.word, t.word), near.passages
             from told t
             cross join lateral (
                 select k.word, k.passages from knowledge_words k
                 where k.word % t.word order by similarity(k.word, t.word) desc, k.word limit 3) near
             where length(t.word) >= 5 and not exists (select from knowledge_words k where k.word = t.word))
        """);

    private static string Statement(string likeness) =>
        $"""
        with words as (
            select word, asked from unnest($1) with ordinality as w (word, asked)
            -- Words that say nothing in one of the team's usual languages, such as "the" and "die".
            where not exists (select from unnest(array['german', 'english']) as c where to_tsvector(c::regconfig, word) = '')
        ), told as (
            select distinct words.asked, stem.lexeme as word
            from words
            cross join unnest($2) as configuration
            cross join lateral unnest(to_tsvector(configuration::regconfig, words.word)) as stem
        ), meant (asked, word, share, passages) as (
            select t.asked, k.word, 1.0, k.passages
            from told t
            -- One row at most, looked up by the key: a join reads the whole list.
            cross join lateral (select k.word, k.passages from knowledge_words k where k.word = t.word limit 1) k
            union all
            (select t.asked, k.word, 0.6, k.passages
             from told t
             cross join lateral (
                 select k.word, k.passages from knowledge_words k
                 where k.word >= t.word collate "C" and k.word < (t.word || '{"{"}') collate "C" and k.word <> t.word
                 order by length(k.word), k.word limit 6) k
             where length(t.word) >= 5)
            union all
            (select t.asked, k.word, 0.6, k.passages
             from told t
             cross join lateral (
                 select k.word, k.passages from knowledge_words k
                 where reverse(k.word) collate "C" >= reverse(t.word) collate "C" and reverse(k.word) collate "C" < (reverse(t.word) || '{"{"}') collate "C" and k.word <> t.word
                 order by length(k.word), k.word limit 6) k
             where length(t.word) >= 5)
            union all
            (select t.asked, k.word, 0.6, k.passages
             from told t
             cross join lateral generate_series(4, length(t.word) - 3) as letters
             join knowledge_words k on k.word in (left(t.word, letters), right(t.word, letters))
             where length(t.word) >= 9)
            {likeness}
        ), weighed as (
            select m.asked, m.word, max(m.share) as share, m.passages,
                   ln(1 + ($6 - m.passages + 0.5) / (m.passages + 0.5)) as rarity,
                   m.word::tsquery as query, (m.word || ':A')::tsquery as in_head
            from meant m
            group by m.asked, m.word, m.passages
        ), rarest as (
            select word, max(share * rarity) as weight, min(passages) as passages from weighed group by word
            order by weight desc limit 24
        ), narrowed as (
            select word, sum(passages) over (order by passages, word) - passages as before from rarest
        ), candidates as (
            select p.id, p.words, length(p.words) as length
            from knowledge_passages p
            join knowledge_articles a on a.source = p.source and a.key = p.article
            where p.words @@ (select string_agg(word, ' | ')::tsquery from narrowed where before < 600)
              and (a.audience = 'customers' or not $4)
              and (a.valid_from is null or a.valid_from <= $5) and (a.valid_until is null or a.valid_until > $5)
        ), scored as (
            select c.id, w.asked,
                   max(w.share * w.rarity) as gain,
                   max(w.share * w.rarity * (case when c.words @@ w.in_head then 2.0 else 1.0 end)
                       * 2.2 / (1.2 * (0.4 + 0.6 * c.length / 60.0) + 1)) as score
            from candidates c
            join weighed w on c.words @@ w.query
            group by c.id, w.asked
        ), asked as (
            select sum(rarity) as rarity from (
                select asked, max(ln(1 + ($6 - passages + 0.5) / (passages + 0.5))) as rarity
                from (select t.asked, coalesce((select k.passages from knowledge_words k where k.word = t.word), 0) as passages from told t) each
                group by asked) all_asked
        )
        select s.id, (sum(s.gain) / greatest(max(a.rarity), 0.001))::float8 as cover
        from scored s cross join asked a
        group by s.id
        order by sum(s.score) desc, s.id
        limit $3
        """;

    private sealed record WordRank(long Id, double Cover);
}

/// <summary>Whose passages are wanted.</summary>
/// <param name="Language">ISO 639-1 of the question; <see langword="null"/> where it isn't known.</param>
/// <param name="ForCustomers">Nothing that only agents may read.</param>
public sealed record KnowledgeWish(string? Language, bool ForCustomers);

/// <summary>A passage near a question.</summary>
/// <param name="Score">Higher is nearer; compares within one search only.</param>
/// <param name="Cover">Share of the question's words, counted by their rarity, that the passage has; in [0, 1].</param>
/// <param name="Likeness">Cosine of both texts' vectors, at most 1.</param>
public sealed record FoundPassage(Passage Passage, double Score, double Cover, double Likeness)
{
    /// <summary>High only where both witnesses agree: in [0, 1].</summary>
    public double Support => Cover * Math.Max(0, Likeness);
}
