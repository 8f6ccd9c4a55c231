namespace TicketTriage.Understanding.Local.Classification;

/// <summary>
/// Finds words that carry a mood, and turns the mood over where one of the two words before negates it. A few hundred examples of praise
/// don't hold half of the words that praise; this list spares every team to teach them.
/// </summary>
internal sealed class MoodWords
{
    private const int ShortestWord = 2;
    private const int ReachOfNegation = 2;

    private static readonly ulong goodMood = NGrams.HashMark("good mood");
    private static readonly ulong badMood = NGrams.HashMark("bad mood");

    private readonly FeatureTable table;
    private readonly Kind[] kinds;

    public MoodWords(MoodList list)
    {
        List = list;
        var found = new Dictionary<ulong, Kind>();
        foreach (var (words, kind) in new[] { (list.Positive, Kind.Good), (list.Negative, Kind.Bad), (list.Negators, Kind.Negator) })
        {
            foreach (var word in words)
            {
                // In folded text a space ends each word, so that a whole word is but a beginning of another form.
                found[NGrams.HashWord(FoldedText.Of(word) + (word.EndsWith('*') ? "" : " "))] = kind;
            }
        }

        table = new FeatureTable([.. found.Keys]);
        kinds = [.. found.Values];
    }

    private enum Kind
    {
        None,
        Good,
        Bad,
        Negator,
    }

    public MoodList List { get; }

    /// <returns>How many hashes were written: at most one for each word.</returns>
    public int Hash(ReadOnlySpan<char> folded, Span<ulong> hashes)
    {
        var count = 0;
        var sinceNegator = int.MaxValue - 1;
        var start = 1;
        while (start < folded.Length)
        {
            var length = folded[start..].IndexOf(' ');
            if (length < 0)
            {
                break;
            }

            var kind = KindOf(folded.Slice(start, length + 1));
            sinceNegator = kind == Kind.Negator ? 0 : Math.Min(sinceNegator + 1, int.MaxValue - 1);
            if (kind is Kind.Good or Kind.Bad)
            {
                hashes[count++] = (kind == Kind.Good) == (sinceNegator > ReachOfNegation) ? goodMood : badMood;
            }

            start += length + 1;
        }

        return count;
    }

    // Of several beginnings that are listed, the longest says most.
    private Kind KindOf(ReadOnlySpan<char> word)
    {
        var best = Kind.None;
        var hash = NGrams.BeginWord();
        for (var at = 0; at < word.Length; at++)
        {
            hash = NGrams.Continue(hash, word[at]);
            if (at >= ShortestWord - 1 && table.Find(NGrams.Finish(hash)) is var number and >= 0)
            {
                best = kinds[number];
            }
        }

        return best;
    }
}

/// <param name="Positive">A word that ends with * stands for all its forms.</param>
/// <param name="Negators">What turns the mood of a word over, up to two words before it.</param>
internal sealed record MoodList(IReadOnlyList<string> Positive, IReadOnlyList<string> Negative, IReadOnlyList<string> Negators);
