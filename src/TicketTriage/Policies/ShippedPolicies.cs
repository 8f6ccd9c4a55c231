using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TicketTriage.Policies;

/// <summary>
/// The documents that a new installation begins with: version 1 of each kind. That the taxonomies have no faults is for tests to see: to look at
/// each start would cost it some ten megabytes of what the fields' patterns are made of.
/// </summary>
public static class ShippedPolicies
{
    internal const string Taxonomy = "taxonomy";

    public static PolicyDocument<Taxonomy> LoadTaxonomy(StarterTaxonomy starter = StarterTaxonomy.General)
    {
        var selections = Load("starters", TaxonomyJson.Default.IReadOnlyDictionaryStarterTaxonomyTaxonomySelection, _ => []).Content;
        var chosen = selections[starter].From(LoadAllIntents().Content);
        var json = JsonSerializer.SerializeToUtf8Bytes(chosen, TaxonomyJson.Default.Taxonomy);
        return PolicyDocuments.Parse(Taxonomy, json, TaxonomyJson.Default.Taxonomy, _ => []);
    }

    /// <summary>Every intent that is shipped. No desk needs them all: a starter is a choice of them.</summary>
    public static PolicyDocument<Taxonomy> LoadAllIntents() => Load(Taxonomy, TaxonomyJson.Default.Taxonomy, _ => []);

    /// <summary>Reads a document that is built into this assembly.</summary>
    /// <param name="kind">Its name, which is also that of its file.</param>
    /// <exception cref="PolicyFaultyException">It has faults.</exception>
    internal static PolicyDocument<T> Load<T>(string kind, JsonTypeInfo<T> type, Func<T, IReadOnlyList<string>> findFaults)
    {
        using var stream = typeof(ShippedPolicies).Assembly.GetManifestResourceStream($"shipped/{kind}.json")
            ?? throw new InvalidOperationException($"The assembly lacks the document shipped/{kind}.json.");
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return PolicyDocuments.Parse(kind, json, type, findFaults);
    }
}
