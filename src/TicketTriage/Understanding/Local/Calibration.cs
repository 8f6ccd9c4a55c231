namespace TicketTriage.Understanding.Local;

/// <summary>What held-out examples say about a classifier's scores.</summary>
/// <param name="Sharpness">What scores are multiplied with before they become chances: the inverse of the temperature.</param>
/// <param name="LeastScore">The top score below which nothing fits.</param>
/// <param name="Accuracy">Share of the held-out examples that were right, in [0, 1].</param>
/// <param name="CalibrationError">The mean distance between stated and true chance, over 15 bins, in [0, 1].</param>
internal sealed record Calibration(double Sharpness, double LeastScore, double Accuracy, double CalibrationError)
{
    private const int Bins = 15;

    /// <param name="scores">The scores of each example, from a classifier that had not seen it.</param>
    /// <param name="labels">The right class of each.</param>
    /// <param name="refusedShare">Share of these examples that may fall below <see cref="LeastScore"/>.</param>
    public static Calibration Measure(IReadOnlyList<float[]> scores, IReadOnlyList<int> labels, double refusedShare)
    {
        var sharpness = FindSharpness(scores, labels);
        var tops = scores.Select(row => row.Max()).Order().ToArray();
        var right = 0;
        var binCount = new int[Bins];
        var binRight = new int[Bins];
        var binChance = new double[Bins];
        for (var row = 0; row < scores.Count; row++)
        {
            var top = Array.IndexOf(scores[row], scores[row].Max());
            var chance = ChanceOf(scores[row], top, sharpness);
            var bin = Math.Min((int)(chance * Bins), Bins - 1);
            binCount[bin]++;
            binChance[bin] += chance;
            if (top == labels[row])
            {
                right++;
                binRight[bin]++;
            }
        }

        var distance = 0d;
        for (var bin = 0; bin < Bins; bin++)
        {
            distance += Math.Abs(binRight[bin] - binChance[bin]);
        }

        // Above 0 a text lies on its class's own side, whatever the other examples scored.
        var leastScore = Math.Min(tops[(int)(refusedShare * tops.Length)], 0);
        return new Calibration(sharpness, leastScore, (double)right / scores.Count, distance / scores.Count);
    }

    /// <returns>The chance that a class is right, in (0, 1].</returns>
    public static double ChanceOf(ReadOnlySpan<float> scores, int ofClass, double sharpness)
    {
        var sum = 0d;
        foreach (var score in scores)
        {
            sum += Math.Exp(sharpness * (score - scores[ofClass]));
        }

        return 1 / sum;
    }

    // The likelihood has one peak over the logarithm of the sharpness; each step keeps 62 % of the range.
    private static double FindSharpness(IReadOnlyList<float[]> scores, IReadOnlyList<int> labels)
    {
        const double Golden = 0.6180339887498949;
        var (low, high) = (Math.Log(0.05), Math.Log(100));
        while (high - low > 0.001)
        {
            var left = high - (Golden * (high - low));
            var right = low + (Golden * (high - low));
            if (Surprise(scores, labels, Math.Exp(left)) < Surprise(scores, labels, Math.Exp(right)))
            {
                high = right;
            }
            else
            {
                low = left;
            }
        }

        return Math.Exp((low + high) / 2);
    }

    private static double Surprise(IReadOnlyList<float[]> scores, IReadOnlyList<int> labels, double sharpness)
    {
        var sum = 0d;
        for (var row = 0; row < scores.Count; row++)
        {
            sum -= Math.Log(Math.Max(ChanceOf(scores[row], labels[row], sharpness), 1e-12));
        }

        return sum;
    }
}
