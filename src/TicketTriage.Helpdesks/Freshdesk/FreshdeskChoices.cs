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

    private static List<JsonProperty> Members(IReadOnlyList<FreshdeskField> fields, string type) =>
        fields.FirstOrDefault(field => field?.Type == type)?.Choices is { ValueKind: JsonValueKind.Object } choices
            ? [.. choices.EnumerateObject()]
            : [];
}
