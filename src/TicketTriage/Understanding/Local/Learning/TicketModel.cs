using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Understanding.Local.Learning;

/// <summary>What was learnt from a team's own tickets. Safe for many threads.</summary>
public sealed class TicketModel
{
    private static int unsaved;

    private readonly TextClassifier classifier;

    private TicketModel(TextClassifier classifier, string digest)
    {
        this.classifier = classifier;
        Digest = digest;
        Labels = [.. classifier.Heads.Select(head => head.Label)];
    }

    /// <summary>What a ticket is given a value for.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Of the file it was loaded from, in hexadecimal; for one that was just learnt a word of its own.</summary>
    public string Digest { get; }

    /// <summary>By label: what tickets that were held back while training said.</summary>
    public IReadOnlyDictionary<string, Measured> Measured => classifier.Heads.ToDictionary(head => head.Label, head => head.Measured);

    /// <param name="labels">What to learn, in the order of the rows' values.</param>
    /// <param name="tickets">Past tickets with their values.</param>
    /// <param name="unlabelled">Past tickets whose values nobody knows.</param>
    /// <param name="warn">Is told, in one sentence each, what can't be learnt and is left out.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="LearningException">A label doesn't have two values that two tickets each have.</exception>
    public static TicketModel Learn(
        IReadOnlyList<string> labels,
        IReadOnlyList<TicketRow> tickets,
        IReadOnlyList<TicketRow> unlabelled,
        Action<string> warn,
        CancellationToken cancellationToken) =>
        new(TicketTrainer.Train(labels, tickets, unlabelled, new TrainingOptions(), warn, cancellationToken), $"unsaved {Interlocked.Increment(ref unsaved)}");

    /// <exception cref="LearningException">There is no model in the folder, it is damaged, or this program can't read its format.</exception>
    public static TicketModel Load(string folder)
    {
        var (classifier, digest) = ModelFolder.Load(folder);
        return new TicketModel(classifier, digest);
    }

    /// <summary>Writes the model, in place of one that is there.</summary>
    public void Save(string folder) => ModelFolder.Save(classifier, folder);

    /// <returns>The values that a ticket can be given for a label.</returns>
    public IReadOnlyList<string> ValuesOf(string label) => classifier.Heads[NumberOf(label)].Classes;

    /// <returns>For each of <see cref="Labels"/> the value.</returns>
    public LabelGuess[] Classify(ReadOnlySpan<char> text)
    {
        var guesses = new LabelGuess[Labels.Count];
        classifier.Classify(text, guesses);
        return guesses;
    }

    /// <exception cref="LearningException">The model was trained for other labels.</exception>
    internal TextClassifier ClassifierOf(string label) => classifier.Only(NumberOf(label));

    /// <exception cref="LearningException">The model was trained for other labels.</exception>
    public int NumberOf(string label)
    {
        for (var at = 0; at < Labels.Count; at++)
        {
            if (Labels[at] == label)
            {
                return at;
            }
        }

        throw new LearningException($"The model was trained for {string.Join(", ", Labels)}, not for {label}; name that, or train another with learn.");
    }
}
