namespace TicketTriage.Understanding.Local;

/// <summary>Gives texts one of the labels it was trained on. Safe for many threads.</summary>
internal sealed class TextClassifier
{
    private readonly TextFeatures features;
    private readonly LinearModel model;

    private TextClassifier(IReadOnlyList<string> labels, TextFeatures features, LinearModel model, Calibration calibration)
    {
        Labels = labels;
        this.features = features;
        this.model = model;
        Calibration = calibration;
    }

    public IReadOnlyList<string> Labels { get; }

    /// <summary>Measured while training, on examples that were held out.</summary>
    public Calibration Calibration { get; }

    /// <exception cref="ArgumentException">There are fewer than two labels.</exception>
    public static TextClassifier Train(IReadOnlyList<LabelledText> examples, TrainingOptions options, CancellationToken cancellationToken)
    {
        var labels = examples.Select(example => example.Label).Distinct(StringComparer.Ordinal).ToArray();
        if (labels.Length < 2)
        {
            throw new ArgumentException($"Training needs examples of at least two labels; there are {labels.Length}.", nameof(examples));
        }

        var texts = examples.Select(example => example.Text).ToArray();
        var numbers = examples.Select(example => Array.IndexOf(labels, example.Label)).ToArray();
        var folds = Deal(examples, numbers, labels.Length, options);
        var heldOut = ScoreHeldOut(texts, numbers, folds, labels.Length, options, cancellationToken);
        var measured = Enumerable.Range(0, texts.Length).Where(at => folds[at] >= 0).ToArray();
        var calibration = Calibration.Measure(
            [.. measured.Select(at => heldOut[at])], [.. measured.Select(at => numbers[at])], options.RefusedShare);
        var (pieces, weights) = Fit(texts, numbers, labels.Length, options, cancellationToken);
        return new TextClassifier(labels, pieces, weights, calibration);
    }

    public LabelGuess Classify(ReadOnlySpan<char> text)
    {
        Span<float> scores = Labels.Count <= 512 ? stackalloc float[Labels.Count] : new float[Labels.Count];
        using var row = features.Read(text);
        model.Score(row, scores);
        var top = IndexOfMax(scores);
        var fits = row.Count > 0 && scores[top] >= Calibration.LeastScore;
        return new LabelGuess(fits ? Labels[top] : null, Labels[top], Calibration.ChanceOf(scores, top, Calibration.Sharpness));
    }

    /// <returns>How much a text looks like the examples of a label; more is nearer.</returns>
    public float ScoreOf(ReadOnlySpan<char> text, string label)
    {
        Span<float> scores = Labels.Count <= 512 ? stackalloc float[Labels.Count] : new float[Labels.Count];
        using var row = features.Read(text);
        model.Score(row, scores);
        return scores[IndexOf(label)];
    }

    /// <returns>How much a word or pair of words, folded, speaks for a label; 0 for one that no example has.</returns>
    public float WeightOf(ReadOnlySpan<char> foldedWords, string label)
    {
        var feature = features.FindWord(foldedWords);
        return feature < 0 ? 0 : model.Weight(feature, IndexOf(label)) * features.RarityOf(feature);
    }

    private static (TextFeatures Features, LinearModel Model) Fit(
        string[] texts, int[] labels, int classes, TrainingOptions options, CancellationToken cancellationToken)
    {
        var pieces = TextFeatures.Fit(texts);
        var rows = new List<FeatureRow>(texts.Length);
        try
        {
            foreach (var text in texts)
            {
                rows.Add(pieces.Read(text));
            }

            return (pieces, LinearTrainer.Train(rows, labels, classes, pieces.Count, options, cancellationToken));
        }
        finally
        {
            rows.ForEach(row => row.Dispose());
        }
    }

    private static float[][] ScoreHeldOut(
        string[] texts, int[] labels, int[] folds, int classes, TrainingOptions options, CancellationToken cancellationToken)
    {
        var scores = new float[texts.Length][];
        for (var fold = 0; fold < options.Folds; fold++)
        {
            var seen = Enumerable.Range(0, texts.Length).Where(at => folds[at] != fold).ToArray();
            var (pieces, weights) = Fit(
                [.. seen.Select(at => texts[at])], [.. seen.Select(at => labels[at])], classes, options, cancellationToken);
            for (var at = 0; at < texts.Length; at++)
            {
                if (folds[at] == fold)
                {
                    scores[at] = new float[classes];
                    using var row = pieces.Read(texts[at]);
                    weights.Score(row, scores[at]);
                }
            }
        }

        return scores;
    }

    /// <summary>
    /// Deals each class's examples out to the folds like cards, in an order that the seed decides. Hints get -1: each fold learns them.
    /// </summary>
    private static int[] Deal(IReadOnlyList<LabelledText> examples, int[] labels, int classes, TrainingOptions options)
    {
        var order = Enumerable.Range(0, labels.Length).ToArray();
        new Random(options.Seed).Shuffle(order);
        var dealt = new int[classes];
        var folds = new int[labels.Length];
        foreach (var at in order)
        {
            folds[at] = examples[at].IsHint ? -1 : dealt[labels[at]]++ % options.Folds;
        }

        return folds;
    }

    private static int IndexOfMax(ReadOnlySpan<float> scores)
    {
        var top = 0;
        for (var at = 1; at < scores.Length; at++)
        {
            top = scores[at] > scores[top] ? at : top;
        }

        return top;
    }

    private int IndexOf(string label)
    {
        for (var at = 0; at < Labels.Count; at++)
        {
            if (Labels[at] == label)
            {
                return at;
            }
        }

        throw new ArgumentException($"The label {label} was not trained.", nameof(label));
    }
}
