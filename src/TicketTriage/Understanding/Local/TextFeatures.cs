using System.Buffers;

namespace TicketTriage.Understanding.Local;

/// <summary>
/// Turns texts into numbers: for each known piece (1 + ln count) × its rarity, words and runs of characters each scaled to length 1.
/// Safe for many threads.
/// </summary>
internal sealed class TextFeatures
{
    /// <summary>Characters of a text that are read; what comes later says little about the concern and costs time.</summary>
    public const int MostCharacters = 8000;

    private readonly FeatureTable words;
    private readonly FeatureTable runs;
    private readonly float[] rarity;

    private TextFeatures(FeatureTable words, FeatureTable runs, float[] rarity)
    {
        this.words = words;
        this.runs = runs;
        this.rarity = rarity;
    }

    /// <summary>How many pieces are known. Their numbers begin at 0, words first.</summary>
    public int Count => rarity.Length;

    /// <summary>Learns which pieces there are, and how rare each is.</summary>
    public static TextFeatures Fit(IReadOnlyList<string> texts)
    {
        var textsWithWord = new Dictionary<ulong, int>();
        var textsWithRun = new Dictionary<ulong, int>();
        var seen = new HashSet<ulong>();
        foreach (var text in texts)
        {
            var read = Math.Min(text.Length, MostCharacters);
            var folded = new char[FoldedText.RoomFor(read)];
            var length = FoldedText.Fold(text.AsSpan(0, read), folded, keepBreaks: false);
            var hashes = new ulong[NGrams.RoomForRuns(length)];
            CountTexts(hashes.AsSpan(0, NGrams.HashWords(folded.AsSpan(0, length), hashes)), seen, textsWithWord);
            CountTexts(hashes.AsSpan(0, NGrams.HashRuns(folded.AsSpan(0, length), hashes)), seen, textsWithRun);
        }

        var weights = new float[textsWithWord.Count + textsWithRun.Count];
        var next = 0;
        foreach (var count in textsWithWord.Values.Concat(textsWithRun.Values))
        {
            weights[next++] = 1 + MathF.Log((1f + texts.Count) / (1f + count));
        }

        return new TextFeatures(new FeatureTable(textsWithWord.Keys, 0), new FeatureTable(textsWithRun.Keys, textsWithWord.Count), weights);
    }

    /// <summary>Reads one text. The row's arrays are rented: <see cref="FeatureRow.Dispose"/> gives them back.</summary>
    public FeatureRow Read(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, MostCharacters)];
        var folded = ArrayPool<char>.Shared.Rent(FoldedText.RoomFor(text.Length));
        var length = FoldedText.Fold(text, folded, keepBreaks: false);
        var hashes = ArrayPool<ulong>.Shared.Rent(NGrams.RoomForRuns(length));
        var counts = ArrayPool<ushort>.Shared.Rent(Count);
        counts.AsSpan(0, Count).Clear();
        var row = new FeatureRow(NGrams.RoomForWords(length) + NGrams.RoomForRuns(length));

        Gather(words, hashes.AsSpan(0, NGrams.HashWords(folded.AsSpan(0, length), hashes)), counts, row);
        Gather(runs, hashes.AsSpan(0, NGrams.HashRuns(folded.AsSpan(0, length), hashes)), counts, row);

        ArrayPool<ushort>.Shared.Return(counts);
        ArrayPool<ulong>.Shared.Return(hashes);
        ArrayPool<char>.Shared.Return(folded);
        return row;
    }

    /// <returns>The number of a word or pair of words in folded form, or -1.</returns>
    public int FindWord(ReadOnlySpan<char> folded) => words.Find(NGrams.Hash(folded));

    /// <summary>1 for a piece that each text has, more the fewer have it.</summary>
    public float RarityOf(int number) => rarity[number];

    private static void CountTexts(ReadOnlySpan<ulong> hashes, HashSet<ulong> seen, Dictionary<ulong, int> texts)
    {
        seen.Clear();
        foreach (var hash in hashes)
        {
            if (seen.Add(hash))
            {
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(texts, hash, out _)++;
            }
        }
    }

    private void Gather(FeatureTable table, ReadOnlySpan<ulong> hashes, ushort[] counts, FeatureRow row)
    {
        var first = row.Count;
        foreach (var hash in hashes)
        {
            var number = table.Find(hash);
            if (number >= 0 && counts[number]++ == 0)
            {
                row.Numbers[row.Count++] = number;
            }
        }

        var squares = 0f;
        for (var at = first; at < row.Count; at++)
        {
            var number = row.Numbers[at];
            var value = (counts[number] == 1 ? 1 : 1 + MathF.Log(counts[number])) * rarity[number];
            row.Values[at] = value;
            squares += value * value;
        }

        var scale = squares > 0 ? 1 / MathF.Sqrt(squares) : 0;
        for (var at = first; at < row.Count; at++)
        {
            row.Values[at] *= scale;
        }
    }
}
