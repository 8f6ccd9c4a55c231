using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>The API's calls about ticket fields: a list for every agent, and the administrators' own calls with other forms.</summary>
internal sealed class FreshdeskFields(TicketDesk desk, DateTimeOffset accountSince)
{
    private const long FirstDefaultFieldId = 8_447_410_000_001;
    private const int MostChoices = 1_000;

    private readonly DateTime since = accountSince.UtcDateTime;

    /// <summary>With their choices, each kind of field in a form of its own.</summary>
    public Answer List(ApiRequest request)
    {
        IEnumerable<FieldWire> fields = [.. ListDefaults(), .. ListCustom(field => Texts(field.Choices))];
        return Answer.Json<IReadOnlyList<FieldWire>>(
            [.. fields.Where(field => request.Ask("type") is not { } type || field.Type == type)],
            FreshdeskJson.Default.IReadOnlyListFieldWire);
    }

    /// <summary>Without choices: those stand with the single field.</summary>
    public Answer ListForAdmins(ApiRequest request) => Answer.Json<IReadOnlyList<FieldWire>>(
        [.. ListDefaults().Select(field => field with { Choices = null }), .. ListCustom(_ => null)],
        FreshdeskJson.Default.IReadOnlyListFieldWire);

    public Answer ShowForAdmins(ApiRequest request) => desk.Fields.Find(request.Id) is { } field
        ? Answer.Json(WriteWhole(field), FreshdeskJson.Default.FieldWire)
        : FreshdeskRefusal.NotFound();

    public Answer Add(ApiRequest request)
    {
        if (FreshdeskTickets.Parse(request.Body) is not { } body)
        {
            return FreshdeskRefusal.NotJson();
        }

        var errors = new List<FieldErrorWire>();
        var label = FreshdeskSettings.ReadText(body, "label", errors);
        FreshdeskSettings.ReadText(body, "label_for_customers", errors);
        var kind = FreshdeskWords.KindOf(FreshdeskSettings.ReadText(body, "type", errors));
        if (kind is null && errors.TrueForAll(error => error.Field != "type"))
        {
            errors.Add(new("type", "It is no type that a custom field can have.", "invalid_value"));
        }

        if (desk.Fields.All.Any(field => string.Equals(field.Title, label, StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add(new("label", "Another field has this label.", "duplicate_value"));
        }

        string[] choices = [.. ReadChoices(body).Select(choice => choice.Value).OfType<string>()];
        if (kind == SandboxFieldKind.Choice && choices.Length == 0)
        {
            errors.Add(new("choices", "A dropdown needs choices, each with a value.", "missing_field"));
        }

        return errors.Count > 0 || kind is not { } known
            ? FreshdeskRefusal.Invalid(errors)
            : Answer.Json(
                WriteWhole(desk.Fields.Add(new(label, known, choices))), FreshdeskJson.Default.FieldWire, StatusCodes.Status201Created);
    }

    /// <summary>Choices that are named by their id are renamed or removed, the others are added.</summary>
    public Answer Change(ApiRequest request)
    {
        if (desk.Fields.Find(request.Id) is not { } field)
        {
            return FreshdeskRefusal.NotFound();
        }

        if (FreshdeskTickets.Parse(request.Body) is not { } body)
        {
            return FreshdeskRefusal.NotJson();
        }

        var choices = field.Choices.Select((choice, place) => (Id: ChoiceId(field, place), Value: choice)).ToList();
        foreach (var (id, value, isDeleted) in ReadChoices(body))
        {
            var place = choices.FindIndex(choice => choice.Id == id);
            if (id is not null && place < 0)
            {
                return FreshdeskRefusal.Invalid("choices", $"The field has no choice with the id {id}.", "invalid_value");
            }

            if (isDeleted)
            {
                choices.RemoveAt(place);
            }
            else if (value is not null && place >= 0)
            {
                choices[place] = (choices[place].Id, value);
            }
            else if (value is not null && choices.TrueForAll(choice => choice.Value != value))
            {
                choices.Add((0, value));
            }
        }

        var changed = field with { Choices = [.. choices.Select(choice => choice.Value)] };
        desk.Fields.Replace(changed);
        return Answer.Json(WriteWhole(changed), FreshdeskJson.Default.FieldWire);
    }

    private FieldWire WriteWhole(SandboxField field)
    {
        var place = desk.Fields.All.ToList().FindIndex(known => known.Id == field.Id);
        return Write(field, place, field.Kind == SandboxFieldKind.Choice ? ListChoices(field) : null);
    }

    private static JsonArray ListChoices(SandboxField field) => new([.. field.Choices.Select((choice, place) => new JsonObject
    {
        ["id"] = ChoiceId(field, place),
        ["position"] = place + 1,
        ["value"] = choice,
        ["choices"] = new JsonArray(),
    })]);

    private static long ChoiceId(SandboxField field, int place) => (field.Id * MostChoices) + place;

    private static IEnumerable<(long? Id, string? Value, bool IsDeleted)> ReadChoices(JsonElement body)
    {
        if (!body.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var choice in choices.EnumerateArray().Where(choice => choice.ValueKind == JsonValueKind.Object))
        {
            yield return (
                choice.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number ? id.GetInt64() : null,
                choice.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null,
                choice.TryGetProperty("deleted", out var deleted) && deleted.ValueKind == JsonValueKind.True);
        }
    }

    private IEnumerable<FieldWire> ListCustom(Func<SandboxField, JsonNode?> choices) => desk.Fields.All
        .Where(field => field.IsActive)
        .Select((field, place) => Write(field, place, field.Kind == SandboxFieldKind.Choice ? choices(field) : null));

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

    private static FieldWire Write(SandboxField field, int place, JsonNode? choices) => new()
    {
        Id = field.Id,
        Name = FreshdeskUpdate.CustomPrefix + field.Name,
        Label = field.Title,
        LabelForCustomers = field.Title,
        Position = place + 9,
        Type = FreshdeskWords.TypeOf(field.Kind),
        Default = false,
        Choices = choices,
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
