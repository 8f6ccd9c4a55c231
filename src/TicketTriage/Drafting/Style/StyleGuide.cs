using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TicketTriage.Policies;

namespace TicketTriage.Drafting.Style;

/// <summary>How the team writes to customers: a policy document that leads tune, kept in every version like the rules.</summary>
public sealed record StyleGuide
{
    public const string Kind = "style";

    private static readonly StyleJson Readable = new(new JsonSerializerOptions(StyleJson.Default.Options)
    {
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>By ISO 639-1; German and English at least.</summary>
    public required IReadOnlyDictionary<string, LanguageStyle> Languages { get; init; }

    /// <summary>Of a reply, without greeting, closing and snippets; 20 to 1,000.</summary>
    public required int MostWords { get; init; }

    /// <summary>What no reply may promise, whatever an article says.</summary>
    public IReadOnlyList<ForbiddenPromise> ForbiddenPromises { get; init => field = value ?? []; } = [];

    /// <summary>Texts that stand in a reply letter for letter: written by somebody who answers for them, never by a model.</summary>
    public IReadOnlyList<StyleSnippet> Snippets { get; init => field = value ?? []; } = [];

    /// <summary>Names of products and features, the same in every language.</summary>
    public IReadOnlyList<GlossaryTerm> Glossary { get; init => field = value ?? []; } = [];

    /// <summary>
    /// Names of the knowledge sources that are policies, as the console's page of the knowledge has them: only their articles may promise money,
    /// a right or a deadline. Without any, every article that customers may read can.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? PolicySources { get; init; }

    public static PolicyDocument<StyleGuide> LoadShipped() =>
        ShippedPolicies.Load(Kind, StyleJson.Default.StyleGuide, StyleGuideLint.FindFaults);

    /// <param name="json">UTF-8.</param>
    /// <exception cref="PolicyFaultyException">It is no style guide, or has faults.</exception>
    public static PolicyDocument<StyleGuide> Parse(ReadOnlySpan<byte> json) =>
        PolicyDocuments.Parse(Kind, json, StyleJson.Default.StyleGuide, StyleGuideLint.FindFaults);

    /// <returns>As leads read and edit it; UTF-8.</returns>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Readable.StyleGuide);

    /// <summary>Of a language without its own style the English one.</summary>
    public LanguageStyle StyleOf(string language) => Languages.TryGetValue(language, out var style) ? style : Languages["en"];

    public IEnumerable<StyleSnippet> SnippetsFor(string intent) => Snippets.Where(snippet => Fits(snippet.Intents, intent));

    public IEnumerable<ForbiddenPromise> ForbiddenFor(string intent) => ForbiddenPromises.Where(promise => Fits(promise.Intents, intent));

    /// <param name="source">Name of a knowledge source.</param>
    public bool MayPromise(string source) => PolicySources is not { Count: > 0 } policies || policies.Contains(source);

    private static bool Fits(IReadOnlyList<string> patterns, string intent) =>
        patterns.Count == 0 || patterns.Any(pattern => IntentPattern.Fits(pattern, intent));
}

/// <summary>How the team writes in one language.</summary>
public sealed record LanguageStyle
{
    /// <summary>How customers are addressed; <see cref="FormOfAddress.Any"/> where the language has one form.</summary>
    public FormOfAddress Address { get; init; }

    /// <summary>In a few words, for the model: <c>friendly, calm, no phrases</c>.</summary>
    public string Tone { get; init => field = value ?? ""; } = "";

    /// <summary>With <see cref="TaxonomyLint.RequesterName"/>.</summary>
    public required string Greeting { get; init; }

    public required string Closing { get; init; }

    /// <summary>
    /// The reply to somebody who is angry, whole but for the greeting and the closing. A model formulates nothing of it but
    /// <see cref="StyleGuideLint.Concern"/>.
    /// </summary>
    public required string Upset { get; init; }

    /// <summary>The reply to somebody who asks for a person, whole but for the greeting and the closing.</summary>
    public required string Person { get; init; }
}

/// <summary>How German, and languages like it, speak to somebody.</summary>
public enum FormOfAddress
{
    Any = 0,

    /// <summary>Sie.</summary>
    Formal,

    /// <summary>du.</summary>
    Informal,
}

/// <summary>A promise that nobody but a lead may give.</summary>
/// <param name="Name">In lower case, to speak of it: <c>goodwill</c>.</param>
/// <param name="Phrases">Words that no reply may have, in any language; case makes no difference.</param>
public sealed record ForbiddenPromise(string Name, IReadOnlyList<string> Phrases)
{
    /// <summary>Where it counts: names and branches of intents; empty: everywhere.</summary>
    public IReadOnlyList<string> Intents { get; init => field = value ?? []; } = [];

    /// <summary>Kinds of promises that no reply may give, in whatever words: some of <see cref="StyleGuideLint.PromiseKinds"/>.</summary>
    public IReadOnlyList<string> Kinds { get; init => field = value ?? []; } = [];
}

/// <summary>A text that stands verbatim.</summary>
/// <param name="Name">In lower case: <c>right-of-withdrawal</c>.</param>
/// <param name="Text">By language.</param>
public sealed record StyleSnippet(string Name, IReadOnlyDictionary<string, string> Text)
{
    /// <summary>Where it stands: names and branches of intents; empty: everywhere.</summary>
    public IReadOnlyList<string> Intents { get; init => field = value ?? []; } = [];
}

/// <summary>A name that is never translated.</summary>
public sealed record GlossaryTerm(string Term)
{
    /// <summary>Translations that models make of it: each is put back.</summary>
    public IReadOnlyList<string> Not { get; init => field = value ?? []; } = [];
}

/// <summary>How a style guide is written. A property that isn't known, or stands twice, is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StyleGuide))]
internal sealed partial class StyleJson : JsonSerializerContext;
