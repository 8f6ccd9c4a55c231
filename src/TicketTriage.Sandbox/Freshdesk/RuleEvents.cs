using System.Text.Json;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>What has to happen to a ticket for a rule on updates to run: one of its events. From which value to which isn't judged.</summary>
internal sealed class RuleEvents(IReadOnlyList<(string Field, string? Value)> events)
{
    public static RuleEvents Read(JsonElement rule) => new(
        rule.TryGetProperty("events", out var given) && given.ValueKind == JsonValueKind.Array
            ? [.. given.EnumerateArray().Select(one => (Text(one, "field_name") ?? "", Text(one, "value")))]
            : []);

    public bool Hold(DeskEvent happening) => events.Any(one => Holds(one.Field, one.Value, happening));

    private static bool Holds(string field, string? value, DeskEvent happening) => field switch
    {
        "reply_sent" => happening.Audit.Comment is { IsPublic: true },
        "note_type" => happening.Audit.Comment is { } comment && comment.IsPublic == (value == "public"),
        "responder_id" => HasChanged("assignee_id", happening),
        _ => HasChanged(field, happening),
    };

    private static bool HasChanged(string field, DeskEvent happening) => happening.Audit.Changes.Any(change => change.Field == field);

    private static string? Text(JsonElement one, string name) =>
        one.ValueKind == JsonValueKind.Object && one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
