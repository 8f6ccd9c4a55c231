using System.Text.Json;
using System.Text.RegularExpressions;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>The body of a call that writes a note or a summary.</summary>
internal static partial class NoteBody
{
    private static readonly string[] NoteNames = ["attachments", "body", "incoming", "notify_emails", "private", "user_id"];
    private static readonly string[] SummaryNames = ["attachments", "body", "user_id"];

    public static IReadOnlyList<FieldErrorWire> FindErrors(JsonElement body, bool isSummary)
    {
        var errors = new List<FieldErrorWire>();
        foreach (var property in body.EnumerateObject())
        {
            if (!(isSummary ? SummaryNames : NoteNames).Contains(property.Name))
            {
                errors.Add(new(property.Name, "The call has no field of this name.", "invalid_field"));
            }
            else if (FindExpected(property.Name, property.Value.ValueKind) is { } expected)
            {
                errors.Add(new(property.Name, $"It has to be {expected}.", "datatype_mismatch"));
            }
        }

        if (errors.Count == 0 && string.IsNullOrWhiteSpace(ReadText(body)))
        {
            errors.Add(new("body", "The field is missing or blank.", "missing_field"));
        }

        return errors;
    }

    /// <summary>Private unless it says otherwise.</summary>
    public static bool IsPrivate(JsonElement body) =>
        !body.TryGetProperty("private", out var isPrivate) || isPrivate.ValueKind != JsonValueKind.False;

    /// <summary>
    /// As the vendor keeps it: without comments, scripts and attributes of one's own making. Whoever hides a mark in those loses it.
    /// </summary>
    public static string ReadHtml(JsonElement body) => Hidden().Replace(ReadText(body), "");

    private static string ReadText(JsonElement body) =>
        body.TryGetProperty("body", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() ?? "" : "";

    private static string? FindExpected(string name, JsonValueKind kind) => name switch
    {
        "body" when kind != JsonValueKind.String => "a text",
        "private" or "incoming" when kind is not (JsonValueKind.True or JsonValueKind.False) => "true or false",
        "notify_emails" or "attachments" when kind != JsonValueKind.Array => "a list",
        "user_id" when kind != JsonValueKind.Number => "a whole number",
        _ => null,
    };

    [GeneratedRegex("""<!--.*?-->|<(?<name>script|style)\b.*?</\k<name>\s*>|\s(?:data-[\w-]+|on\w+|id)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Hidden();
}
