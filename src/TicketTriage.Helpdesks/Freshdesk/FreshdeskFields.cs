using System.Text.Json;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// The fields of the triage among a ticket's custom fields. Freshdesk makes a field's name from its label, and where that name was
/// used before it adds a number: <c>cf_triage_intent</c>, <c>cf_triage_intent_297457</c>, <c>cf_triage_intent297457</c>.
/// </summary>
internal static class FreshdeskFields
{
    public const string Prefix = "cf_triage_";

    private const string CustomPrefix = "cf_";

    public static IReadOnlyList<TriageField> All { get; } =
        [TriageField.Intent, TriageField.Sentiment, TriageField.Language, TriageField.Product, TriageField.Summary];

    /// <summary>The label that leads to the name.</summary>
    public static string Label(TriageField field) => $"Triage {Word(field)}";

    public static string Name(TriageField field) => Prefix + Word(field);

    public static TriageField? Field(string name)
    {
        foreach (var field in All)
        {
            if (name.StartsWith(Name(field), StringComparison.Ordinal)
                && name[Name(field).Length..].TrimStart('_').All(char.IsAsciiDigit))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>What the ticket's fields say, empty ones left out.</summary>
    public static IReadOnlyDictionary<TriageField, string> Values(IReadOnlyDictionary<string, JsonElement>? fields)
    {
        var values = new Dictionary<TriageField, string>();
        foreach (var (name, value) in fields ?? NoFields)
        {
            if (Field(name) is { } field && value is { ValueKind: JsonValueKind.String } && value.GetString() is { Length: > 0 } text)
            {
                values[field] = text;
            }
        }

        return values;
    }

    /// <summary>
    /// What the account's own fields with a closed list of choices say, by their names without <c>cf_</c>; empty ones are left out.
    /// </summary>
    /// <param name="closed">The names of those fields.</param>
    public static IReadOnlyDictionary<string, string> OtherValues(
        IReadOnlyDictionary<string, JsonElement>? fields, IReadOnlySet<string> closed)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in fields ?? NoFields)
        {
            var word = value.ValueKind switch
            {
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                JsonValueKind.String => value.GetString(),
                _ => null,
            };
            if (word is { Length: > 0 } && closed.Contains(name))
            {
                values[name.StartsWith(CustomPrefix, StringComparison.Ordinal) ? name[CustomPrefix.Length..] : name] = word;
            }
        }

        return values;
    }

    /// <summary>Whether a field is the account's own, and takes nothing but what its administrators have listed.</summary>
    public static bool IsClosed(FreshdeskField field) =>
        field is { Name: { } name, Type: "custom_dropdown" or "custom_checkbox" or "nested_field" } && Field(name) is null;

    /// <summary>Whether a ticket has a field that may be one of those.</summary>
    public static bool HasOthers(IReadOnlyDictionary<string, JsonElement>? fields) => (fields ?? NoFields).Any(field =>
        field.Value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False && Field(field.Key) is null);

    /// <returns>The name of the field on this ticket, or <see langword="null"/> where the account doesn't have it.</returns>
    public static string? NameOn(FreshdeskTicket ticket, TriageField field) =>
        ticket.CustomFields?.Keys.Where(name => Field(name) == field).Order(StringComparer.Ordinal).FirstOrDefault();

    public static string Word(TriageField field) => field switch
    {
        TriageField.Intent => "intent",
        TriageField.Sentiment => "sentiment",
        TriageField.Language => "language",
        TriageField.Product => "product",
        TriageField.Summary => "summary",
    };

    private static readonly Dictionary<string, JsonElement> NoFields = [];
}
