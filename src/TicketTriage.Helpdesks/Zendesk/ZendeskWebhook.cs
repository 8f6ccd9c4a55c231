using System.Text.Json;

namespace TicketTriage.Helpdesks.Zendesk;

internal sealed record ZendeskWebhook
{
    /// <summary>In place of event types: the webhook is called by triggers. It can't be changed into the other kind.</summary>
    public const string CalledByTriggers = "conditional_ticket_events";

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? Endpoint { get; init; }

    public string? HttpMethod { get; init; }

    public string? RequestFormat { get; init; }

    public IReadOnlyList<string?>? Subscriptions { get; init; }
}

internal sealed record ZendeskWebhooksPage(IReadOnlyList<ZendeskWebhook?>? Webhooks, ZendeskPageMeta? Meta) : IZendeskPage;

internal sealed record ZendeskWebhookAnswer(ZendeskWebhook? Webhook);

internal sealed record ZendeskWebhookRequest(ZendeskWebhook Webhook);

internal sealed record ZendeskSecretAnswer(ZendeskSecret? SigningSecret);

internal sealed record ZendeskSecret(string? Algorithm, string? Secret);

internal sealed record ZendeskTriggersPage(IReadOnlyList<ZendeskTrigger?>? Triggers, ZendeskPageMeta? Meta) : IZendeskPage;

/// <param name="Conditions">As they are: administrators' own have values of every shape.</param>
internal sealed record ZendeskTrigger(
    long? Id, string? Title, bool? Active, IReadOnlyList<ZendeskMacroAction?>? Actions, JsonElement? Conditions = null);

internal sealed record ZendeskTriggerAnswer(ZendeskTrigger? Trigger);

internal sealed record ZendeskTriggerRequest(ZendeskNewTrigger Trigger);

internal sealed record ZendeskNewTrigger(
    string Title, string Description, ZendeskConditions Conditions, IReadOnlyList<ZendeskTriggerAction> Actions);

internal sealed record ZendeskConditions(IReadOnlyList<ZendeskCondition> All, IReadOnlyList<ZendeskCondition> Any);

/// <param name="Value"><see langword="null"/> where the operator takes none.</param>
internal sealed record ZendeskCondition(string Field, string Operator, string? Value = null);

internal sealed record ZendeskTriggerAction(string Field, IReadOnlyList<string> Value);
