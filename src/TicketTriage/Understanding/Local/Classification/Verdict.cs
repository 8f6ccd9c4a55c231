using System.Runtime.InteropServices;

namespace TicketTriage.Understanding.Local.Classification;

/// <summary>From a text's scores to a class, how sure it is, and whether it fits at all.</summary>
/// <param name="Yields">Taken from each class's score before the best is chosen: common classes yield a little to rare ones.</param>
/// <param name="Curve">From claimed to true chances.</param>
/// <param name="LeastScore">The best score below which nothing fits.</param>
internal sealed record Verdict(float[] Yields, ChanceCurve Curve, double LeastScore)
{
    public static Verdict Read(BinaryReader reader)
    {
        var yields = new float[reader.ReadInt32()];
        reader.ReadInto(yields);
        var ends = new double[reader.ReadInt32()];
        reader.ReadInto(ends);
        var chances = new double[ends.Length];
        reader.ReadInto(chances);
        return new Verdict(yields, new ChanceCurve(ends, chances), reader.ReadDouble());
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Yields.Length);
        writer.Write(MemoryMarshal.AsBytes(Yields.AsSpan()));
        writer.Write(Curve.Ends.Length);
        writer.Write(MemoryMarshal.AsBytes(Curve.Ends.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(Curve.Chances.AsSpan()));
        writer.Write(LeastScore);
    }

    /// <returns>The class that fits best.</returns>
    public int Choose(ReadOnlySpan<float> scores) => Handicaps.Choose(scores, Yields);

    /// <returns>The chance that a class is right, in (0, 1).</returns>
    public double ChanceOf(ReadOnlySpan<float> scores, int ofClass) => Curve.Of(Claim(scores, ofClass));

    public bool Fits(ReadOnlySpan<float> scores) => Top(scores) >= LeastScore;

    /// <param name="scores">Of held-out examples.</param>
    /// <param name="labels">The right class of each, or <see cref="Examples.Outside"/>.</param>
    /// <param name="logShares">For each class the logarithm of its share of the examples.</param>
    /// <param name="silence">The best score of a text that says nothing.</param>
    /// <param name="refusedShare">Share of the examples that may be said to fit nothing, in [0, 1].</param>
    public static Verdict Fit(float[][] scores, int[] labels, double[] logShares, double silence, double refusedShare)
    {
        var inside = Enumerable.Range(0, labels.Length).Where(row => labels[row] != Examples.Outside).ToArray();
        var yields = Handicaps.Find(labels, scores, logShares).Handicaps;
        var chosen = inside.Select(row => Handicaps.Choose(scores[row], yields)).ToArray();
        var curve = ChanceCurve.Fit(
            [.. inside.Select((row, at) => Claim(scores[row], chosen[at]))], [.. inside.Select((row, at) => chosen[at] == labels[row])]);
        var outside = Enumerable.Range(0, labels.Length).Except(inside).Select(row => (double)Top(scores[row])).Order().ToArray();
        double[] tops = [.. inside.Select(row => (double)Top(scores[row])).Order()];

        // Where all examples are much alike, what lies halfway between them and silence may still be of their kind.
        var least = FindLeastScore(tops, outside, refusedShare);
        least = outside.Length > 0 ? least : Math.Min(least, (silence + tops[tops.Length / 2]) / 2);
        return new Verdict(yields, curve, least);
    }

    /// <summary>The chance that the scores themselves claim for a class.</summary>
    public static double Claim(ReadOnlySpan<float> scores, int ofClass)
    {
        var sum = 0f;
        foreach (var score in scores)
        {
            sum += MathF.Exp(score - scores[ofClass]);
        }

        return 1 / sum;
    }

    private static float Top(ReadOnlySpan<float> scores)
    {
        var top = scores[0];
        foreach (var score in scores)
        {
            top = MathF.Max(top, score);
        }

        return top;
    }

    // With examples of what doesn't belong, the place that parts the two best, refusing no more than allowed; else what is allowed.
    private static double FindLeastScore(double[] inside, double[] outside, double refusedShare)
    {
        var most = (int)(refusedShare * inside.Length);
        if (outside.Length == 0)
        {
            return inside[most];
        }

        var best = most;
        var bestMerit = double.MinValue;
        for (var refused = 0; refused <= most; refused++)
        {
            var caught = outside.Count(score => score < inside[refused]);
            var merit = ((double)caught / outside.Length) - ((double)refused / inside.Length);
            if (merit > bestMerit)
            {
                (best, bestMerit) = (refused, merit);
            }
        }

        return inside[best];
    }
}
