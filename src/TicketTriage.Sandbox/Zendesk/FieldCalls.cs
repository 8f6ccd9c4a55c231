using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>The API's calls about ticket fields.</summary>
internal sealed class FieldCalls(TicketDesk desk, string address, DateTimeOffset accountSince)
{
    private const long FirstSystemFieldId = 8_447_410_000_001;
    private const long FirstOptionId = 8_447_430_000_001;

    private static readonly (string Type, string Title)[] SystemFields =
    [
        ("subject", "Subject"), ("description", "Description"), ("status", "Status"), ("tickettype", "Type"), ("priority", "Priority"),
        ("group", "Group"), ("assignee", "Assignee"),
    ];

    public Answer List(ApiRequest request) => ZendeskList.Answer(
        request, address, "ticket_fields",
        [
            .. SystemFields.Select((field, place) =>
                Write(FirstSystemFieldId + place, field.Type, field.Title, place, accountSince, isOurs: false)),
            .. desk.Fields.All.Select((field, place) => Write(field, SystemFields.Length + place)),
        ],
        field => field);

    public Answer Show(ApiRequest request) => desk.Fields.Find(request.Id) is { } field
        ? ZendeskList.Answer(new JsonObject { ["ticket_field"] = Write(field, SystemFields.Length) })
        : ZendeskRefusal.NotFound();

    public Answer Create(ApiRequest request)
    {
        if (ZendeskBody.Read(request.Body, "ticket_field") is not { } wanted)
        {
            return ZendeskRefusal.Because(StatusCodes.Status400BadRequest, "BadRequest", "The body must be JSON with a ticket_field.");
        }

        var title = ZendeskBody.Text(wanted, "title");
        var kind = KindOf(ZendeskBody.Text(wanted, "type"));
        if (string.IsNullOrWhiteSpace(title))
        {
            return ZendeskRefusal.Invalid([new("title", "Title: cannot be blank", "BlankValue")]);
        }

        if (kind is not { } known)
        {
            return ZendeskRefusal.Invalid([new("type", "Type: is not a type that a ticket field can have", "InvalidValue")]);
        }

        var names = ReadOptions(wanted);
        string[] options = [.. names.Keys];
        if (known == SandboxFieldKind.Choice && options.Length == 0)
        {
            return ZendeskRefusal.Invalid([new("custom_field_options", "Custom field options: cannot be blank", "BlankValue")]);
        }

        if (FindDoubled(options, except: null) is { } refusal)
        {
            return refusal;
        }

        var added = desk.Fields.Add(new(title, known, options)
        {
            Description = ZendeskBody.Text(wanted, "agent_description") ?? "",
            ChoiceNames = names,
        });
        return ZendeskList.Answer(new JsonObject { ["ticket_field"] = Write(added, SystemFields.Length) }, StatusCodes.Status201Created);
    }

    /// <summary>Options that are not sent again are gone.</summary>
    public Answer Change(ApiRequest request)
    {
        if (desk.Fields.Find(request.Id) is not { } field)
        {
            return ZendeskRefusal.NotFound();
        }

        if (ZendeskBody.Read(request.Body, "ticket_field") is not { } wanted)
        {
            return ZendeskRefusal.Because(StatusCodes.Status400BadRequest, "BadRequest", "The body must be JSON with a ticket_field.");
        }

        var names = wanted.TryGetProperty("custom_field_options", out _) ? ReadOptions(wanted) : null;
        if (names is not null && FindDoubled([.. names.Keys], field) is { } refusal)
        {
            return refusal;
        }

        var changed = field with
        {
            Title = ZendeskBody.Text(wanted, "title") ?? field.Title,
            Description = ZendeskBody.Text(wanted, "agent_description") ?? field.Description,
            IsActive = wanted.TryGetProperty("active", out var active) ? active.ValueKind == JsonValueKind.True : field.IsActive,
            Choices = names is null ? field.Choices : [.. names.Keys],
            ChoiceNames = names ?? field.ChoiceNames,
        };
        desk.Fields.Replace(changed);
        return ZendeskList.Answer(new JsonObject { ["ticket_field"] = Write(changed, SystemFields.Length) });
    }

    /// <summary>A value is a tag, and the account has each tag in one dropdown only.</summary>
    private Answer? FindDoubled(string[] options, SandboxField? except)
    {
        var taken = desk.Fields.All
            .Where(field => field.Kind == SandboxFieldKind.Choice && field.Id != except?.Id)
            .SelectMany(field => field.Choices);
        return options.Intersect(taken).FirstOrDefault() is { } doubled
            ? ZendeskRefusal.Invalid([new("custom_field_options", $"Tag {doubled} belongs to another field", "DuplicateValue")])
            : null;
    }

    private JsonObject Write(SandboxField field, int position)
    {
        var written = Write(field.Id, TypeOf(field.Kind), field.Title, position, field.CreatedAt, isOurs: true);
        written["active"] = field.IsActive;
        written["agent_description"] = field.Description;
        if (field.Kind == SandboxFieldKind.Choice)
        {
            written["custom_field_options"] = new JsonArray([.. field.Choices.Select((choice, place) => new JsonObject
            {
                ["id"] = FirstOptionId + (field.Id % 1_000 * 1_000) + place,
                ["name"] = field.ChoiceNames.GetValueOrDefault(choice, choice),
                ["raw_name"] = field.ChoiceNames.GetValueOrDefault(choice, choice),
                ["value"] = choice,
                ["default"] = false,
            })]);
        }

        return written;
    }

    private JsonObject Write(long id, string type, string title, int position, DateTimeOffset since, bool isOurs) => new()
    {
        ["url"] = $"{address}/api/v2/ticket_fields/{id}.json",
        ["id"] = id,
        ["type"] = type,
        ["title"] = title,
        ["raw_title"] = title,
        ["description"] = title,
        ["raw_description"] = title,
        ["position"] = position,
        ["active"] = true,
        ["required"] = false,
        ["collapsed_for_agents"] = false,
        ["regexp_for_validation"] = null,
        ["title_in_portal"] = title,
        ["raw_title_in_portal"] = title,
        ["visible_in_portal"] = !isOurs,
        ["editable_in_portal"] = !isOurs,
        ["required_in_portal"] = false,
        ["tag"] = null,
        ["created_at"] = ZendeskList.Time(since),
        ["updated_at"] = ZendeskList.Time(since),
        ["removable"] = isOurs,
        ["agent_description"] = "",
    };

    /// <returns>The options' names by their values.</returns>
    private static Dictionary<string, string> ReadOptions(JsonElement wanted)
    {
        var names = new Dictionary<string, string>();
        foreach (var option in ZendeskBody.List(wanted, "custom_field_options"))
        {
            if (ZendeskBody.Text(option, "value") is { } value)
            {
                names[value] = ZendeskBody.Text(option, "name") ?? value;
            }
        }

        return names;
    }

    private static string TypeOf(SandboxFieldKind kind) => kind switch
    {
        SandboxFieldKind.Text => "text",
        SandboxFieldKind.Choice => "tagger",
        SandboxFieldKind.Number => "decimal",
        SandboxFieldKind.Checkbox => "checkbox",
        SandboxFieldKind.Date => "date",
    };

    private static SandboxFieldKind? KindOf(string? type) => type switch
    {
        "text" or "textarea" or "regexp" => SandboxFieldKind.Text,
        "tagger" => SandboxFieldKind.Choice,
        "integer" or "decimal" => SandboxFieldKind.Number,
        "checkbox" => SandboxFieldKind.Checkbox,
        "date" => SandboxFieldKind.Date,
        _ => null,
    };
}
