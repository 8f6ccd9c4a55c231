using System.Text.Json.Serialization;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>How Zendesk spells its JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ZendeskTicketAnswer))]
[JsonSerializable(typeof(ZendeskCommentsPage))]
[JsonSerializable(typeof(ZendeskAuditsPage))]
[JsonSerializable(typeof(ZendeskUserAnswer))]
[JsonSerializable(typeof(ZendeskGroupsPage))]
[JsonSerializable(typeof(ZendeskExportPage))]
[JsonSerializable(typeof(ZendeskTicketsPage))]
[JsonSerializable(typeof(ZendeskFieldsPage))]
[JsonSerializable(typeof(ZendeskFieldRequest))]
[JsonSerializable(typeof(ZendeskFieldAnswer))]
[JsonSerializable(typeof(ZendeskUsersPage))]
[JsonSerializable(typeof(ZendeskMembershipsPage))]
[JsonSerializable(typeof(ZendeskAttributesAnswer))]
[JsonSerializable(typeof(ZendeskAttributeValuesAnswer))]
[JsonSerializable(typeof(ZendeskSkillsPage))]
[JsonSerializable(typeof(ZendeskAvailabilityPage))]
[JsonSerializable(typeof(ZendeskCount))]
[JsonSerializable(typeof(ZendeskSlas))]
[JsonSerializable(typeof(ZendeskMetricEventsPage))]
[JsonSerializable(typeof(ZendeskArticlesPage))]
[JsonSerializable(typeof(ZendeskMacrosPage))]
[JsonSerializable(typeof(ZendeskWebhooksPage))]
[JsonSerializable(typeof(ZendeskWebhookRequest))]
[JsonSerializable(typeof(ZendeskWebhookAnswer))]
[JsonSerializable(typeof(ZendeskSecretAnswer))]
[JsonSerializable(typeof(ZendeskTriggersPage))]
[JsonSerializable(typeof(ZendeskTriggerRequest))]
[JsonSerializable(typeof(ZendeskTriggerAnswer))]
[JsonSerializable(typeof(ZendeskUpdate))]
[JsonSerializable(typeof(ZendeskUpdateAnswer))]
[JsonSerializable(typeof(ZendeskTokenRequest))]
[JsonSerializable(typeof(ZendeskTokenAnswer))]
internal sealed partial class ZendeskJson : JsonSerializerContext;
