using System.Text.Json;

namespace TicketTriage.Helpdesks.Freshdesk;

internal sealed record FreshdeskRules(IReadOnlyList<FreshdeskRule?>? Rules);

/// <summary>An automation rule as it is read. Actions have one shape for each kind.</summary>
/// <param name="Performer">An object of an account of today, a list of such in Freshdesk's own description.</param>
internal sealed record FreshdeskRule(
    long? Id, string? Name, bool? Active, IReadOnlyList<JsonElement>? Actions, JsonElement? Performer = null);

/// <summary>An automation rule as it is made.</summary>
/// <param name="Performer">Who has to act; for rules on updates only, as are <paramref name="Events"/>.</param>
internal sealed record FreshdeskNewRule(
    string Name,
    bool Active,
    FreshdeskPerformer? Performer,
    IReadOnlyList<FreshdeskRuleEvent>? Events,
    IReadOnlyList<FreshdeskRuleConditions> Conditions,
    IReadOnlyList<FreshdeskWebhookAction> Actions);

/// <param name="Type">1 agent, 2 requester, 3 either, 4 the system.</param>
internal sealed record FreshdeskPerformer(int Type);

internal sealed record FreshdeskRuleEvent(string FieldName, string? Value = null)
{
    /// <summary>Freshdesk's word for whatever value.</summary>
    public const string Any = "--";

    public string? From { get; init; }

    public string? To { get; init; }
}

internal sealed record FreshdeskRuleConditions(string Name, string MatchType, IReadOnlyList<FreshdeskRuleCondition> Properties);

internal sealed record FreshdeskRuleCondition(string ResourceType, string FieldName, string Operator, IReadOnlyList<int> Value);

/// <param name="ContentLayout">2: the body as it stands in <paramref name="Content"/>.</param>
internal sealed record FreshdeskWebhookAction(
    string FieldName,
    string RequestType,
    string Url,
    string ContentType,
    string ContentLayout,
    IReadOnlyDictionary<string, string> Content,
    IReadOnlyDictionary<string, string> CustomHeaders);

/// <summary>A ticket field as it is made.</summary>
internal sealed record FreshdeskNewField(
    string Label,
    string LabelForCustomers,
    string Type,
    bool CustomersCanEdit,
    bool DisplayedToCustomers,
    IReadOnlyList<FreshdeskChoice>? Choices);

/// <summary>The choices of a field as they shall be: those that are there by their ids, new ones without.</summary>
internal sealed record FreshdeskFieldChoices(IReadOnlyList<FreshdeskChoice> Choices);

internal sealed record FreshdeskChoice(string Value, int Position, long? Id = null);
