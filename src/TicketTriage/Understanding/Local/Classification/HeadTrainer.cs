namespace TicketTriage.Understanding.Local.Classification;

/// <summary>Learns one label: first on parts of the examples, to see how the rest fares, then on all.</summary>
internal static class HeadTrainer
{
    /// <param name="label">Its name.</param>
    /// <param name="features">Where the rows come from.</param>
    /// <param name="rows">All texts: the labelled, then those whose class nobody told.</param>
    /// <param name="labels">The class of each of the first rows; <see langword="null"/> for one that no class fits.</param>
    /// <param name="hints">The rows that are learnt and never measured on.</param>
    /// <exception cref="ArgumentException">There are fewer than two classes.</exception>
    public static LabelHead Train(
        string label,
        TextFeatures features,
        FeatureRows rows,
        IReadOnlyList<string?> labels,
        IReadOnlySet<int> hints,
        TrainingOptions options,
        CancellationToken cancellationToken)
    {
        var classes = labels.OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (classes.Length < 2)
        {
            throw new ArgumentException($"Training needs examples of at least two labels; there are {classes.Length}.", nameof(labels));
        }

        var numbers = classes.Select((name, at) => (name, at)).ToDictionary(one => one.name, one => one.at, StringComparer.Ordinal);
        var weights = new float[rows.Count];
        Array.Fill(weights, 1);
        var examples = new Examples(
            rows,
            [.. labels.Select(name => name is null ? Examples.Outside : numbers[name]), .. new int[rows.Count - labels.Count]],
            weights,
            [.. Enumerable.Range(0, labels.Count)],
            classes.Length,
            features.Count);

        int[] untold = [.. Enumerable.Range(labels.Count, rows.Count - labels.Count)];
        var heldOut = HeldOut.Gather(
            examples, features, hints, options, seen => SelfTraining.Train(seen, untold, options, cancellationToken));
        var blend = Blend.Choose(heldOut, hasMeans: options.Means > 0);
        var scores = blend.MixAll(heldOut);
        var needed = options with { Means = blend.OfMean > 0 ? options.Means : 0 };
        var model = SelfTraining.Train(examples, untold, needed, cancellationToken).Melt(blend);
        double silence = model.Biases.ToArray().Max();
        var verdict = Verdict.Fit(scores, heldOut.Labels, heldOut.LogShares, silence, options.RefusedShare);
        return new LabelHead(label, classes, model, verdict, Measure(scores, heldOut, options));
    }

    private static Measured Measure(float[][] scores, HeldOut heldOut, TrainingOptions options)
    {
        var inside = Enumerable.Range(0, heldOut.Count).Where(row => heldOut.Labels[row] != Examples.Outside).ToArray();
        var tally = new Tally(heldOut.LogShares.Length);
        var bins = new ChanceBins();
        new Random(options.Seed).Shuffle(inside);
        for (var half = 0; half < 2; half++)
        {
            var fitted = inside.Where((_, at) => at % 2 == half).ToArray();
            var verdict = Verdict.Fit(
                [.. fitted.Select(row => scores[row])],
                [.. fitted.Select(row => heldOut.Labels[row])],
                heldOut.LogShares,
                silence: 0,
                options.RefusedShare);
            foreach (var row in inside.Where((_, at) => at % 2 != half))
            {
                var choice = verdict.Choose(scores[row]);
                tally.Count(heldOut.Labels[row], choice);
                bins.Count(verdict.ChanceOf(scores[row], choice), choice == heldOut.Labels[row]);
            }
        }

        return new Measured(tally.Rows, tally.Accuracy, tally.MacroF1, bins.Error);
    }
}
