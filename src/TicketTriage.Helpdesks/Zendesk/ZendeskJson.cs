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
[JsonSerializable(typeof(ZendeskUpdate))]
[JsonSerializable(typeof(ZendeskUpdateAnswer))]
[JsonSerializable(typeof(ZendeskTokenRequest))]
[JsonSerializable(typeof(ZendeskTokenAnswer))]
internal sealed partial class ZendeskJson : JsonSerializerContext;
