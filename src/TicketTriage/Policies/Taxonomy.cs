using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TicketTriage.Policies;

/// <summary>The closed list of what tickets can be about.</summary>
public sealed record Taxonomy
{
    private static readonly TaxonomyJson ReadableTaxonomy = new(new JsonSerializerOptions(TaxonomyJson.Default.Options)
    {
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public required IReadOnlyList<Intent> Intents { get; init; }

    // The JSON generator initialises what a document leaves out with null, hence "value ?? []" here and below.
    public IReadOnlyList<Product> Products { get; init => field = value ?? []; } = [];

    /// <summary>The fields that an answer may need, such as an order number.</summary>
    public IReadOnlyList<Field> Fields { get; init => field = value ?? []; } = [];

    /// <summary>What a text says of these fields, by name: the first value of each, as it stands there.</summary>
    public IReadOnlyDictionary<string, string> ReadFields(string text, IReadOnlyList<string> names) => Fields
        .Where(field => names.Contains(field.Name))
        .Select(field => (field.Name, Value: field.FindIn(text)))
        .Where(field => field.Value is not null)
        .ToDictionary(field => field.Name, field => field.Value ?? "");

    /// <returns>As leads read and edit it; UTF-8.</returns>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ReadableTaxonomy.Taxonomy);

    /// <returns>What people call an intent; <see langword="null"/> where there is none of it, as in records of other versions.</returns>
    public string? TitleOfIntent(string name, string language) => FindIntent(name) is { } intent ? In(intent.Title, language) : null;

    /// <returns>What people call a field; its name where there is none of it, as in records of other versions.</returns>
    public string TitleOfField(string name, string language) =>
        Fields.FirstOrDefault(field => field.Name == name) is { } field ? In(field.Title, language) ?? name : name;

    /// <returns>What an intent needs of the customer, as people call it; empty for one that isn't known.</returns>
    public IReadOnlyList<string> NeedsOf(string intent, string language) => FindIntent(intent) is { } known
        ? [.. Fields.Where(field => known.Needs.Contains(field.Name)).Select(field => field.Title.GetValueOrDefault(language, field.Name))]
        : [];

    private static string? In(IReadOnlyDictionary<string, string> texts, string language) =>
        texts.GetValueOrDefault(language) ?? texts.GetValueOrDefault("en");

    public Intent? FindIntent(string name) => Intents.FirstOrDefault(intent => intent.Name == name);
}

/// <summary>A reason to write.</summary>
public sealed record Intent
{
    /// <summary>Two levels in lower case: <c>billing/invoice-wrong</c>.</summary>
    public required string Name { get; init; }

    /// <summary>In lower case: what an agent has to be able to do, <c>billing</c>. Rules of routing may ask for others.</summary>
    public required string Skill { get; init; }

    /// <summary>What may never be left to software.</summary>
    public required IntentRisk Risk { get; init; }

    /// <summary>By language: what people call it.</summary>
    public required IReadOnlyDictionary<string, string> Title { get; init; }

    /// <summary>By language: when it fits, and when not.</summary>
    public required IReadOnlyDictionary<string, string> Description { get; init; }

    /// <summary>By language: what customers write. The starter model is trained on these.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Examples { get; init; }

    /// <summary>Words and phrases, in any language, that speak for it. The starter model learns these beside the examples.</summary>
    public IReadOnlyList<string> Words { get; init => field = value ?? []; } = [];

    /// <summary>
    /// By language: a reply to begin from, with the placeholders of <see cref="TaxonomyLint"/>. Empty where nobody should be answered.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Reply { get; init; }

    /// <summary>By language: what the agent does next.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> NextSteps { get; init => field = value ?? field; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Names of the <see cref="Taxonomy.Fields"/> that an answer needs: they are read from the ticket, or else asked for.</summary>
    public IReadOnlyList<string> Needs { get; init => field = value ?? []; } = [];
}

/// <summary>How much harm a wrong answer can do.</summary>
public enum IntentRisk
{
    /// <summary>A wrong answer costs a question back; may be automated where a team has measured enough.</summary>
    Low,

    /// <summary>A wrong answer costs money or goodwill; a person approves each step.</summary>
    Medium,

    /// <summary>Money leaves, an account or a contract changes hands, the law or a crisis is near: never automated.</summary>
    High,
}

/// <summary>What a ticket can be about beside its intent.</summary>
/// <param name="Name">In lower case: <c>web-shop</c>.</param>
/// <param name="Words">Words and phrases, in any language, that speak for it.</param>
public sealed record Product(string Name, IReadOnlyList<string> Words);

/// <summary>A piece of data that an answer may need.</summary>
/// <param name="Name">In lower case: <c>order_number</c>.</param>
/// <param name="Title">By language: how people ask for it.</param>
/// <param name="Pattern">
/// A regular expression that finds it in a text, in any case; without look-around and back-references. Where only a part of what it finds
/// is the value, that part is a group named <c>value</c>.
/// </param>
public sealed record Field(string Name, IReadOnlyDictionary<string, string> Title, string Pattern)
{
    private const string Value = "value";
    private const int MostEmpties = 1_000;

    private static readonly ConcurrentDictionary<string, bool> Empties = new(StringComparer.Ordinal);

    // Leads write the patterns and strangers write the texts: without backtracking no pair of them can take more than linear time.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    public bool IsIn(string text) => Regex.IsMatch(text, Pattern, Linear);

    /// <summary>
    /// Whether even an empty text has it. What is made of the pattern to find that out, megabytes and milliseconds, is not kept; the answer is.
    /// </summary>
    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    /// <exception cref="NotSupportedException">The pattern needs backtracking.</exception>
    public bool IsInNothing()
    {
        if (Empties.TryGetValue(Pattern, out var isIn))
        {
            return isIn;
        }

        // Leads write hundreds of patterns at the most; whatever comes after is asked again.
        isIn = new Regex(Pattern, Linear).IsMatch("");
        if (Empties.Count < MostEmpties)
        {
            Empties[Pattern] = isIn;
        }

        return isIn;
    }

    /// <returns>The first value in the text, or <see langword="null"/> where there is none.</returns>
    public string? FindIn(string text)
    {
        var found = Regex.Match(text, Pattern, Linear);
        var value = found.Groups[Value];
        return !found.Success ? null : (value.Success ? value : found).Value.Trim();
    }
}
