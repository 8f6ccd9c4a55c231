using System.Text.Json;
using System.Text.Json.Serialization;
using TicketTriage.Policies;
using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Understanding.Local;

/// <summary>The shipped word lists.</summary>
internal static class WordLists
{
    public static PolicyDocument<SentimentWords> LoadSentiment() =>
        ShippedPolicies.Load("sentiment", WordListsJson.Default.SentimentWords, FindFaults);

    /// <returns>For each of <see cref="UrgencySignals.All"/> the phrases that raise it.</returns>
    public static PolicyDocument<Dictionary<string, string[]>> LoadSignals() =>
        ShippedPolicies.Load("signals", WordListsJson.Default.DictionaryStringStringArray, FindFaults);

    /// <returns>
    /// By language, texts that concern no desk: small talk, general knowledge, tasks for a machine. Nothing is among them that some team's
    /// taxonomy may have an intent for, such as applications or the press.
    /// </returns>
    public static PolicyDocument<Dictionary<string, string[]>> LoadElsewhere() =>
        ShippedPolicies.Load("elsewhere", WordListsJson.Default.DictionaryStringStringArray, _ => []);

    public static PolicyDocument<MoodList> LoadMoods() => ShippedPolicies.Load("moods", WordListsJson.Default.MoodList, FindFaults);

    private static List<string> FindFaults(MoodList moods) =>
        [.. moods.Positive.Intersect(moods.Negative).Select(word => $"{word} stands on both sides.")];

    private static List<string> FindFaults(SentimentWords words) =>
    [
        .. words.Positive.Concat(words.Negative).Where(word => word.Value is < 0 or > 5)
            .Select(word => $"The weight of {word.Key} is {word.Value}; it has to lie between 0 and 5."),
    ];

    private static List<string> FindFaults(Dictionary<string, string[]> signals) =>
    [
        .. signals.Keys.Except(UrgencySignals.All).Select(name => $"There is no signal {name}."),
        .. UrgencySignals.All.Except(signals.Keys).Select(name => $"The signal {name} has no phrases."),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(MoodList))]
[JsonSerializable(typeof(SentimentWords))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class WordListsJson : JsonSerializerContext;
