namespace TicketTriage.Understanding.Local.Classification;

/// <summary>How much each part of an <see cref="Ensemble"/> counts, so that the scores become chances: found on held-out examples.</summary>
/// <param name="OfLinear">Times the linear model's score.</param>
/// <param name="OfMean">Times the mean models' score.</param>
/// <param name="OfShare">Times <paramref name="LogShares"/>: training makes all classes count alike, and they don't come alike.</param>
/// <param name="LogShares">For each class the logarithm of its share of the examples.</param>
internal sealed record Blend(double OfLinear, double OfMean, double OfShare, double[] LogShares)
{
    private const int MostSteps = 50;

    /// <summary>
    /// What the mean models' score may count beside the linear model's, the usual best first. Likelihood alone would lean on the mean models,
    /// which were trained for it, where the linear model is right more often.
    /// </summary>
    private static readonly double[] parts = [0.25, 0.5, 0.125, 1, 0];

    /// <summary>Finds the blend that is right most often, and under it the scale that makes the right classes likeliest.</summary>
    public static Blend Choose(HeldOut heldOut, bool hasMeans)
    {
        const double Noticeable = 0.002;
        var best = Fit(heldOut, 0);
        var bestMerit = double.MinValue;
        foreach (var part in parts.Where(part => hasMeans || part == 0))
        {
            var blend = Fit(heldOut, part);
            var merit = Handicaps.Find(heldOut.Labels, blend.MixAll(heldOut), heldOut.LogShares).Merit;
            if (merit > bestMerit + Noticeable)
            {
                (best, bestMerit) = (blend, merit);
            }
        }

        return best;
    }

    /// <returns>For each held-out example the scores of all classes: the logarithms of their chances, up to a constant of the example.</returns>
    public float[][] MixAll(HeldOut heldOut)
    {
        var scores = new float[heldOut.Count][];
        for (var row = 0; row < scores.Length; row++)
        {
            var (linear, mean) = (heldOut.Linear[row], heldOut.Mean[row]);
            scores[row] = new float[linear.Length];
            for (var ofClass = 0; ofClass < linear.Length; ofClass++)
            {
                scores[row][ofClass] = (float)((OfLinear * linear[ofClass]) + (OfMean * mean[ofClass]) + (OfShare * LogShares[ofClass]));
            }
        }

        return scores;
    }

    private static Blend Fit(HeldOut heldOut, double part)
    {
        var (scale, share) = (3d, 0d);
        var here = Look(heldOut, part, scale, share);
        for (var step = 0; step < MostSteps; step++)
        {
            // Newton's step, halved until it leads down: there is one valley.
            var determinant = (here.BendScale * here.BendShare) - (here.BendBoth * here.BendBoth);
            var moveScale = ((here.SlopeScale * here.BendShare) - (here.SlopeShare * here.BendBoth)) / determinant;
            var moveShare = ((here.SlopeShare * here.BendScale) - (here.SlopeScale * here.BendBoth)) / determinant;
            var size = 1d;
            var next = here;
            do
            {
                next = Look(heldOut, part, Math.Max(scale - (size * moveScale), 0.01), share - (size * moveShare));
                size /= 2;
            }
            while (next.Loss >= here.Loss && size > 1e-6);

            if (next.Loss > here.Loss - (1e-7 * heldOut.Count))
            {
                break;
            }

            scale = Math.Max(scale - (size * 2 * moveScale), 0.01);
            share -= size * 2 * moveShare;
            here = next;
        }

        return new Blend(scale, scale * part, share, heldOut.LogShares);
    }

    // The surprise at the right classes, with its first and second derivatives by the scale and by what the shares count.
    private static Place Look(HeldOut heldOut, double part, double scale, double share)
    {
        const double Ridge = 0.01;
        var place = new Place
        {
            Loss = Ridge * ((scale * scale) + (share * share)) / 2,
            SlopeScale = Ridge * scale,
            SlopeShare = Ridge * share,
            BendScale = Ridge,
            BendShare = Ridge,
        };
        var chances = new double[heldOut.LogShares.Length];
        var mixed = new double[chances.Length];
        for (var row = 0; row < heldOut.Count; row++)
        {
            var label = heldOut.Labels[row];
            if (label == Examples.Outside)
            {
                continue;
            }

            var top = double.MinValue;
            for (var at = 0; at < chances.Length; at++)
            {
                mixed[at] = heldOut.Linear[row][at] + (part * heldOut.Mean[row][at]);
                chances[at] = (scale * mixed[at]) + (share * heldOut.LogShares[at]);
                top = Math.Max(top, chances[at]);
            }

            var claimed = chances[label] - top;
            var (sum, mean, meanShare, square, squareShare, both) = (0d, 0d, 0d, 0d, 0d, 0d);
            for (var at = 0; at < chances.Length; at++)
            {
                var chance = Math.Exp(chances[at] - top);
                var logShare = heldOut.LogShares[at];
                sum += chance;
                mean += chance * mixed[at];
                meanShare += chance * logShare;
                square += chance * mixed[at] * mixed[at];
                squareShare += chance * logShare * logShare;
                both += chance * mixed[at] * logShare;
            }

            (mean, meanShare) = (mean / sum, meanShare / sum);
            place.Loss += Math.Log(sum) - claimed;
            place.SlopeScale += mean - mixed[label];
            place.SlopeShare += meanShare - heldOut.LogShares[label];
            place.BendScale += (square / sum) - (mean * mean);
            place.BendShare += (squareShare / sum) - (meanShare * meanShare);
            place.BendBoth += (both / sum) - (mean * meanShare);
        }

        return place;
    }

    private sealed class Place
    {
        public double Loss { get; set; }

        public double SlopeScale { get; set; }

        public double SlopeShare { get; set; }

        public double BendScale { get; set; }

        public double BendShare { get; set; }

        public double BendBoth { get; set; }
    }
}
