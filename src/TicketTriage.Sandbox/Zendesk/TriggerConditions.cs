using System.Globalization;
using System.Text.Json;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>When a trigger fires: all of some conditions, and one of others where there are any.</summary>
internal sealed class TriggerConditions
{
    private static readonly string[] StatusOrder = ["new", "open", "pending", "hold", "solved", "closed"];

    private readonly IReadOnlyList<Condition> all;
    private readonly IReadOnlyList<Condition> any;

    private TriggerConditions(IReadOnlyList<Condition> all, IReadOnlyList<Condition> any) => (this.all, this.any) = (all, any);

    /// <param name="unknown">The first condition that the sandbox can't judge; <see langword="null"/> where there is none.</param>
    public static TriggerConditions Read(JsonElement trigger, out string? unknown)
    {
        var conditions = trigger.TryGetProperty("conditions", out var given) ? given : default;
        var read = new TriggerConditions(
            [.. ZendeskBody.List(conditions, "all").Select(Read)], [.. ZendeskBody.List(conditions, "any").Select(Read)]);
        unknown = read.all.Concat(read.any).FirstOrDefault(condition => !IsKnown(condition))?.Field;
        return read;
    }

    public bool Hold(DeskEvent happening, DeskPeople people) =>
        all.All(condition => Holds(condition, happening, people))
        && (any.Count == 0 || any.Any(condition => Holds(condition, happening, people)));

    private static Condition Read(JsonElement condition) => new(
        ZendeskBody.Text(condition, "field") ?? "",
        ZendeskBody.Text(condition, "operator") ?? "",
        condition.ValueKind == JsonValueKind.Object && condition.TryGetProperty("value", out var value) ? $"{value}" : "");

    private static bool IsKnown(Condition condition) => (condition.Field, condition.Operator) switch
    {
        ("status", "is" or "is_not" or "less_than" or "greater_than") => StatusOrder.Contains(condition.Value),
        ("status" or "assignee_id" or "group_id" or "priority", "changed") => true,
        ("update_type", "is") => condition.Value is "Create" or "Change",
        ("comment_is_public", "is") => condition.Value is "true" or "false" or "not_relevant" or "requester_can_see_comment",
        ("role", "is" or "is_not") => true,
        ("current_tags", "includes" or "not_includes") => true,
        _ => false,
    };

    private static bool Holds(Condition condition, DeskEvent happening, DeskPeople people)
    {
        var ticket = happening.After;
        return (condition.Field, condition.Operator) switch
        {
            ("status", "is") => ticket.Status == condition.Value,
            ("status", "is_not") => ticket.Status != condition.Value,
            ("status", "less_than") => RankOf(ticket.Status) < RankOf(condition.Value),
            ("status", "greater_than") => RankOf(ticket.Status) > RankOf(condition.Value),
            (_, "changed") => happening.Audit.Changes.Any(change => change.Field == condition.Field),
            ("update_type", _) => condition.Value == "Create" == (happening.Happening == DeskHappening.Created),
            ("comment_is_public", _) => happening.Audit.Comment is { } comment && condition.Value switch
            {
                "true" or "requester_can_see_comment" => comment.IsPublic,
                "false" => !comment.IsPublic,
                _ => true,
            },
            ("role", "is") => IsBy(condition.Value, happening, people),
            ("role", _) => !IsBy(condition.Value, happening, people),
            ("current_tags", "includes") => condition.Value.Split(' ').Any(ticket.Tags.Contains),
            _ => !condition.Value.Split(' ').Any(ticket.Tags.Contains),
        };
    }

    /// <param name="who">A role, or somebody's id.</param>
    private static bool IsBy(string who, DeskEvent happening, DeskPeople people)
    {
        var author = people.FindPerson(happening.Audit.AuthorId);
        return who switch
        {
            "end_user" => author is not { IsStaff: true },
            "agent" => author is { IsStaff: true },
            _ => author?.Id.ToString(CultureInfo.InvariantCulture) == who,
        };
    }

    /// <summary>A removed ticket is beyond them all.</summary>
    private static int RankOf(string status) => Array.IndexOf(StatusOrder, status) is >= 0 and var rank ? rank : StatusOrder.Length;

    private sealed record Condition(string Field, string Operator, string Value);
}
