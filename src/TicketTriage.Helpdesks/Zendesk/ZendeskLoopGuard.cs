using System.Text.Json;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>
/// The trigger that calls the webhook where tickets can't be subscribed to. Two of its conditions keep this service from hearing of
/// itself, each by itself enough: the author of the change, and the tag that a triaged ticket carries.
/// </summary>
internal static class ZendeskLoopGuard
{
    private const string CallWebhook = "notification_webhook";

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

    /// <summary>True for a trigger, ours or an administrator's, that calls the webhook.</summary>
    public static bool Calls(ZendeskTrigger trigger, string? webhookId) =>
        trigger.Actions?.Any(action => action is { Field: CallWebhook, Value: { ValueKind: JsonValueKind.Array } value }
            && value.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } id
            && id.ValueEquals(webhookId)) == true;
}
