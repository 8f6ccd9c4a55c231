using System.Globalization;
using System.Text.Json;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>The body of <c>PUT /tickets/{id}</c>, understood. Only what it names changes.</summary>
/// <param name="Unplanned">Properties that the vendor knows and the sandbox doesn't.</param>
internal sealed record FreshdeskUpdate(TicketEdit Edit, IReadOnlyList<string> Unplanned, IReadOnlyList<FieldErrorWire> Errors)
{
    public const string CustomPrefix = "cf_";

    /// <summary>Longer tags are refused; the vendor's documentation names the figure where tickets are created by message.</summary>
    private const int LongestTag = 32;

    private static readonly string[] UnplannedNames =
    [
        "attachments", "company_id", "description", "due_by", "email", "email_config_id", "facebook_id", "fr_due_by", "internal_agent_id",
        "internal_group_id", "lookup_parameter", "name", "parent_id", "phone", "product_id", "related_ticket_ids", "requester_id", "source",
        "twitter_id", "unique_external_id",
    ];

    private static readonly string[] ReadOnlyNames =
        ["created_at", "deleted", "description_text", "fr_escalated", "id", "is_escalated", "spam", "updated_at"];

    public static FreshdeskUpdate Read(JsonElement body, TicketDesk desk) => new Reader(desk).Read(body);

    private sealed class Reader(TicketDesk desk)
    {
        private readonly List<string> unplanned = [];
        private readonly List<FieldErrorWire> errors = [];
        private TicketEdit edit = new();

        public FreshdeskUpdate Read(JsonElement body)
        {
            foreach (var property in body.EnumerateObject())
            {
                Read(property.Name, property.Value);
            }

            return new(edit, unplanned, errors);
        }

        private void Read(string name, JsonElement value)
        {
            switch (name)
            {
                case "subject":
                    edit = edit with { Subject = ReadText(name, value) ?? "" };
                    break;
                case "status" when ReadCode(name, value, FreshdeskWords.Statuses) is { } status:
                    edit = edit with { Status = status };
                    break;
                case "priority" when ReadCode(name, value, FreshdeskWords.Priorities) is { } priority:
                    edit = edit with { Priority = new(priority) };
                    break;
                case "status" or "priority":
                    break;
                case "type":
                    edit = edit with { Type = new(ReadChoice(name, value, desk.Habits.Types)) };
                    break;
                case "group_id":
                    edit = edit with { GroupId = new(ReadId(name, value, id => desk.People.FindGroup(id) is not null)) };
                    break;
                case "responder_id":
                    edit = edit with { AssigneeId = new(ReadId(name, value, id => desk.People.FindPerson(id) is { IsStaff: true })) };
                    break;
                case "tags":
                    edit = edit with { Tags = ReadTags(value) };
                    break;
                case "custom_fields":
                    edit = edit with { CustomFields = ReadFields(value) };
                    break;
                default:
                    ReadOther(name);
                    break;
            }
        }

        private void ReadOther(string name)
        {
            if (UnplannedNames.Contains(name))
            {
                unplanned.Add(name);
            }
            else if (ReadOnlyNames.Contains(name))
            {
                errors.Add(new(name, "The field can be read and not written.", "readonly_field"));
            }
            else
            {
                errors.Add(new(name, "Tickets have no field of this name.", "invalid_field"));
            }
        }

        private string? ReadText(string field, JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => Mismatch(field, "a text"),
        };

        private string? ReadCode(string field, JsonElement value, IReadOnlyList<(int Code, string Word, string Label)> known)
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var code))
            {
                return Mismatch(field, "a whole number");
            }

            var found = known.FirstOrDefault(choice => choice.Code == code);
            return found.Word ?? Invalid(field, $"It is one of {string.Join(", ", known.Select(choice => choice.Code))}.");
        }

        private string? ReadChoice(string field, JsonElement value, IReadOnlyList<string> choices)
        {
            var text = ReadText(field, value);
            return text is null || choices.Contains(text) ? text : Invalid(field, $"It is one of {string.Join(", ", choices)}.");
        }

        private long? ReadId(string field, JsonElement value, Func<long, bool> isKnown)
        {
            if (value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var id))
            {
                Mismatch(field, "a whole number");
                return null;
            }

            if (!isKnown(id))
            {
                Invalid(field, $"The account has none with the id {id}.");
            }

            return id;
        }

        private IReadOnlyList<string> ReadTags(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(tag => tag.ValueKind != JsonValueKind.String))
            {
                Mismatch("tags", "a list of texts");
                return [];
            }

            IReadOnlyList<string> tags = [.. value.EnumerateArray().Select(tag => tag.GetString() ?? "")];
            if (tags.Any(tag => tag.Length > LongestTag || tag.Contains(',')))
            {
                Invalid("tags", $"A tag has {LongestTag} characters at most, and no comma.");
            }

            return tags;
        }

        private Dictionary<string, string?> ReadFields(JsonElement value)
        {
            var fields = new Dictionary<string, string?>();
            if (value.ValueKind != JsonValueKind.Object)
            {
                Mismatch("custom_fields", "an object");
                return fields;
            }

            foreach (var property in value.EnumerateObject())
            {
                var known = property.Name.StartsWith(CustomPrefix, StringComparison.Ordinal)
                    ? desk.Fields.Find(property.Name[CustomPrefix.Length..])
                    : null;
                if (known is null)
                {
                    errors.Add(new($"custom_fields.{property.Name}", "Tickets have no custom field of this name.", "invalid_field"));
                }
                else
                {
                    fields[known.Name] = ReadField(known, $"custom_fields.{property.Name}", property.Value);
                }
            }

            return fields;
        }

        private string? ReadField(SandboxField field, string name, JsonElement value) => (field.Kind, value.ValueKind) switch
        {
            (_, JsonValueKind.Null) => null,
            (SandboxFieldKind.Text, _) => ReadText(name, value),
            (SandboxFieldKind.Choice, _) => ReadChoice(name, value, field.Choices),
            (SandboxFieldKind.Checkbox, JsonValueKind.True) => "true",
            (SandboxFieldKind.Checkbox, JsonValueKind.False) => "false",
            (SandboxFieldKind.Checkbox, _) => Mismatch(name, "true or false"),
            (SandboxFieldKind.Number, JsonValueKind.Number) => value.GetDecimal().ToString(CultureInfo.InvariantCulture),
            (SandboxFieldKind.Number, _) => Mismatch(name, "a number"),
            (SandboxFieldKind.Date, JsonValueKind.String) => ReadDate(name, value.GetString()),
            (SandboxFieldKind.Date, _) => Mismatch(name, "a date"),
            _ => throw new InvalidOperationException($"The sandbox has no rule for fields of the kind {field.Kind}."),
        };

        private string? ReadDate(string field, string? text) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? text
                : Invalid(field, "It is a date such as 2026-11-22.");

        private string? Mismatch(string field, string expected)
        {
            errors.Add(new(field, $"It has to be {expected}.", "datatype_mismatch"));
            return null;
        }

        private string? Invalid(string field, string message)
        {
            errors.Add(new(field, message, "invalid_value"));
            return null;
        }
    }
}
