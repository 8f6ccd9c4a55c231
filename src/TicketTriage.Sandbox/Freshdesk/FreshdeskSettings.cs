using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>The API's calls about fields, service levels and automation rules.</summary>
internal sealed class FreshdeskSettings(TicketDesk desk, FreshdeskRules rules, DateTimeOffset accountSince)
{
    private const long FirstDefaultFieldId = 8_447_410_000_001;
    private const long SlaPolicyId = 8_447_620_000_001;

    private static readonly string[] RuleLists = ["actions", "conditions"];
    private static readonly string[] UpdateRuleLists = ["actions", "conditions", "events"];

    private readonly DateTime since = accountSince.UtcDateTime;

    public Answer ListFields(ApiRequest request)
    {
        var custom = desk.Fields.All.Where(field => field.IsActive).Select((field, place) => Write(field, place));
        IEnumerable<FieldWire> fields = [.. ListDefaults(), .. custom];
        return Answer.Json<IReadOnlyList<FieldWire>>(
            [.. fields.Where(field => request.Ask("type") is not { } type || field.Type == type)],
            FreshdeskJson.Default.IReadOnlyListFieldWire);
    }

    public Answer AddField(ApiRequest request)
    {
        if (FreshdeskTickets.Parse(request.Body) is not { } body)
        {
            return FreshdeskRefusal.NotJson();
        }

        var errors = new List<FieldErrorWire>();
        var label = ReadText(body, "label", errors);
        ReadText(body, "label_for_customers", errors);
        var kind = FreshdeskWords.KindOf(ReadText(body, "type", errors));
        if (kind is null && errors.TrueForAll(error => error.Field != "type"))
        {
            errors.Add(new("type", "It is no type that a custom field can have.", "invalid_value"));
        }

        if (desk.Fields.All.Any(field => string.Equals(field.Title, label, StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add(new("label", "Another field has this label.", "duplicate_value"));
        }

        string[] choices = ReadChoices(body);
        if (kind == SandboxFieldKind.Choice && choices.Length == 0)
        {
            errors.Add(new("choices", "A dropdown needs choices, each with a value.", "missing_field"));
        }

        if (errors.Count > 0 || kind is not { } known)
        {
            return FreshdeskRefusal.Invalid(errors);
        }

        var added = Write(desk.Fields.Add(new(label, known, choices)), desk.Fields.All.Count - 1);
        return Answer.Json(added with { Choices = ListNewChoices(choices) }, FreshdeskJson.Default.FieldWire, StatusCodes.Status201Created);
    }

    public Answer ListSlaPolicies(ApiRequest request)
    {
        var targets = new JsonObject();
        foreach (var (code, word, _) in FreshdeskWords.Priorities)
        {
            var (first, resolution) = Deadlines.Targets[word];
            targets[$"priority_{code}"] = new JsonObject
            {
                ["respond_within"] = (long)first.TotalSeconds,
                ["resolve_within"] = (long)resolution.TotalSeconds,
                ["business_hours"] = false,
                ["escalation_enabled"] = true,
            };
        }

        return Json(new JsonArray(new JsonObject
        {
            ["id"] = SlaPolicyId,
            ["name"] = "Default SLA Policy",
            ["description"] = "For every ticket",
            ["active"] = true,
            ["is_default"] = true,
            ["position"] = 1,
            ["sla_target"] = targets,
            ["applicable_to"] = new JsonObject(),
            ["escalation"] = new JsonObject(),
            ["created_at"] = since,
            ["updated_at"] = since,
        }));
    }

    public Answer ListRules(ApiRequest request) => FreshdeskRules.IsType(request.Id)
        ? Json(new JsonObject { ["rules"] = new JsonArray([.. rules.List(request.Id)]) })
        : FreshdeskRefusal.NotFound();

    public Answer AddRule(ApiRequest request)
    {
        if (!FreshdeskRules.IsType(request.Id))
        {
            return FreshdeskRefusal.NotFound();
        }

        if (FreshdeskTickets.Parse(request.Body) is not { } body)
        {
            return FreshdeskRefusal.NotJson();
        }

        var errors = new List<FieldErrorWire>();
        ReadText(body, "name", errors);
        foreach (var list in request.Id == FreshdeskRules.OnUpdate ? UpdateRuleLists : RuleLists)
        {
            if (!body.TryGetProperty(list, out var value) || value.ValueKind != JsonValueKind.Array)
            {
                errors.Add(new(list, "The field is missing, or not a list.", "missing_field"));
            }
        }

        return errors.Count > 0
            ? FreshdeskRefusal.Invalid(errors)
            : Json(rules.Add(request.Id, body), StatusCodes.Status201Created);
    }

    public static Answer ListRatings(ApiRequest request) => Json(new JsonArray());

    private static Answer Json(JsonNode node, int status = StatusCodes.Status200OK) =>
        Answer.Json(node, FreshdeskJson.Default.JsonNode, status);

    private static string ReadText(JsonElement body, string name, List<FieldErrorWire> errors)
    {
        if (body.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        errors.Add(new(name, "The field is missing or blank.", "missing_field"));
        return "";
    }

    private static string[] ReadChoices(JsonElement body) =>
        !body.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array
            ? []
            :
            [
                .. choices.EnumerateArray()
                    .Where(choice => choice.ValueKind == JsonValueKind.Object && choice.TryGetProperty("value", out _))
                    .Select(choice => choice.GetProperty("value").ToString()),
            ];

    /// <summary>The answer to a new field lists its choices as objects, other than the list of fields.</summary>
    private static JsonArray? ListNewChoices(string[] choices) => choices.Length == 0
        ? null
        : new JsonArray([.. choices.Select((choice, place) => new JsonObject
        {
            ["id"] = FirstDefaultFieldId + 1_000 + place,
            ["position"] = place + 1,
            ["value"] = choice,
            ["choices"] = new JsonArray(),
        })]);

    private IEnumerable<FieldWire> ListDefaults()
    {
        yield return Default(1, "requester", "Search a requester", "Requester", "default_requester", null);
        yield return Default(2, "subject", "Subject", "Subject", "default_subject", null);
        yield return Default(3, "ticket_type", "Type", "Type", "default_ticket_type", Texts(desk.Habits.Types));
        yield return Default(4, "status", "Status", "Status", "default_status", ListStatuses());
        yield return Default(
            5, "priority", "Priority", "Priority", "default_priority",
            Numbers(FreshdeskWords.Priorities.Select(priority => (priority.Label, (long)priority.Code))));
        yield return Default(
            6, "group", "Group", "Group", "default_group", Numbers(desk.People.Groups.Select(group => (group.Name, group.Id))));
        yield return Default(
            7, "agent", "Agent", "Assigned to", "default_agent", Numbers(desk.People.Staff.Select(agent => (agent.Name, agent.Id))));
        yield return Default(8, "description", "Description", "Description", "default_description", null);
    }

    private FieldWire Default(int position, string name, string label, string labelForCustomers, string type, JsonNode? choices) => new()
    {
        Id = FirstDefaultFieldId + position,
        Name = name,
        Label = label,
        LabelForCustomers = labelForCustomers,
        Position = position,
        Type = type,
        Default = true,
        Choices = choices,
        CreatedAt = since,
        UpdatedAt = since,
    };

    private static FieldWire Write(SandboxField field, int place) => new()
    {
        Id = field.Id,
        Name = FreshdeskUpdate.CustomPrefix + field.Name,
        Label = field.Title,
        LabelForCustomers = field.Title,
        Position = place + 9,
        Type = FreshdeskWords.TypeOf(field.Kind),
        Default = false,
        Choices = field.Kind == SandboxFieldKind.Choice ? Texts(field.Choices) : null,
        CreatedAt = field.CreatedAt.UtcDateTime,
        UpdatedAt = field.CreatedAt.UtcDateTime,
    };

    /// <summary>Of each status its name for agents and the one for customers.</summary>
    private static JsonObject ListStatuses() => new(FreshdeskWords.Statuses.Select(status =>
        KeyValuePair.Create<string, JsonNode?>($"{status.Code}", new JsonArray(status.Label, status.Label))));

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonObject Numbers(IEnumerable<(string Name, long Number)> choices) =>
        new(choices.Select(choice => KeyValuePair.Create<string, JsonNode?>(choice.Name, choice.Number)));
}
