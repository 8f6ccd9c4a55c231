using System.Text.Json;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>
/// The triggers that call the webhook where tickets can't be subscribed to. Two conditions of the one for comments keep this service from
/// hearing of itself, each by itself enough: the author of the change, and the tag that a triaged ticket carries. What agents do to a
/// triaged ticket has to be heard of, so that the other trigger has the author alone; a change of ours that came through it would be read
/// and found to be nothing new.
/// </summary>
internal static class ZendeskLoopGuard
{
    private const string CallWebhook = "notification_webhook";
    private const string Changed = "changed";

    private static readonly string[] Watched = ["status", "assignee_id", "group_id", "priority"];

    /// <summary>Ids alone: Zendesk doesn't escape what it puts into such a body, so a quotation mark in a subject would break it.</summary>
    private const string Body = """
        {"ticket_id":"{{ticket.id}}","updated_at":"{{ticket.updated_at_with_timestamp}}","actor_id":"{{current_user.id}}"}
        """;

    /// <param name="ownUserId">The user as whom this service writes.</param>
    public static ZendeskNewTrigger Trigger(string helpdesk, string webhookId, string ownUserId, string tagPrefix) => new(
        $"TicketTriage {helpdesk}",
        "Tells TicketTriage of new tickets and comments; the ticket itself is read by API.",
        new ZendeskConditions(
            All:
            [
                new ZendeskCondition("status", "less_than", "closed"),
                // A comment is there, public or not; every new ticket begins with one.
                new ZendeskCondition("comment_is_public", "is", "not_relevant"),
                new ZendeskCondition("role", "is_not", ownUserId),
            ],
            Any:
            [
                new ZendeskCondition("current_tags", "not_includes", $"{tagPrefix}done"),
                // The tag stays on the ticket, and a customer who writes again is heard all the same.
                new ZendeskCondition("role", "is", "end_user"),
            ]),
        [new ZendeskTriggerAction(CallWebhook, [webhookId, Body])]);

    /// <summary>Tells of agents who answer by a status, an assignment or a priority and write nothing.</summary>
    public static ZendeskNewTrigger TriggerOfAgents(string helpdesk, string webhookId, string ownUserId) => new(
        $"TicketTriage {helpdesk}: agents",
        "Tells TicketTriage when a ticket's status, agent, group or priority is changed, so that service levels are watched truly.",
        new ZendeskConditions(
            All: [new ZendeskCondition("role", "is_not", ownUserId)],
            Any: [.. Watched.Select(field => new ZendeskCondition(field, Changed))]),
        [new ZendeskTriggerAction(CallWebhook, [webhookId, Body])]);

    /// <summary>True for a trigger that fires where a status is changed.</summary>
    public static bool TellsOfStatus(ZendeskTrigger trigger) =>
        trigger.Conditions is { ValueKind: JsonValueKind.Object } conditions
        && conditions.EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.Array)
            .SelectMany(part => part.Value.EnumerateArray())
            .Any(condition => Is(condition, "field", "status") && Is(condition, "operator", Changed));

    /// <summary>True for a trigger, ours or an administrator's, that calls the webhook.</summary>
    public static bool Calls(ZendeskTrigger trigger, string? webhookId) =>
        trigger.Actions?.Any(action => action is { Field: CallWebhook, Value: { ValueKind: JsonValueKind.Array } value }
            && value.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } id
            && id.ValueEquals(webhookId)) == true;

    private static bool Is(JsonElement condition, string name, string value) =>
        condition.ValueKind == JsonValueKind.Object && condition.TryGetProperty(name, out var found)
        && found.ValueKind == JsonValueKind.String && found.ValueEquals(value);
}
