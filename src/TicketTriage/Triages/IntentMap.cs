using System.Text.Json;
using System.Text.Json.Serialization;
using TicketTriage.Policies;

namespace TicketTriage.Triages;

/// <summary>
/// Which intent a helpdesk's own tags and fields tell of: what a team has sorted before this service came. A macro is told by the tag that
/// it sets, since helpdesks keep no word of the macro itself.
/// </summary>
public sealed record IntentMap
{
    public static IntentMap Empty { get; } = new();

    /// <summary>The intent by tag.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = AnyCase(value); } = AnyCase<string>(null);

    /// <summary>The intent by value, by field: a field of the account's own as rules name it, or the triage's <c>intent</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Fields { get; init => field = AnyCase(value); } =
        AnyCase<IReadOnlyDictionary<string, string>>(null);

    /// <param name="json">UTF-8.</param>
    /// <exception cref="PolicyFaultyException">It is no such map, or names intents that the taxonomy doesn't have.</exception>
    public static IntentMap Read(ReadOnlySpan<byte> json, Taxonomy taxonomy) => PolicyDocuments.Parse(
        "map of intents",
        json,
        IntentMapJson.Default.IntentMap,
        map =>
        [
            .. map.Tags.Values.Concat(map.Fields.Values.SelectMany(values => values.Values)).Distinct()
                .Where(intent => taxonomy.FindIntent(intent) is null)
                .Select(intent => $"It names the intent {intent}, which the taxonomy doesn't have."),
        ]).Content;

    /// <returns>Each intent that the tags, or else the fields, tell of; several where they contradict each other.</returns>
    public IReadOnlyList<string> Find(IReadOnlyList<string> tags, IReadOnlyDictionary<string, string> fields)
    {
        var byField = Fields
            .Select(known => fields.GetValueOrDefault(known.Key.ToLowerInvariant()) is { } value
                ? known.Value.FirstOrDefault(one => one.Key.Equals(value, StringComparison.OrdinalIgnoreCase)).Value
                : null)
            .OfType<string>().Distinct().ToList();
        return byField.Count > 0 ? byField : [.. tags.Select(tag => Tags.GetValueOrDefault(tag)).OfType<string>().Distinct()];
    }

    private static Dictionary<string, T> AnyCase<T>(IReadOnlyDictionary<string, T>? values)
    {
        var all = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values ?? all)
        {
            all[name] = value;
        }

        return all;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(IntentMap))]
internal sealed partial class IntentMapJson : JsonSerializerContext;
