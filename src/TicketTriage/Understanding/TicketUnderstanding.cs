using System.Text.Json.Serialization;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Understanding;

/// <summary>What a ticket is about, from one provider, in one pass.</summary>
public sealed record TicketUnderstanding
{
    /// <summary>The name of an intent of the taxonomy, such as <c>billing/invoice-wrong</c>, or <see cref="Finding.Unclear"/>.</summary>
    public required Finding Intent { get; init; }

    /// <summary>
    /// How much harm a wrong answer could do, by the taxonomy; <see langword="null"/> for an unclear intent and in older records.
    /// </summary>
    public IntentRisk? Risk { get; init; }

    /// <summary>
    /// The intents that the local provider finds likeliest, best first; empty where another answered, or it can't read the language.
    /// </summary>
    public IReadOnlyList<string> Nearest { get; init => field = value ?? []; } = [];

    /// <summary>Those of <see cref="Nearest"/> that are more than the best of a bad lot. Not kept: it is for weighing a model's answer.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Likely { get; init => field = value ?? []; } = [];

    /// <summary>The name of a product of the taxonomy, or <see cref="Finding.Unclear"/>.</summary>
    public required Finding Product { get; init; }

    /// <summary><c>negative</c>, <c>neutral</c> or <c>positive</c>.</summary>
    public required Finding Sentiment { get; init; }

    /// <summary>Strength and trend, by words; <see langword="null"/> in records from before they were measured.</summary>
    public Mood? Mood { get; init; }

    /// <summary>ISO 639-1, such as <c>de</c>.</summary>
    public required Finding Language { get; init; }

    /// <summary>
    /// The concern in at most two sentences: a model's in the team's language, the local provider's in the customer's own words.
    /// </summary>
    public required string Summary { get; init; }

    /// <summary>
    /// The concern in the customer's own words, where <see cref="Summary"/> has others: what knowledge is searched by, which speaks the
    /// customer's language. <see langword="null"/> where the summary is that already.
    /// </summary>
    public string? OwnWords { get; init; }

    /// <summary>The names of the taxonomy's fields that an answer needs and the ticket lacks, such as <c>order_number</c>.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What the ticket says of the taxonomy's fields that the intent needs, by name.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init => field = value ?? NoFields; } = NoFields;

    /// <summary>What speaks for haste or for care, by name: <see cref="UrgencySignals.Known"/>.</summary>
    public IReadOnlyList<string> Signals { get; init; } = [];

    /// <summary>Which provider answered: <c>local</c>, <c>azure-openai</c> or <c>openai</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The model and its version, as the provider names it.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The version of the prompt; <see langword="null"/> where none was used.</summary>
    public string? PromptVersion { get; init; }

    /// <summary>
    /// The corrected decisions that the model was shown, in their order. Who asks again finds them by these, but for erased ones.
    /// </summary>
    public IReadOnlyList<Guid> Examples { get; init => field = value ?? []; } = [];

    public int InputTokens { get; init; }

    public int OutputTokens { get; init; }

    /// <summary>Why the local provider answered in another's place; <see langword="null"/> where nobody stood in.</summary>
    public string? StandsInBecause { get; init; }

    private static readonly IReadOnlyDictionary<string, string> NoFields = new Dictionary<string, string>();
}

/// <summary>The names of what speaks for haste.</summary>
public static class UrgencySignals
{
    /// <summary>Something many people use does not work.</summary>
    public const string Outage = "outage";
    public const string Security = "security";
    public const string Fraud = "fraud";
    public const string Cancellation = "cancellation";
    public const string Legal = "legal";
    public const string Deadline = "deadline";
    public const string Frustration = "frustration";
    public const string RepeatContact = "repeat_contact";

    /// <summary>The customer asks for a person.</summary>
    public const string WantsPerson = "wants_person";

    public static IReadOnlyList<string> All { get; } =
        [Outage, Security, Fraud, Cancellation, Legal, Deadline, Frustration, RepeatContact, WantsPerson];

    /// <summary>All that rules may ask for: these, and what reading warned of or saw beside the words.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. All, .. TicketWarnings.All, .. FileSignals.All];
}
