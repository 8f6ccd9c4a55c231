using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using TicketTriage.Host.Policies.Parts;

namespace TicketTriage.Host.Policies;

/// <summary>A rule file as a table edits it: rules by their place. Whether they mean anything the lint says afterwards.</summary>
internal sealed class RuleDocument
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private readonly JsonObject root;
    private readonly JsonArray rules;

    private RuleDocument(JsonObject root, JsonArray rules) => (this.root, this.rules) = (root, rules);

    public int Count => rules.Count;

    public string FallbackGroup => (string?)root["fallbackGroup"] ?? "";

    public IReadOnlyList<RuleRow> ListRows(RuleWording wording) =>
        [.. rules.Index().Select(rule => RuleRow.Of(rule.Index, rule.Item as JsonObject ?? [], wording))];

    /// <returns><see langword="null"/> for what is no rule file.</returns>
    public static RuleDocument? Find(string json)
    {
        try
        {
            var read = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            return read is JsonObject root && (root["rules"] ?? new JsonArray()) is JsonArray rules ? With(root, rules) : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <returns>0 for what is no rule file: then the reader says why.</returns>
    public static int CountRules(string json) => Find(json)?.Count ?? 0;

    public JsonObject? FindRule(int place) => rules.FindRow(place);

    /// <param name="to">The place that it has afterwards.</param>
    public bool Move(int place, int to) => rules.MoveRow(place, to);

    public bool Remove(int place) => rules.RemoveRow(place);

    /// <param name="place"><see langword="null"/> for a new one, which comes last.</param>
    public void Put(int? place, JsonObject rule) => rules.PutRow(place, rule);

    public string ToJson() => root.ToJsonString(Readable);

    private static RuleDocument With(JsonObject root, JsonArray rules)
    {
        if (root["rules"] is null)
        {
            root["rules"] = rules;
        }

        return new RuleDocument(root, rules);
    }
}

/// <summary>A rule in the table, as people read it.</summary>
/// <param name="Place">From 0.</param>
/// <param name="When">Its condition in words.</param>
/// <param name="Then">What it does, in words.</param>
public sealed record RuleRow(int Place, string Name, string When, string Then, string? Owner, string? Note, string? From, string? Until)
{
    internal static RuleRow Of(int place, JsonObject rule, RuleWording wording) => new(
        place,
        RuleWording.Text(rule["name"]),
        wording.When(rule["when"]),
        wording.Then(rule["then"]),
        Given(rule, "owner"),
        Given(rule, "note"),
        Given(rule, "from"),
        Given(rule, "until"));

    private static string? Given(JsonObject rule, string name) => RuleWording.Text(rule[name]) is { Length: > 0 } text ? text : null;
}
