using System.Buffers;

namespace TicketTriage.Knowledge;

/// <summary>
/// Which passages have which word, in memory: ranks passages by the words that they share with a question. Each counts by its rarity, more in
/// a title or heading, and less in a long passage (BM25 with words counted once: Robertson, Walker et al., TREC-3, 1994).
/// </summary>
internal sealed class WordIndex
{
    private const double WeightInHead = 2;
    private const double Saturation = 1.2;

    /// <summary>How much a long passage is held against itself.</summary>
    private const double PriceOfLength = 0.6;

    private const double UsualLength = 60;

    private readonly IReadOnlyList<ShelvedPassage> passages;
    private readonly Vocabulary vocabulary;

    /// <summary>For each word, where its passages begin in <see cref="postings"/>; one more at the end.</summary>
    private readonly int[] starts;

    /// <summary>Places of passages, doubled; odd where the word stands in the title or heading.</summary>
    private readonly int[] postings;

    private readonly float[] shortness;
    private readonly int among;

    public WordIndex(IReadOnlyList<ShelvedPassage> passages)
    {
        this.passages = passages;
        among = Math.Max(passages.Count, KnowledgeSearch.FewestPassages);
        vocabulary = new Vocabulary(passages.SelectMany(passage => passage.Words).Distinct(StringComparer.Ordinal));
        shortness =
        [
            .. passages.Select(passage => (float)((Saturation + 1)
                / ((Saturation * (1 - PriceOfLength + (PriceOfLength * passage.Words.Length / UsualLength))) + 1))),
        ];
        (starts, postings) = CollectPostings(passages, vocabulary);
    }

    /// <param name="asked">The question's words, each with its stems in the languages that are tried.</param>
    /// <returns>The nearest passages that may be read as wished, nearest first.</returns>
    public IReadOnlyList<WordRank> Rank(IReadOnlyList<AskedWord> asked, KnowledgeWish wish, DateTimeOffset now, int most)
    {
        var (scores, gains) = (Rent(), Rent());
        var (bestScores, bestGains) = (Rent(), Rent());
        var touched = new List<int>();
        var (found, all) = (new List<int>(), 0.0);
        foreach (var word in asked)
        {
            // The word as it stands too: knowing the language must not make a question look better answered.
            all += word.Stems.Append(word.Word).Max(stem => RarityOf(vocabulary.Find(stem)));
            foreach (var (meant, share) in vocabulary.Relate(word.Stems))
            {
                TakeBest(meant, (float)(share * RarityOf(meant)), bestScores, bestGains, touched);
            }

            foreach (var place in touched)
            {
                if (scores[place] == 0)
                {
                    found.Add(place);
                }

                scores[place] += bestScores[place] * shortness[place];
                gains[place] += bestGains[place];
                (bestScores[place], bestGains[place]) = (0, 0);
            }

            touched.Clear();
        }

        var nearest = Nearest(found.Where(place => MayBeRead(place, wish, now)), scores, most)
            .Select(place => new WordRank(passages[place].Id, gains[place] / Math.Max(all, 0.001)))
            .ToList();
        foreach (var rented in (float[][])[scores, gains, bestScores, bestGains])
        {
            ArrayPool<float>.Shared.Return(rented);
        }

        return nearest;
    }

    /// <param name="place">Of a passage, in the order in which they were given.</param>
    public bool MayBeRead(int place, KnowledgeWish wish, DateTimeOffset now) => passages[place].MayBeRead(wish, now);

    private float[] Rent()
    {
        var rented = ArrayPool<float>.Shared.Rent(passages.Count);
        rented.AsSpan(0, passages.Count).Clear();
        return rented;
    }

    private void TakeBest(int word, float gain, float[] bestScores, float[] bestGains, List<int> touched)
    {
        for (var at = starts[word]; at < starts[word + 1]; at++)
        {
            var place = postings[at] >> 1;
            var score = (postings[at] & 1) == 0 ? gain : (float)(WeightInHead * gain);
            if (bestScores[place] == 0)
            {
                touched.Add(place);
            }

            bestScores[place] = Math.Max(bestScores[place], score);
            bestGains[place] = Math.Max(bestGains[place], gain);
        }
    }

    private IEnumerable<int> Nearest(IEnumerable<int> found, float[] scores, int most)
    {
        var nearest = new PriorityQueue<int, float>();
        foreach (var place in found)
        {
            if (nearest.Count < most)
            {
                nearest.Enqueue(place, scores[place]);
            }
            else if (scores[place] > scores[nearest.Peek()])
            {
                nearest.DequeueEnqueue(place, scores[place]);
            }
        }

        return nearest.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => passages[item.Element].Id).Select(item => item.Element);
    }

    /// <param name="word">-1 for one that no passage has: nothing is rarer.</param>
    private double RarityOf(int word)
    {
        var with = word < 0 ? 0 : starts[word + 1] - starts[word];
        return Math.Log(1 + ((among - with + 0.5) / (with + 0.5)));
    }

    private static (int[] Starts, int[] Postings) CollectPostings(IReadOnlyList<ShelvedPassage> passages, Vocabulary vocabulary)
    {
        var starts = new int[vocabulary.Count + 1];
        foreach (var word in passages.SelectMany(passage => passage.Words))
        {
            starts[vocabulary.Find(word) + 1]++;
        }

        for (var word = 0; word < vocabulary.Count; word++)
        {
            starts[word + 1] += starts[word];
        }

        var next = starts[..^1];
        var postings = new int[starts[^1]];
        foreach (var (place, passage) in passages.Index())
        {
            var heads = passage.HeadWords.ToHashSet(StringComparer.Ordinal);
            foreach (var word in passage.Words)
            {
                postings[next[vocabulary.Find(word)]++] = (place << 1) | (heads.Contains(word) ? 1 : 0);
            }
        }

        return (starts, postings);
    }
}

/// <summary>A word of a question.</summary>
/// <param name="Stems">What the database cuts it to, in each language that is tried; at least one.</param>
internal sealed record AskedWord(string Word, IReadOnlyList<string> Stems);

/// <summary>A passage that shares words with a question.</summary>
/// <param name="Cover">Share of the question's words, counted by their rarity, that the passage has; in [0, 1].</param>
internal sealed record WordRank(long Id, double Cover);
