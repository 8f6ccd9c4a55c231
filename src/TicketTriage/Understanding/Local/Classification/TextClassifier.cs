using System.Collections.Concurrent;

namespace TicketTriage.Understanding.Local.Classification;

/// <summary>Gives texts labels that it was trained on, several from one look at the text. Safe for many threads.</summary>
internal sealed class TextClassifier(TextFeatures features, IReadOnlyList<LabelHead> heads)
{
    private readonly ConcurrentBag<ReadingDesk> desks = [];

    public TextFeatures Features { get; } = features;

    public IReadOnlyList<LabelHead> Heads { get; } = heads;

    /// <summary>What held-out examples of the first label said.</summary>
    public Measured Measured => Heads[0].Measured;

    /// <exception cref="ArgumentException">There are fewer than two labels.</exception>
    public static TextClassifier Train(
        IReadOnlyList<LabelledText> examples, MoodWords moods, TrainingOptions options, CancellationToken cancellationToken)
    {
        var features = TextFeatures.Fit([.. examples.Select(example => example.Text)], moods);
        var desk = new ReadingDesk();
        var rows = new FeatureRows();
        foreach (var example in examples)
        {
            rows.Add(features.Read(example.Text, desk));
        }

        var hints = Enumerable.Range(0, examples.Count).Where(at => examples[at].IsHint).ToHashSet();
        var labels = examples.Select(example => example.Label).ToArray();
        return new TextClassifier(features, [HeadTrainer.Train("", features, rows, labels, hints, options, cancellationToken)]);
    }

    /// <summary>The same for one of the labels alone.</summary>
    public TextClassifier Only(int head) => new(Features, [Heads[head]]);

    /// <summary>What the first label is.</summary>
    public LabelGuess Classify(ReadOnlySpan<char> text)
    {
        var desk = TakeDesk();
        var guess = Heads[0].Judge(Features.Read(text, desk));
        desks.Add(desk);
        return guess;
    }

    /// <param name="text">What to look at.</param>
    /// <param name="guesses">Gets a guess for each head.</param>
    public void Classify(ReadOnlySpan<char> text, Span<LabelGuess> guesses)
    {
        var desk = TakeDesk();
        var row = Features.Read(text, desk);
        for (var at = 0; at < Heads.Count; at++)
        {
            guesses[at] = Heads[at].Judge(row);
        }

        desks.Add(desk);
    }

    /// <returns>The classes of the first label whose examples a text looks most like, best first, and the chances that scores claim.</returns>
    public IReadOnlyList<(string Name, double Claim)> FindNearest(ReadOnlySpan<char> text, int most)
    {
        var desk = TakeDesk();
        var nearest = Heads[0].FindNearest(Features.Read(text, desk), most);
        desks.Add(desk);
        return nearest;
    }

    /// <returns>How much a text looks like the examples of one of the first label's classes; more is nearer.</returns>
    public float ScoreOf(ReadOnlySpan<char> text, string name)
    {
        var desk = TakeDesk();
        var score = Heads[0].ScoreOf(Features.Read(text, desk), name);
        desks.Add(desk);
        return score;
    }

    /// <returns>How much a word or pair of words, folded, speaks for a class of the first label; 0 for one that no example has.</returns>
    public float WeightOf(ReadOnlySpan<char> foldedWords, string name)
    {
        var feature = Features.FindWord(foldedWords);
        return feature < 0 ? 0 : Heads[0].Model.WeightsOf(feature)[Heads[0].NumberOf(name)] * Features.RarityOf(feature);
    }

    private ReadingDesk TakeDesk() => desks.TryTake(out var desk) ? desk : new ReadingDesk();
}
