using System.Runtime.InteropServices;

namespace TicketTriage.Understanding.Local.Classification;

/// <summary>
/// From the chance that scores claim to the share that was right: a flight of stairs that only climbs, with no more steps than the
/// held-out examples can tell apart. On a step the claim still decides the order, by less than <see cref="Tilt"/>.
/// </summary>
/// <param name="Ends">The highest claim of each step, rising.</param>
/// <param name="Chances">The chance on each step, rising.</param>
internal sealed record ChanceCurve(double[] Ends, double[] Chances)
{
    private const double Tilt = 0.004;
    private const int FewestOnStep = 20;

    /// <summary>
    /// Standard errors that two steps must lie apart. With one, chance alone parts them often, and what it found doesn't hold for tomorrow's
    /// tickets.
    /// </summary>
    private const double ErrorsApart = 2.5;

    /// <summary>
    /// However many examples were right: people write new things, and what is said to be certain is not looked at again. Shown without
    /// decimals it is 99 %.
    /// </summary>
    private const double Surest = 0.99;

    /// <param name="claims">What scores claimed about their best class, in [0, 1].</param>
    /// <param name="right">Whether it was right.</param>
    public static ChanceCurve Fit(IReadOnlyList<double> claims, IReadOnlyList<bool> right)
    {
        var order = Enumerable.Range(0, claims.Count).OrderBy(at => claims[at]).ToArray();
        var steps = new List<Step>();
        foreach (var chunk in order.Chunk(FewestOnStep))
        {
            steps.Add(new Step(claims[chunk[^1]], chunk.Count(at => right[at]), chunk.Length));
        }

        MergeWhile(steps, (lower, upper) => upper.Share - lower.Share);
        MergeWhile(steps, (lower, upper) => upper.Share - lower.Share - Math.Max(Tilt * 2, Noise(lower, upper)));
        return new ChanceCurve([.. steps.Select(step => step.End)], [.. steps.Select(step => step.Chance)]);
    }

    /// <returns>Above 0, and <see cref="Surest"/> at most; of few examples less, see <see cref="Step.Chance"/>.</returns>
    public double Of(double claim)
    {
        var step = 0;
        while (step < Ends.Length - 1 && claim > Ends[step])
        {
            step++;
        }

        var start = step == 0 ? 0 : Ends[step - 1];
        var end = step == Ends.Length - 1 ? 1 : Ends[step];
        var place = end > start ? Math.Clamp((claim - start) / (end - start), 0, 1) : 0.5;
        var chance = Math.Min(Chances[step], Surest - (Tilt / 2));
        return Math.Max(chance + ((place - 0.5) * Tilt), 0.001);
    }

    // Merges the two neighbours that are worst apart, until all are apart enough.
    private static void MergeWhile(List<Step> steps, Func<Step, Step, double> apart)
    {
        while (steps.Count > 1)
        {
            var worst = Enumerable.Range(0, steps.Count - 1).MinBy(at => apart(steps[at], steps[at + 1]));
            if (apart(steps[worst], steps[worst + 1]) > 0)
            {
                return;
            }

            var (lower, upper) = (steps[worst], steps[worst + 1]);
            steps[worst] = new Step(upper.End, lower.Right + upper.Right, lower.Count + upper.Count);
            steps.RemoveAt(worst + 1);
        }
    }

    private static double Noise(Step lower, Step upper) => ErrorsApart * Math.Sqrt(lower.Variance + upper.Variance);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Step(double End, int Right, int Count)
    {
        public double Share => (double)Right / Count;

        /// <summary>Nobody who was right twenty times out of twenty is right always.</summary>
        public double Chance => (Right + 1d) / (Count + 2);

        public double Variance => Chance * (1 - Chance) / Count;
    }
}
