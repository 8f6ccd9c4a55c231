using System.Text.Json;
using TicketTriage.Policies;

namespace TicketTriage.Understanding;

/// <summary>A model's answer, held against the schema: what isn't on a closed list isn't an answer.</summary>
internal sealed record ModelAnswer
{
    public required string Summary { get; init; }

    public required Choice Intent { get; init; }

    public required Choice Product { get; init; }

    public required Choice Sentiment { get; init; }

    public required Choice Language { get; init; }

    public required IReadOnlyList<string> Signals { get; init; }

    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>What the model claims that the ticket says of the taxonomy's fields, by name; empty values are left out.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = NoFields;

    private static readonly IReadOnlyDictionary<string, string> NoFields = new Dictionary<string, string>();

    /// <param name="Confidence">The model's own number, brought into [0, 1].</param>
    internal readonly record struct Choice(string Value, double Confidence);

    /// <exception cref="UnderstandingFailedException">The answer doesn't follow the schema of this taxonomy.</exception>
    public static ModelAnswer Read(string json, Taxonomy taxonomy)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return Read(document.RootElement, taxonomy);
        }
        catch (JsonException exception)
        {
            throw new UnderstandingFailedException("The model's answer is not JSON.", exception);
        }
    }

    private static ModelAnswer Read(JsonElement answer, Taxonomy taxonomy)
    {
        var hasFields = taxonomy.Fields.Count > 0;
        RequireExactly(
            answer,
            "the answer",
            hasFields
                ? ["summary", "intent", "product", "sentiment", "language", "signals", "missing"]
                : ["summary", "intent", "product", "sentiment", "language", "signals"],
            hasFields ? ["fields"] : []);

        return new ModelAnswer
        {
            Summary = Text(answer.GetProperty("summary"), "summary"),
            Intent = OneOf(answer.GetProperty("intent"), "intent", AnswerSchema.Intents(taxonomy)),
            Product = OneOf(answer.GetProperty("product"), "product", AnswerSchema.Products(taxonomy)),
            Sentiment = OneOf(answer.GetProperty("sentiment"), "sentiment", AnswerSchema.Sentiments),
            Language = OneOf(answer.GetProperty("language"), "language", AnswerSchema.Languages),
            Signals = Several(answer.GetProperty("signals"), "signals", UrgencySignals.All),
            Missing = hasFields ? Several(answer.GetProperty("missing"), "missing", AnswerSchema.Fields(taxonomy)) : [],
            Fields = answer.TryGetProperty("fields", out var fields) ? Texts(fields, "fields", AnswerSchema.Fields(taxonomy)) : NoFields,
        };
    }

    /// <param name="others">May be there: servers that follow schemas loosely leave out what they have nothing to say on.</param>
    private static void RequireExactly(
        JsonElement element, string what, IReadOnlyCollection<string> properties, IReadOnlyCollection<string>? others = null)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new UnderstandingFailedException($"In the model's answer, {what} is not an object.");
        }

        var given = element.EnumerateObject().Select(property => property.Name).ToList();
        if (properties.FirstOrDefault(property => !given.Contains(property)) is { } absent)
        {
            throw new UnderstandingFailedException($"In the model's answer, {what} lacks {absent}.");
        }

        if (given.Any(property => !properties.Contains(property) && others?.Contains(property) != true))
        {
            throw new UnderstandingFailedException($"In the model's answer, {what} has properties that nobody asked for.");
        }
    }

    private static Choice OneOf(JsonElement element, string what, IReadOnlyList<string> allowed)
    {
        RequireExactly(element, what, ["value", "confidence"]);
        var confidence = element.GetProperty("confidence");
        if (confidence.ValueKind != JsonValueKind.Number || !double.IsFinite(confidence.GetDouble()))
        {
            throw new UnderstandingFailedException($"In the model's answer, the confidence of {what} is not a number.");
        }

        return new Choice(Allowed(element.GetProperty("value"), what, allowed), Math.Clamp(confidence.GetDouble(), 0, 1));
    }

    private static List<string> Several(JsonElement element, string what, IReadOnlyList<string> allowed)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw new UnderstandingFailedException($"In the model's answer, {what} is not a list.");
        }

        return [.. element.EnumerateArray().Select(item => Allowed(item, what, allowed)).Distinct()];
    }

    private static Dictionary<string, string> Texts(JsonElement element, string what, IReadOnlyList<string> names)
    {
        RequireExactly(element, what, [], names);
        return element.EnumerateObject().Select(field => (field.Name, Value: Text(field.Value, what).Trim()))
            .Where(field => field.Value.Length > 0)
            .ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
    }

    private static string Allowed(JsonElement element, string what, IReadOnlyList<string> allowed)
    {
        var value = Text(element, what);

        // The value itself stays out of the message: it may be the customer's words.
        return allowed.Contains(value)
            ? value
            : throw new UnderstandingFailedException($"In the model's answer, {what} has a value that is not on its list.");
    }

    private static string Text(JsonElement element, string what)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            throw new UnderstandingFailedException($"In the model's answer, {what} is not a text.");
        }

        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException exception)
        {
            throw new UnderstandingFailedException($"In the model's answer, {what} holds half a character.", exception);
        }
    }
}
