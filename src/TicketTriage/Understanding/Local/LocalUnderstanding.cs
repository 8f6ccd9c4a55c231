using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Understanding.Local;

/// <summary>
/// Understands tickets in this process: no key, no network, under a millisecond. Its intents come from what was learnt from the team's
/// tickets, or else from the taxonomy's own examples; then the first ticket of a taxonomy waits for the training, which takes a second,
/// and every later one, on any thread, shares it.
/// </summary>
public sealed partial class LocalUnderstanding : IUnderstandingProvider
{
    /// <summary>Counted up whenever the same taxonomy would give other answers.</summary>
    private const int Format = 3;

    private const int MostCharacters = TextFeatures.MostCharacters;

    /// <summary>Taxonomies that are kept ready at once; somebody who edits one leaves a trail of them.</summary>
    private const int MostReaders = 4;

    // Of the process, not of the instance: the version names all that a reader follows from, and a second host need not learn it again.
    private static readonly ConcurrentDictionary<string, Lazy<TaxonomyReader>> readers = new();

    /// <summary>
    /// The examples are single sentences and tickets are longer, so far fewer of those are refused: three of 288 golden tickets.
    /// </summary>
    private const double RefusedShare = 0.08;

    /// <summary>Less likely than this, an intent is among the nearest only because there are no others.</summary>
    private const double LeastLikely = 0.05;

    private readonly TrainingOptions options = new() { RefusedShare = RefusedShare };
    private readonly ConditionalWeakTable<Taxonomy, string> versions = [];
    private readonly SentimentReader sentiment;
    private readonly SignalReader signals;
    private readonly string versionOfWords;
    private readonly LearntIntents? learnt;
    private readonly StarterModels? starters;
    private readonly ILogger<LocalUnderstanding> logger;

    /// <param name="learnt">From the team's own tickets; <see langword="null"/> for the taxonomy's examples.</param>
    /// <param name="starters">Where trained models are kept; <see langword="null"/> to train in each process.</param>
    public LocalUnderstanding(ILogger<LocalUnderstanding> logger, LearntIntents? learnt = null, StarterModels? starters = null)
    {
        this.logger = logger;
        this.starters = starters;
        this.learnt = learnt;
        var moods = WordLists.LoadSentiment();
        var haste = WordLists.LoadSignals();
        var elsewhere = WordLists.LoadElsewhere();
        sentiment = new SentimentReader(moods.Content);
        signals = new SignalReader(haste.Content, sentiment.Negators);
        versionOfWords = $"{moods.Version} {haste.Version} {elsewhere.Version}";
    }

    public string Name => "local";

    public Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket, Taxonomy taxonomy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Answer(ticket, taxonomy));
    }

    /// <summary>Trains for a taxonomy ahead of its first ticket. Does nothing the second time.</summary>
    public void Prepare(Taxonomy taxonomy) => _ = ReaderOf(taxonomy);

    internal TaxonomyReader ReaderOf(Taxonomy taxonomy)
    {
        var version = VersionOf(taxonomy);
        if (readers.Count >= MostReaders && !readers.ContainsKey(version))
        {
            readers.Clear();
        }

        return readers.GetOrAdd(version, _ => new Lazy<TaxonomyReader>(() => Train(taxonomy, version))).Value;
    }

    private TicketUnderstanding Answer(CleanTicket ticket, Taxonomy taxonomy)
    {
        var reader = ReaderOf(taxonomy);
        var text = ticket.CustomerText(MostCharacters);
        var words = TicketWords.Split(text);
        var haste = signals.Read(words, ticket);
        var nearest = reader.FindNearest(text, ticket.Language);
        var concern = ConcernText.Of(text);
        var (intent, guess) = reader.FindIntent(concern, words, ticket.Language);
        return new TicketUnderstanding
        {
            Intent = intent,
            Nearest = [.. nearest.Select(one => one.Name)],
            Likely = [.. nearest.Where(one => one.Claim >= LeastLikely).Select(one => one.Name)],
            Product = reader.FindProduct(words),
            Sentiment = learnt?.FindSentiment(concern) ?? sentiment.Read(words, haste),
            Language = ticket.Language,
            Summary = reader.Summarise(ticket, guess),
            Missing = reader.FindMissing(intent.Value, ticket),
            Signals = haste,
            Provider = Name,
            ModelVersion = VersionOf(taxonomy),
        };
    }

    private TaxonomyReader Train(Taxonomy taxonomy, string version)
    {
        if (learnt is not null)
        {
            return TaxonomyReader.From(taxonomy, learnt.Model.ClassifierOf(learnt.Label), languages: []);
        }

        var intents = starters is null
            ? Learn(taxonomy, version)
            : starters.LoadOrTrain(version, () => Learn(taxonomy, version));
        return TaxonomyReader.From(taxonomy, intents, taxonomy.Intents.SelectMany(intent => intent.Examples.Keys));
    }

    private TextClassifier Learn(Taxonomy taxonomy, string version)
    {
        var classifier = TaxonomyReader.Train(taxonomy, options, CancellationToken.None);
        Trained(version, taxonomy.Intents.Count, classifier.Measured.Accuracy, classifier.Measured.CalibrationError);
        return classifier;
    }

    // The text decides and not the object: whoever loads the same taxonomy again for each ticket must not pay for training each time.
    private string VersionOf(Taxonomy taxonomy) => versions.GetValue(taxonomy, key =>
    {
        var written = JsonSerializer.Serialize(key, TaxonomyJson.Default.Taxonomy);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{Format} {options} {versionOfWords} {learnt?.Model.Digest} {learnt?.Label} {written}"));
        return $"local-{Format}-{Convert.ToHexStringLower(digest.AsSpan(0, 6))}";
    });

    [LoggerMessage(LogLevel.Information,
        "Local model {Version} was trained on {Intents} intents; of examples it had not seen, {Accuracy:P0} were right"
        + ", and the stated chance was off by {CalibrationError:P1}.")]
    private partial void Trained(string version, int intents, double accuracy, double calibrationError);
}
