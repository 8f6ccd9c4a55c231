using System.Text.Json.Serialization;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>How Freshdesk spells its JSON. It answers lists without an object around them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FreshdeskTicket))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskTicket>))]
[JsonSerializable(typeof(FreshdeskConversation))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskConversation>))]
[JsonSerializable(typeof(FreshdeskUpdate))]
[JsonSerializable(typeof(FreshdeskNote))]
[JsonSerializable(typeof(FreshdeskSummary))]
[JsonSerializable(typeof(FreshdeskSearchPage))]
[JsonSerializable(typeof(FreshdeskAgent))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskAgent>))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskCustomer>))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskGroup>))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskSkill>))]
[JsonSerializable(typeof(FreshdeskField))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskField>))]
[JsonSerializable(typeof(FreshdeskNewField))]
[JsonSerializable(typeof(FreshdeskFieldChoices))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskCategory>))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskFolder>))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskArticle>))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskResponseFolder>))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskResponse>))]
[JsonSerializable(typeof(IReadOnlyList<FreshdeskRating>))]
[JsonSerializable(typeof(FreshdeskRules))]
[JsonSerializable(typeof(FreshdeskRule))]
[JsonSerializable(typeof(FreshdeskNewRule))]
internal sealed partial class FreshdeskJson : JsonSerializerContext;
