using TicketTriage.Policies;
using TicketTriage.Tickets;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Understanding.Local;

/// <summary>Where the local provider's intents come from instead of the taxonomy's examples.</summary>
/// <param name="Label">The one of the model's labels whose values are intents.</param>
public sealed record LearntIntents(TicketModel Model, string Label)
{
    /// <summary>What a model that was learnt for several labels calls its intents.</summary>
    private const string UsualLabel = "intent";

    /// <summary>A second label whose values, where it was learnt, stand in place of the word list.</summary>
    private const string Sentiment = "sentiment";

    private readonly int sentiment = Model.Labels.Count > 1 ? Model.Labels.ToList().IndexOf(Sentiment) : -1;

    /// <summary>Loads what <c>learn</c> wrote.</summary>
    /// <exception cref="LearningException">It can't be loaded, or answers with values that nobody knows.</exception>
    public static LearntIntents Load(string folder, Taxonomy taxonomy)
    {
        var model = TicketModel.Load(folder);
        var intents = new LearntIntents(model, model.Labels is [var only] ? only : UsualLabel);
        var strange = model.ValuesOf(intents.Label).Where(value => taxonomy.FindIntent(value) is null).ToArray();
        if (strange.Length > 0)
        {
            throw new LearningException(
                $"The model in {folder} answers with {string.Join(", ", strange.Take(5))}, which the taxonomy doesn't have;"
                + " learn from tickets whose intents are the taxonomy's.");
        }

        var moods = intents.sentiment < 0 ? [] : model.ValuesOf(Sentiment).Except(AnswerSchema.Sentiments).ToArray();
        return moods.Length == 0
            ? intents
            : throw new LearningException(
                $"The model in {folder} calls a sentiment {string.Join(", ", moods.Take(5))}; known are {string.Join(", ", AnswerSchema.Sentiments)}.");
    }

    /// <param name="text">The concern.</param>
    /// <returns><see langword="null"/> where no sentiment was learnt, or none fits.</returns>
    internal Finding? FindSentiment(string text)
    {
        if (sentiment < 0)
        {
            return null;
        }

        var guess = Model.Classify(text)[sentiment];
        return guess.Label is null ? null : new Finding(guess.Label, guess.Confidence, ["It was learnt from the team's tickets."]);
    }
}
