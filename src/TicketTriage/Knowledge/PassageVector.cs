using System.Numerics.Tensors;

namespace TicketTriage.Knowledge;

/// <summary>
/// Texts as points, near where they share words and runs of letters, so that compounds, endings and typing errors matter less. Made here,
/// without a model: each piece is hashed to a place and a sign (feature hashing: Weinberger et al., ICML 2009).
/// </summary>
internal sealed class PassageVector
{
    public const int Dimensions = 512;

    /// <summary>How many kinds of pieces are told apart when their rarity is counted.</summary>
    private const int Kinds = 1 << 18;

    private readonly float[] rarity;

    private PassageVector(float[] rarity) => this.rarity = rarity;

    /// <summary>Learns which pieces are rare in a body of texts.</summary>
    public static PassageVector Learn(IReadOnlyCollection<string> texts)
    {
        var among = Math.Max(texts.Count, KnowledgeSearch.FewestPassages);
        var counts = new int[Kinds];
        foreach (var text in texts)
        {
            foreach (var piece in Pieces(text).Select(Kind).Distinct())
            {
                counts[piece]++;
            }
        }

        var rarity = new float[Kinds];
        for (var kind = 0; kind < Kinds; kind++)
        {
            rarity[kind] = (float)RarityOf(counts[kind], among);
        }

        return new PassageVector(rarity);
    }

    /// <summary>Writes the text's point into <paramref name="vector"/>, of length 1; all zeros for a text without words.</summary>
    public void Write(string text, Span<float> vector)
    {
        vector.Clear();
        foreach (var (piece, times) in Pieces(text).CountBy(piece => piece))
        {
            var weight = rarity[Kind(piece)] * (1 + MathF.Log(times));
            var place = (int)((piece >> 20) % Dimensions);
            vector[place] += (piece & (1UL << 63)) == 0 ? weight : -weight;
        }

        var length = TensorPrimitives.Norm(vector);
        if (length > 0)
        {
            TensorPrimitives.Divide(vector, length, vector);
        }
    }

    /// <summary>What a piece weighs that so many texts have, among so many.</summary>
    public static double RarityOf(int having, int among) => Math.Log(1 + ((among - having + 0.5) / (having + 0.5)));

    private static int Kind(ulong piece) => (int)(piece % Kinds);

    /// <summary>Hashes of the words, and of the runs of four and five letters within them.</summary>
    public static IEnumerable<ulong> Pieces(string text)
    {
        foreach (var word in SearchWords.Of(text))
        {
            if (word.Length < 2)
            {
                continue;
            }

            yield return Hash($"={word}", 0, word.Length + 1);
            var padded = $" {word} ";
            for (var run = 4; run <= 5; run++)
            {
                for (var at = 0; at + run <= padded.Length; at++)
                {
                    yield return Hash(padded, at, run);
                }
            }
        }
    }

    // FNV-1a with a last stir, the same in every process: a stored vector must mean tomorrow what it means today.
    private static ulong Hash(string text, int at, int length)
    {
        var hash = 14695981039346656037UL;
        for (var place = at; place < at + length; place++)
        {
            hash = (hash ^ text[place]) * 1099511628211UL;
        }

        hash ^= hash >> 32;
        hash *= 0x9E3779B97F4A7C15UL;
        return hash ^ (hash >> 29);
    }
}
