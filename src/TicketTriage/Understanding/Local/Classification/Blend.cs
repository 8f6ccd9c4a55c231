namespace TicketTriage.Understanding.Local.Classification;

/// <summary>How much each part of an <see cref="Ensemble"/> counts, so that the scores become chances: found on held-out examples.</summary>
/// <param name="OfLinear">Times the linear model's score.</param>
/// <param name="OfMean">Times the mean models' score.</param>
/// <param name="OfShare">Times <paramref name="LogShares"/>: training makes all classes count alike, and they don't come alike.</param>
/// <param name="LogShares">For each class the logarithm of its share of the examples.</param>
internal sealed record Blend(double OfLinear, double OfMean, double OfShare, double[] LogShares)
{
    private const int Parts = 3;
    private const int MostSteps = 50;

    /// <summary>Finds the blend under which the right classes of held-out examples are likeliest.</summary>
    public static Blend Fit(HeldOut heldOut, bool withMeans)
    {
        var weights = new double[] { 4, withMeans ? 1 : 0, 0 };
        var (loss, slope, bend) = Look(heldOut, weights, withMeans);
        for (var step = 0; step < MostSteps; step++)
        {
            var move = Solve(bend, slope);
            var size = 1d;
            var improved = false;
            for (var halving = 0; halving < 20 && !improved; halving++, size /= 2)
            {
                // A part may be worth nothing, but never the opposite of what it says.
                double[] next =
                [
                    Math.Max(weights[0] - (size * move[0]), 0.01),
                    Math.Max(weights[1] - (size * move[1]), 0),
                    weights[2] - (size * move[2]),
                ];
                var (nextLoss, nextSlope, nextBend) = Look(heldOut, next, withMeans);
                if (nextLoss < loss - (1e-7 * heldOut.Count))
                {
                    (weights, loss, slope, bend, improved) = (next, nextLoss, nextSlope, nextBend, true);
                }
            }

            if (!improved)
            {
                break;
            }
        }

        return new Blend(weights[0], weights[1], weights[2], heldOut.LogShares);
    }

    /// <param name="linear">What the linear model says.</param>
    /// <param name="mean">What the mean models say.</param>
    /// <param name="scores">Gets for each class the logarithm of its chance, up to a constant of the text.</param>
    public void Mix(ReadOnlySpan<float> linear, ReadOnlySpan<float> mean, Span<float> scores)
    {
        for (var ofClass = 0; ofClass < scores.Length; ofClass++)
        {
            scores[ofClass] = (float)((OfLinear * linear[ofClass]) + (OfMean * mean[ofClass]) + (OfShare * LogShares[ofClass]));
        }
    }

    // The surprise at the right classes with its first and second derivatives; it has one valley, so Newton's steps find the bottom.
    private static (double Loss, double[] Slope, double[,] Bend) Look(HeldOut heldOut, double[] weights, bool withMeans)
    {
        const double Ridge = 0.01;
        var loss = 0d;
        var slope = new double[Parts];
        var bend = new double[Parts, Parts];
        var chances = new double[heldOut.LogShares.Length];
        Span<double> expected = stackalloc double[Parts];
        Span<double> part = stackalloc double[Parts];
        for (var row = 0; row < heldOut.Count; row++)
        {
            var label = heldOut.Labels[row];
            if (label == Examples.Outside)
            {
                continue;
            }

            var (linear, mean) = (heldOut.Linear[row], heldOut.Mean[row]);
            var top = double.MinValue;
            for (var at = 0; at < chances.Length; at++)
            {
                chances[at] = (weights[0] * linear[at]) + (weights[1] * mean[at]) + (weights[2] * heldOut.LogShares[at]);
                top = Math.Max(top, chances[at]);
            }

            var sum = 0d;
            foreach (ref var score in chances.AsSpan())
            {
                score = Math.Exp(score - top);
                sum += score;
            }

            loss -= Math.Log(Math.Max(chances[label] / sum, 1e-300));
            expected.Clear();
            for (var at = 0; at < chances.Length; at++)
            {
                var chance = chances[at] / sum;
                (part[0], part[1], part[2]) = (linear[at], mean[at], heldOut.LogShares[at]);
                for (var one = 0; one < Parts; one++)
                {
                    expected[one] += chance * part[one];
                    for (var other = 0; other <= one; other++)
                    {
                        bend[one, other] += chance * part[one] * part[other];
                    }
                }
            }

            (part[0], part[1], part[2]) = (linear[label], mean[label], heldOut.LogShares[label]);
            for (var one = 0; one < Parts; one++)
            {
                slope[one] += expected[one] - part[one];
                for (var other = 0; other <= one; other++)
                {
                    bend[one, other] -= expected[one] * expected[other];
                }
            }
        }

        for (var one = 0; one < Parts; one++)
        {
            loss += Ridge * weights[one] * weights[one] / 2;
            slope[one] += Ridge * weights[one];
            bend[one, one] += Ridge;
            for (var other = 0; other < one; other++)
            {
                bend[other, one] = bend[one, other];
            }
        }

        if (!withMeans)
        {
            (slope[1], bend[0, 1], bend[1, 0], bend[1, 2], bend[2, 1], bend[1, 1]) = (0, 0, 0, 0, 0, 1);
        }

        return (loss, slope, bend);
    }

    // Three equations by Cramer's rule.
    private static double[] Solve(double[,] bend, double[] slope)
    {
        var whole = Determinant(bend);
        var solution = new double[Parts];
        for (var column = 0; column < Parts; column++)
        {
            var swapped = (double[,])bend.Clone();
            for (var line = 0; line < Parts; line++)
            {
                swapped[line, column] = slope[line];
            }

            solution[column] = Determinant(swapped) / whole;
        }

        return solution;
    }

    private static double Determinant(double[,] of) =>
        (of[0, 0] * ((of[1, 1] * of[2, 2]) - (of[1, 2] * of[2, 1])))
        - (of[0, 1] * ((of[1, 0] * of[2, 2]) - (of[1, 2] * of[2, 0])))
        + (of[0, 2] * ((of[1, 0] * of[2, 1]) - (of[1, 1] * of[2, 0])));
}
