using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TicketTriage.Understanding.Local.Classification;

/// <summary>
/// Turns texts into numbers: for each known piece (1 + ln count) × its rarity, words and runs of characters each scaled to length 1.
/// Safe for many threads, each with a <see cref="ReadingDesk"/> of its own.
/// </summary>
internal sealed class TextFeatures
{
    /// <summary>Characters of a text that are read; what comes later says little about the concern and costs time.</summary>
    public const int MostCharacters = 8000;

    /// <summary>Pieces that are kept at most: those that the most texts have.</summary>
    private const int MostPieces = 300_000;

    private readonly ulong[] hashes;
    private readonly int words;
    private readonly float[] rarity;
    private readonly MoodWords moods;
    private readonly FeatureTable table;

    private TextFeatures(ulong[] hashes, int words, float[] rarity, MoodWords moods)
    {
        this.moods = moods;
        this.hashes = hashes;
        this.words = words;
        this.rarity = rarity;
        table = new FeatureTable(hashes);
    }

    /// <summary>How many pieces are known. Their numbers begin at 0, words first.</summary>
    public int Count => hashes.Length;

    /// <summary>Learns which pieces there are, and how rare each is.</summary>
    public static TextFeatures Fit(IReadOnlyList<string> texts, MoodWords moods)
    {
        var textsWithWord = new Dictionary<ulong, int>();
        var textsWithRun = new Dictionary<ulong, int>();
        var seen = new HashSet<ulong>();
        foreach (var text in texts)
        {
            var read = Math.Min(text.Length, MostCharacters);
            var folded = new char[FoldedText.RoomFor(read)];
            var length = FoldedText.Fold(text.AsSpan(0, read), folded, keepBreaks: false);
            var hashes = new ulong[Math.Max(RoomForWords(read, length), NGrams.RoomForRuns(length))];
            CountTexts(hashes.AsSpan(0, HashWordsAndMarks(text.AsSpan(0, read), folded.AsSpan(0, length), moods, hashes)), seen, textsWithWord);
            CountTexts(hashes.AsSpan(0, NGrams.HashRuns(folded.AsSpan(0, length), hashes)), seen, textsWithRun);
        }

        var fewestTexts = 1;
        while (textsWithWord.Values.Count(count => count >= fewestTexts) + textsWithRun.Values.Count(count => count >= fewestTexts) > MostPieces)
        {
            fewestTexts++;
        }

        var words = textsWithWord.Where(piece => piece.Value >= fewestTexts).ToArray();
        var pieces = words.Concat(textsWithRun.Where(piece => piece.Value >= fewestTexts)).ToArray();
        return new TextFeatures(
            [.. pieces.Select(piece => piece.Key)],
            words.Length,
            [.. pieces.Select(piece => 1 + MathF.Log((1f + texts.Count) / (1f + piece.Value)))],
            moods);
    }

