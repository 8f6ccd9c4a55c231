using TicketTriage.Policies;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Understanding.Local;

/// <summary>Where the local provider's intents come from instead of the taxonomy's examples.</summary>
/// <param name="Label">The one of the model's labels whose values are intents.</param>
public sealed record LearntIntents(TicketModel Model, string Label)
{
    /// <summary>What a model that was learnt for several labels calls its intents.</summary>
    private const string UsualLabel = "intent";

    /// <summary>Loads what <c>learn</c> wrote.</summary>
    /// <exception cref="LearningException">It can't be loaded, or answers with values that the taxonomy doesn't have.</exception>
    public static LearntIntents Load(string folder, Taxonomy taxonomy)
    {
        var model = TicketModel.Load(folder);
        var intents = new LearntIntents(model, model.Labels is [var only] ? only : UsualLabel);
        var strange = model.ValuesOf(intents.Label).Where(value => taxonomy.FindIntent(value) is null).ToArray();
        return strange.Length == 0
            ? intents
            : throw new LearningException(
                $"The model in {folder} answers with {string.Join(", ", strange.Take(5))}, which the taxonomy doesn't have;"
                + " learn from tickets whose intents are the taxonomy's.");
    }
}
