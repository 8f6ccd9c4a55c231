namespace TicketTriage.Understanding.Local.Classification;

/// <summary>
/// What common classes yield to rare ones. Being right most often and finding the rare classes too pull apart; the best mean of the two is
/// taken.
/// </summary>
internal static class Handicaps
{
    private const int Steps = 20;

    /// <summary>A hundredth of a point for each step keeps chance from deciding where the classes come alike.</summary>
    private const double CostOfStep = 0.0001;

    /// <param name="labels">The right class of each example, or <see cref="Examples.Outside"/>.</param>
    /// <param name="scores">Of the same examples.</param>
    /// <param name="logShares">For each class the logarithm of its share of the examples.</param>
    /// <returns>What to take from each class's score before the best is chosen, and the accuracy and macro-F1 that come of it, in sum.</returns>
    public static (float[] Handicaps, double Merit) Find(int[] labels, float[][] scores, double[] logShares)
    {
        var best = new float[logShares.Length];
        var bestMerit = double.MinValue;
        for (var step = 0; step <= Steps; step++)
        {
            var favour = (double)step / Steps;
            float[] handicaps = [.. logShares.Select(share => (float)(favour * share))];
            var tally = new Tally(logShares.Length);
            for (var row = 0; row < labels.Length; row++)
            {
                if (labels[row] != Examples.Outside)
                {
                    tally.Count(labels[row], Choose(scores[row], handicaps));
                }
            }

            var merit = tally.Accuracy + tally.MacroF1 - (step * CostOfStep);
            if (merit > bestMerit)
            {
                (best, bestMerit) = (handicaps, merit);
            }
        }

        return (best, bestMerit);
    }

    /// <returns>The class with the best score after the handicaps.</returns>
    public static int Choose(ReadOnlySpan<float> scores, ReadOnlySpan<float> handicaps)
    {
        var best = 0;
        for (var at = 1; at < scores.Length; at++)
        {
            best = scores[at] - handicaps[at] > scores[best] - handicaps[best] ? at : best;
        }

        return best;
    }
}
