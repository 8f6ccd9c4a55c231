namespace TicketTriage.Understanding.Local.Classification;

/// <summary>What ensembles said about examples that they had not learnt from.</summary>
/// <param name="Labels">The right class of each example, or <see cref="Examples.Outside"/>.</param>
/// <param name="Linear">For each example what the linear model said.</param>
/// <param name="Mean">For each example what the mean models said.</param>
/// <param name="LogShares">For each class the logarithm of its share of the examples.</param>
internal sealed record HeldOut(int[] Labels, float[][] Linear, float[][] Mean, double[] LogShares)
{
    private const int FoldsOfFew = 8;
    private const int FoldsOfMany = 10;
    private const int FewestFolds = 2;

    public int Count => Labels.Length;

    /// <summary>Cuts the examples into parts, and lets ensembles that learnt from the other parts judge each.</summary>
    /// <param name="examples">What there is.</param>
    /// <param name="features">Where the rows come from.</param>
    /// <param name="hints">The rows that each part's ensemble learns, and that none judges.</param>
    /// <param name="train">How an ensemble learns.</param>
    public static HeldOut Gather(
        Examples examples, TextFeatures features, IReadOnlySet<int> hints, TrainingOptions options, Func<Examples, Ensemble> train)
    {
        var (folds, judged) = Deal(examples, hints, options);
        var shares = new double[examples.Classes];
        foreach (var row in examples.Members.Where(row => examples.Labels[row] != Examples.Outside))
        {
            shares[examples.Labels[row]]++;
        }

        var measured = examples.Members.Where(row => folds[row] >= 0 && folds[row] < judged).ToArray();
        var linear = new Dictionary<int, float[]>(measured.Length);
        var mean = new Dictionary<int, float[]>(measured.Length);
        var desk = new ReadingDesk();
        for (var fold = 0; fold < judged; fold++)
        {
            var seen = examples with { Members = [.. examples.Members.Where(row => folds[row] != fold)] };
            var ensemble = train(seen);
            var known = KnownTo(examples, row => folds[row] != fold);
            foreach (var row in measured.Where(row => folds[row] == fold))
            {
                var scores = (Linear: new float[examples.Classes], Mean: new float[examples.Classes]);
                ensemble.Score(features.Narrow(examples.Rows[row], known, desk), scores);
                (linear[row], mean[row]) = scores;
            }

            // Each ensemble has arrays of up to a hundred megabytes, and left to itself the collector lets several of them lie.
            GC.Collect();
        }

        var all = shares.Sum();
        return new HeldOut(
            [.. measured.Select(row => examples.Labels[row])],
            [.. measured.Select(row => linear[row])],
            [.. measured.Select(row => mean[row])],
            [.. shares.Select(share => Math.Log(Math.Max(share, 0.5) / all))]);
    }

    // What only held-out texts have would not be known if they were new.
    private static bool[] KnownTo(Examples examples, Func<int, bool> isSeen)
    {
        var known = new bool[examples.Features];
        foreach (var row in Enumerable.Range(0, examples.Rows.Count).Where(isSeen))
        {
            foreach (var feature in examples.Rows[row].Numbers)
            {
                known[feature] = true;
            }
        }

        return known;
    }

    /// <summary>
    /// Deals each class's examples out to the folds like cards, in an order that the seed decides. Hints get -1: each fold learns them.
    /// Of many examples the first few folds hold enough to judge.
    /// </summary>
    private static (int[] Folds, int Judged) Deal(Examples examples, IReadOnlySet<int> hints, TrainingOptions options)
    {
        var order = examples.Members.ToArray();
        var chance = new Random(options.Seed);
        chance.Shuffle(order);
        var count = order.Length - hints.Count;
        var cuts = count < options.FewestHeldOut * 1.5 ? FoldsOfFew : FoldsOfMany;
        var judged = Math.Clamp((int)Math.Ceiling((double)options.FewestHeldOut * cuts / count), FewestFolds, cuts);
        var dealt = new int[examples.Classes + 1];
        foreach (ref var next in dealt.AsSpan())
        {
            // From the same fold on, small classes would all be judged and large ones in part.
            next = chance.Next(cuts);
        }

        var folds = new int[examples.Rows.Count];
        Array.Fill(folds, -1);
        foreach (var row in order)
        {
            folds[row] = hints.Contains(row) ? -1 : dealt[examples.Labels[row] + 1]++ % cuts;
        }

        return (folds, judged);
    }
}