    public static TextFeatures Read(BinaryReader reader)
    {
        var hashes = new ulong[reader.ReadInt32()];
        var words = reader.ReadInt32();
        var rarity = new float[hashes.Length];
        reader.ReadInto(hashes);
        reader.ReadInto(rarity);
        return new TextFeatures(hashes, words, rarity, new MoodWords(new MoodList(ReadWords(reader), ReadWords(reader), ReadWords(reader))));
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(hashes.Length);
        writer.Write(words);
        writer.Write(MemoryMarshal.AsBytes(hashes.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(rarity.AsSpan()));

        // The list goes along: a later program that has another one must still read texts as this model learnt to.
        WriteWords(writer, moods.List.Positive);
        WriteWords(writer, moods.List.Negative);
        WriteWords(writer, moods.List.Negators);
    }

    /// <summary>Reads one text.</summary>
    /// <returns>What stands on the desk until it is used again.</returns>
    public FeatureRow Read(ReadOnlySpan<char> text, ReadingDesk desk)
    {
        text = text[..Math.Min(text.Length, MostCharacters)];
        desk.MakeRoom(text.Length, Count);
        var length = FoldedText.Fold(text, desk.Folded, keepBreaks: false);
        var folded = desk.Folded.AsSpan(0, length);
        var end = Gather(desk.Hashes.AsSpan(0, HashWordsAndMarks(text, folded, moods, desk.Hashes)), desk, 0);
        end = Gather(desk.Hashes.AsSpan(0, NGrams.HashRuns(folded, desk.Hashes)), desk, end);
        return new FeatureRow(desk.Numbers.AsSpan(0, end), desk.Values.AsSpan(0, end));
    }

    /// <summary>Reads a row as if only some pieces were known.</summary>
    /// <returns>What stands on the desk until it is used again.</returns>
    public FeatureRow Narrow(FeatureRow row, ReadOnlySpan<bool> known, ReadingDesk desk)
    {
        desk.MakeRoom(row.Count, Count);
        var end = 0;
        var first = 0;
        for (var at = 0; at < row.Count; at++)
        {
            var number = row.Numbers[at];
            if (first == 0 && number >= words)
            {
                Scale(desk.Values.AsSpan(0, end));
                first = end;
            }

            if (known[number])
            {
                desk.Numbers[end] = number;
                desk.Values[end++] = row.Values[at];
            }
        }

        Scale(desk.Values.AsSpan(first, end - first));
        return new FeatureRow(desk.Numbers.AsSpan(0, end), desk.Values.AsSpan(0, end));
    }

    /// <returns>The number of a word or pair of words in folded form, or -1.</returns>
    public int FindWord(ReadOnlySpan<char> folded) => table.Find(NGrams.HashWord(folded));

    /// <summary>1 for a piece that each text has, more the fewer have it.</summary>
    public float RarityOf(int number) => rarity[number];

    private static string[] ReadWords(BinaryReader reader)
    {
        var words = new string[reader.ReadInt32()];
        foreach (ref var word in words.AsSpan())
        {
            word = reader.ReadString();
        }

        return words;
    }

    private static void WriteWords(BinaryWriter writer, IReadOnlyList<string> words)
    {
        writer.Write(words.Count);
        foreach (var word in words)
        {
            writer.Write(word);
        }
    }

    /// <summary>Room for words, marks and moods.</summary>
    public static int RoomForWords(int length, int foldedLength) =>
        NGrams.RoomForWords(foldedLength) + Marks.RoomFor(length) + (foldedLength / 2) + 1;

    private static int HashWordsAndMarks(ReadOnlySpan<char> text, ReadOnlySpan<char> folded, MoodWords moods, Span<ulong> hashes)
    {
        var count = NGrams.HashWords(folded, hashes);
        count += Marks.Hash(text, hashes[count..]);
        return count + moods.Hash(folded, hashes[count..]);
    }

    private static void CountTexts(ReadOnlySpan<ulong> hashes, HashSet<ulong> seen, Dictionary<ulong, int> texts)
    {
        seen.Clear();
        foreach (var hash in hashes)
        {
            if (seen.Add(hash))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(texts, hash, out _)++;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Gather(ReadOnlySpan<ulong> pieces, ReadingDesk desk, int first)
    {
        var end = first;
        foreach (var hash in pieces)
        {
            var number = table.Find(hash);
            if (number >= 0 && desk.Counts[number]++ == 0)
            {
                desk.Numbers[end++] = number;
            }
        }

        for (var at = first; at < end; at++)
        {
            var number = desk.Numbers[at];
            var count = desk.Counts[number];
            desk.Counts[number] = 0;
            desk.Values[at] = (count == 1 ? 1 : 1 + MathF.Log(count)) * rarity[number];
        }

        Scale(desk.Values.AsSpan(first, end - first));
        return end;
    }

    private static void Scale(Span<float> values)
    {
        var squares = 0f;
        foreach (var value in values)
        {
            squares += value * value;
        }

        var scale = squares > 0 ? 1 / MathF.Sqrt(squares) : 0;
        foreach (ref var value in values)
        {
            value *= scale;
        }
    }
}
