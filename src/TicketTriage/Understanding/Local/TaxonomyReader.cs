using System.Collections.Frozen;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Understanding.Local;

/// <summary>What the local provider has learnt from one taxonomy. Safe for many threads.</summary>
internal sealed class TaxonomyReader
{
    private const int MostReasons = 3;
    private const int MostNearest = 3;

    private const double SureOfLanguage = 0.8;

    /// <summary>Words that can tip a decision but tell a reader nothing; nor do those of three letters.</summary>
    private static readonly FrozenSet<string> fillers = FrozenSet.Create(
        "aber", "alle", "alles", "auch", "bitte", "dass", "dies", "diese", "dieser", "doch", "eine", "einen", "einer", "etwas",
        "haben", "habe", "hallo", "ihnen", "ihre", "ihrem", "ihren", "immer", "jetzt", "kann", "keine", "koennen", "mein", "meine",
        "meinem", "meinen", "meiner", "mich", "nach", "nicht", "noch", "oder", "schon", "sein", "seit", "sich", "sind", "ueber",
        "uns", "unser", "unsere", "unserem", "vom", "wann", "waere", "weil", "wenn", "werden", "wieder", "wird", "wurde", "about",
        "after", "again", "also", "been", "before", "cannot", "could", "does", "from", "have", "hello", "just", "like", "more",
        "only", "please", "send", "should", "still", "that", "their", "them", "then", "there", "they", "this", "want", "were",
        "what", "when", "which", "will", "with", "would", "your");

    private readonly Taxonomy taxonomy;

    /// <summary>Those of the examples; empty where nobody knows.</summary>
    private readonly HashSet<string> languages;
    private readonly ProductFinder products;
    private readonly Dictionary<string, string> spellings = new(StringComparer.Ordinal);

    private TaxonomyReader(Taxonomy taxonomy, TextClassifier intents, IEnumerable<string> languages)
    {
        this.taxonomy = taxonomy;
        Intents = intents;
        products = new ProductFinder(taxonomy.Products);
        this.languages = [.. languages];
        foreach (var word in ExamplesOf(taxonomy).Where(example => example.Label is not null).SelectMany(example => example.Text.Split([' ', ',', '.', '-', '?', '!', ':', '"'])))
        {
            spellings.TryAdd(FoldedText.Of(word), word);
        }
    }

    public TextClassifier Intents { get; }

    /// <summary>Learns a taxonomy's intents from its own examples.</summary>
    public static TextClassifier Train(Taxonomy taxonomy, TrainingOptions options, CancellationToken cancellationToken) =>
        TextClassifier.Train(ExamplesOf(taxonomy), new MoodWords(WordLists.LoadMoods().Content), options, cancellationToken);

    /// <param name="intents">What was learnt, from the examples or from a team's own tickets.</param>
    /// <param name="languages">ISO 639-1 of what it was learnt from; empty where nobody knows, and then every language is read.</param>
    public static TaxonomyReader From(Taxonomy taxonomy, TextClassifier intents, IEnumerable<string> languages) =>
        new(taxonomy, intents, languages);

    /// <summary>What is learnt: the examples, as hints the words and titles, and what no desk is written for.</summary>
    public static IReadOnlyList<LabelledText> ExamplesOf(Taxonomy taxonomy) =>
    [
        .. taxonomy.Intents.SelectMany(intent => intent.Examples.Values.SelectMany(examples => examples)
            .Select(example => new LabelledText(ConcernText.Of(example), intent.Name))),
        .. taxonomy.Intents.SelectMany(intent => intent.Words.Concat(intent.Title.Values)
            .Select(words => new LabelledText(words, intent.Name, IsHint: true))),
        .. WordLists.LoadElsewhere().Content.Values.SelectMany(texts => texts).Select(text => new LabelledText(text, Label: null)),
    ];

    public (Finding Intent, LabelGuess Guess) FindIntent(string text, IReadOnlyList<string> words, Finding language)
    {
        var guess = Intents.Classify(text);
        if (IsForeign(language))
        {
            return (Finding.Nothing($"The ticket is in the language {language.Value}, of which the taxonomy has no examples."), guess);
        }

        if (taxonomy.FindIntent(guess.Nearest) is null)
        {
            return (Finding.Nothing($"The nearest intent is {guess.Nearest}, which the taxonomy doesn't have any more."), guess);
        }

        if (!words.Any(word => word.Any(char.IsLetter)))
        {
            return (Finding.Nothing("The ticket has no words."), guess);
        }

        return guess.Label is null
            ? (Finding.Nothing($"No intent fits; the nearest is {guess.Nearest}."), guess)
            : (new Finding(guess.Label, guess.Confidence, Explain(words, guess)), guess);
    }

    /// <returns>Best first, each with a rough chance; empty where the taxonomy has no examples in the ticket's language.</returns>
    public IReadOnlyList<(string Name, double Claim)> FindNearest(string text, Finding language) =>
        IsForeign(language) ? [] : Intents.FindNearest(text, MostNearest);

    public Finding FindProduct(IReadOnlyList<string> words) => products.Find(words);

    public IReadOnlyList<string> FindMissing(string intent, CleanTicket ticket)
    {
        var needs = taxonomy.FindIntent(intent)?.Needs ?? [];
        if (needs.Count == 0)
        {
            return [];
        }

        var text = string.Join('\n', ticket.Messages.Select(message => message.Text).Prepend(ticket.Subject));
        return [.. taxonomy.Fields.Where(field => needs.Contains(field.Name) && !field.IsIn(text)).Select(field => field.Name)];
    }

    public string Summarise(CleanTicket ticket, LabelGuess guess) =>
        KeySentences.Pick(ticket, sentence => Intents.ScoreOf(sentence, guess.Nearest));

    // A model that was learnt from the team's tickets knows of no languages.
    private bool IsForeign(Finding language) =>
        languages.Count > 0 && language.Value != Finding.Unclear && language.Confidence >= SureOfLanguage && !languages.Contains(language.Value);

    // Only what stands in the taxonomy too is named, so that no customer's words get into a record.
    private string[] Explain(IReadOnlyList<string> words, LabelGuess guess)
    {
        var weights = new Dictionary<string, float>();
        for (var at = 0; at < words.Count; at++)
        {
            Weigh(words[at]);
            if (at + 1 < words.Count)
            {
                Weigh($"{words[at]} {words[at + 1]}");
            }
        }

        var heaviest = weights.Where(word => word.Value > 0).OrderByDescending(word => word.Value).Take(MostReasons)
            .Select(word => Spell(word.Key)).ToArray();
        return heaviest.Length > 0
            ? [$"Words that weighed most: {string.Join(", ", heaviest)}."]
            : ["Parts of words that its examples use."];

        void Weigh(string piece)
        {
            if (IsTelling(piece))
            {
                weights.TryAdd(piece, Intents.WeightOf(piece, guess.Nearest));
            }
        }
    }

    // Folding took the umlauts; people read the words as the taxonomy spells them.
    private string Spell(string piece) => string.Join(' ', piece.Split(' ').Select(word => spellings.GetValueOrDefault(word, word)));

    private static bool IsTelling(string piece) =>
        piece.Split(' ').All(word => word is not ("." or "0")) && piece.Split(' ').Any(word => word.Length > 3 && !fillers.Contains(word));
}
