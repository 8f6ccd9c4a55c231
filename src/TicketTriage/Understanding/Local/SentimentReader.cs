using TicketTriage.Tickets;

namespace TicketTriage.Understanding.Local;

/// <summary>Weighs the words that carry a mood, with what negates or strengthens them.</summary>
internal sealed class SentimentReader
{
    /// <summary>Sums below this, either way, are no mood.</summary>
    private const double LeastSum = 1;

    private const double WeightOfFrustration = 1.5;

    private readonly PhraseList<double> words;
    private readonly Dictionary<string, double> intensifiers;

    public SentimentReader(SentimentWords lexicon)
    {
        words = new PhraseList<double>(
            [.. lexicon.Positive, .. lexicon.Negative.Select(word => KeyValuePair.Create(word.Key, -word.Value))]);
        intensifiers = lexicon.Intensifiers.ToDictionary(word => FoldedText.Of(word.Key), word => word.Value);
        Negators = lexicon.Negators.Select(FoldedText.Of).ToHashSet();
    }

    public IReadOnlySet<string> Negators { get; }

    /// <param name="text">What the customer wrote, folded, with breaks.</param>
    /// <param name="signals">What was found to speak for haste: frustration is a mood too.</param>
    public Finding Read(IReadOnlyList<string> text, IReadOnlyList<string> signals)
    {
        var isFrustrated = signals.Contains(UrgencySignals.Frustration);
        var (sum, strongest) = Sum(text, isFrustrated);
        return Judge(sum, strongest, isFrustrated);
    }

    /// <summary>The sum of the words' weights: below 0 for a bad mood, above for a good one, within 1 either way for none.</summary>
    public double Weigh(IReadOnlyList<string> text, bool isFrustrated) => Sum(text, isFrustrated).Sum;

    private (double Sum, Dictionary<string, double> Strongest) Sum(IReadOnlyList<string> text, bool isFrustrated)
    {
        var sum = 0d;
        var strongest = new Dictionary<string, double>();
        var readTo = 0;
        foreach (var found in words.FindIn(text))
        {
            if (found.At < readTo)
            {
                continue;
            }

            readTo = found.At + found.Length;
            var weight = found.Meaning;
            if (found.At > 0 && intensifiers.TryGetValue(text[found.At - 1], out var factor))
            {
                weight *= factor;
            }

            if (!Negators.Contains(text[found.At]) && TicketWords.IsNegated(text, found.At, Negators))
            {
                weight *= -0.7;
            }

            sum += weight;
            strongest[found.Phrase] = strongest.GetValueOrDefault(found.Phrase) + weight;
        }

        return (isFrustrated ? sum - WeightOfFrustration : sum, strongest);
    }

    private static Finding Judge(double sum, Dictionary<string, double> strongest, bool isFrustrated)
    {
        if (Math.Abs(sum) < LeastSum)
        {
            return new Finding("neutral", ChanceOf(sum), ["Few words carry a mood, or they balance."]);
        }

        var named = strongest.Where(word => Math.Sign(word.Value) == Math.Sign(sum)).OrderByDescending(word => Math.Abs(word.Value)).Take(3)
            .Select(word => word.Key.TrimEnd('*')).ToArray();
        var reasons = new List<string>();
        if (named.Length > 0)
        {
            reasons.Add($"Words that weighed most: {string.Join(", ", named)}.");
        }

        if (isFrustrated)
        {
            reasons.Add("Phrases of frustration were found.");
        }

        return new Finding(sum > 0 ? "positive" : "negative", ChanceOf(sum), reasons);
    }

    // A list of words is right in some two thirds of all texts, more where the mood is strong; it never claims to be sure.
    private static double ChanceOf(double sum) => Math.Abs(sum) < LeastSum ? 0.65 : Math.Min(0.85, 0.55 + (0.07 * Math.Abs(sum)));
}
