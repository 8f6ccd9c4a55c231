using TicketTriage.Helpdesks;

namespace TicketTriage.Routing.Rules;

/// <summary>The words of a rule file.</summary>
internal static class RuleWords
{
    public const string CustomPrefix = "fields.";
    public const string True = "true";
    public const string False = "false";

    private static readonly Dictionary<string, RuleField> FieldsByWord = new()
    {
        ["intent"] = RuleField.Intent,
        ["product"] = RuleField.Product,
        ["language"] = RuleField.Language,
        ["sentiment"] = RuleField.Sentiment,
        ["priority"] = RuleField.Priority,
        ["segment"] = RuleField.Segment,
        ["brand"] = RuleField.Brand,
        ["channel"] = RuleField.Channel,
        ["tags"] = RuleField.Tags,
        ["signals"] = RuleField.Signals,
        ["businessHours"] = RuleField.BusinessHours,
        ["confidence"] = RuleField.Confidence,
    };

    private static readonly Dictionary<RuleField, string> WordsByField = FieldsByWord.ToDictionary(pair => pair.Value, pair => pair.Key);

    private static readonly Dictionary<string, RuleOperator> OperatorsByWord = new()
    {
        ["is"] = RuleOperator.Is,
        ["isNot"] = RuleOperator.IsNot,
        ["atLeast"] = RuleOperator.AtLeast,
        ["atMost"] = RuleOperator.AtMost,
        ["exists"] = RuleOperator.Exists,
    };

    private static readonly string[] Priorities = ["none", "low", "normal", "high", "urgent"];

    public static string Fields { get; } = string.Join(", ", FieldsByWord.Keys) + $", {CustomPrefix}NAME";

    public static string Operators { get; } = string.Join(", ", OperatorsByWord.Keys);

    public static string Of(RuleField field) => WordsByField.GetValueOrDefault(field, CustomPrefix);

    public static string Of(RuleOperator known) => OperatorsByWord.First(pair => pair.Value == known).Key;

    public static string Of(TicketPriority priority) => Priorities[(int)priority];

    public static RuleOperator? FindOperator(string word) => OperatorsByWord.TryGetValue(word, out var found) ? found : null;

    /// <returns>A field of the account by its name in lower case; <see langword="null"/> where there is no such field.</returns>
    public static (RuleField Field, string? Name)? FindField(string word) =>
        FieldsByWord.TryGetValue(word, out var field) ? (field, null)
        : word.StartsWith(CustomPrefix, StringComparison.Ordinal) && word.Length > CustomPrefix.Length
            ? (RuleField.Custom, word[CustomPrefix.Length..].ToLowerInvariant())
        : null;

    /// <returns><see langword="null"/> for what is no priority, and for "none".</returns>
    public static TicketPriority? FindPriority(string word) =>
        Array.IndexOf(Priorities, word) is > 0 and var rank ? (TicketPriority)rank : null;
}
