using System.Text.Json;
using System.Text.Json.Nodes;
using TicketTriage.Policies;
using TicketTriage.Tickets;

namespace TicketTriage.Understanding;

/// <summary>The form that a model's answer must have: every choice a closed list, every property required, no others.</summary>
internal static class AnswerSchema
{
    public const string Name = "ticket_understanding";

    public static IReadOnlyList<string> Sentiments { get; } = ["negative", "neutral", "positive"];

    /// <summary>ISO 639-1, the languages of Europe and a few large ones beyond.</summary>
    public static IReadOnlyList<string> Languages { get; } =
    [
        "de", "en", "fr", "es", "it", "nl", "pt", "pl", "cs", "sk", "da", "sv", "no", "fi", "hu", "ro", "bg", "el", "hr", "sl", "et",
        "lv", "lt", "tr", "uk", "ru", "ar", "zh", "ja", "ko", Finding.Unclear,
    ];

    public static IReadOnlyList<string> Intents(Taxonomy taxonomy) => [.. taxonomy.Intents.Select(intent => intent.Name), Finding.Unclear];

    public static IReadOnlyList<string> Products(Taxonomy taxonomy) =>
        [.. taxonomy.Products.Select(product => product.Name), Finding.Unclear];

    public static IReadOnlyList<string> Fields(Taxonomy taxonomy) => [.. taxonomy.Fields.Select(field => field.Name)];

    public static BinaryData Build(Taxonomy taxonomy)
    {
        // The summary comes first: a model that has put the concern into words chooses better.
        var properties = new JsonObject
        {
            ["summary"] = new JsonObject { ["type"] = "string" },
            ["intent"] = Choice(Intents(taxonomy)),
            ["product"] = Choice(Products(taxonomy)),
            ["sentiment"] = Choice(Sentiments),
            ["language"] = Choice(Languages),
            ["signals"] = Several(UrgencySignals.All),
        };

        // An empty list of choices is no valid schema.
        if (taxonomy.Fields.Count > 0)
        {
            properties["fields"] = Closed(new JsonObject(
                Fields(taxonomy).Select(field => KeyValuePair.Create(field, (JsonNode?)new JsonObject { ["type"] = "string" }))));
            properties["missing"] = Several(Fields(taxonomy));
        }

        return BinaryData.FromString(Closed(properties).ToJsonString(JsonSerializerOptions.Default));
    }

    private static JsonObject Choice(IEnumerable<string> values) => Closed(new JsonObject
    {
        ["value"] = OneOf(values),
        ["confidence"] = new JsonObject { ["type"] = "number" },
    });

    private static JsonObject Several(IEnumerable<string> values) => new() { ["type"] = "array", ["items"] = OneOf(values) };

    private static JsonObject OneOf(IEnumerable<string> values) => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]),
    };

    private static JsonObject Closed(JsonObject properties) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = new JsonArray([.. properties.Select(property => JsonValue.Create(property.Key))]),
        ["additionalProperties"] = false,
    };
}
