using System.Text.Json;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>The choices of ticket fields, in the shapes in which Freshdesk writes them.</summary>
internal static class FreshdeskChoices
{
    /// <summary>The choices of a field of Freshdesk's own, such as <c>default_group</c>: an object from names to ids.</summary>
    public static IEnumerable<(string Id, string Name)> Ids(IReadOnlyList<FreshdeskField> fields, string type) =>
        from choice in Members(fields, type)
        where choice.Value.ValueKind == JsonValueKind.Number
        select (choice.Value.ToString(), choice.Name);

    /// <summary>The codes of all statuses: an object from codes to names.</summary>
    public static IEnumerable<string> Statuses(IReadOnlyList<FreshdeskField> fields) =>
        from choice in Members(fields, "default_status")
        select choice.Name;

    /// <summary>The words of a dropdown, with their ids where the administrators' endpoint tells them.</summary>
    public static IReadOnlyList<FreshdeskChoice> Words(FreshdeskField field)
    {
        var words = new List<FreshdeskChoice>();
        if (field.Choices is not { ValueKind: JsonValueKind.Array } choices)
        {
            return words;
        }

        foreach (var choice in choices.EnumerateArray())
        {
            if (choice.ValueKind == JsonValueKind.String && choice.GetString() is { } word)
            {
                words.Add(new FreshdeskChoice(word, words.Count + 1));
            }
            else if (choice.ValueKind == JsonValueKind.Object
                && choice.TryGetProperty("value", out var value)
                && value.ValueKind == JsonValueKind.String
                && value.GetString() is { } text)
            {
                var id = choice.TryGetProperty("id", out var given) && given.TryGetInt64(out var number) ? number : (long?)null;
                words.Add(new FreshdeskChoice(text, words.Count + 1, id));
            }
        }

        return words;
    }

    /// <summary>A value as a field takes it: of a dropdown the choice, to the letter.</summary>
    /// <param name="field"><see langword="null"/> where nothing is known of it.</param>
    /// <returns><see langword="null"/> where the field is a dropdown without this choice.</returns>
    public static string? Spelling(FreshdeskField? field, string value) => field?.Type == "custom_dropdown"
        ? Words(field).FirstOrDefault(choice => string.Equals(choice.Value, value, StringComparison.OrdinalIgnoreCase))?.Value
        : value;

    private static List<JsonProperty> Members(IReadOnlyList<FreshdeskField> fields, string type) =>
        fields.FirstOrDefault(field => field?.Type == type)?.Choices is { ValueKind: JsonValueKind.Object } choices
            ? [.. choices.EnumerateObject()]
            : [];
}
