using System.Globalization;
using System.Text.Json;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>The body of <c>PUT /tickets/{id}</c>, understood.</summary>
/// <param name="Metadata">As JSON, to be given back with the audit.</param>
/// <param name="ExpectedStamp"><see langword="null"/> where the caller overwrites whatever is there.</param>
/// <param name="Dropped">Properties that the vendor drops silently: unknown or read-only ones.</param>
/// <param name="Unplanned">Properties that the vendor knows and the sandbox doesn't.</param>
/// <param name="Faults">Properties whose values are of a wrong kind.</param>
internal sealed record TicketUpdate(
    TicketEdit Edit,
    string? Metadata,
    DateTimeOffset? ExpectedStamp,
    IReadOnlyList<string> Dropped,
    IReadOnlyList<string> Unplanned,
    IReadOnlyList<FieldFault> Faults)
{
    private static readonly string[] UnplannedNames =
    [
        "additional_collaborators", "assignee_email", "brand_id", "collaborator_ids", "collaborators",
        "custom_status_id", "due_at", "email_ccs", "external_id", "followers", "macro_id", "macro_ids", "organization_id", "requester",
        "requester_id", "sharing_agreement_ids", "ticket_form_id", "voice_comment",
    ];

    /// <returns>The update, or <see langword="null"/> where the body isn't an object with a ticket in it.</returns>
    public static TicketUpdate? Read(ReadOnlyMemory<byte> body, DeskFields fields)
    {
        return ZendeskBody.Read(body, "ticket") is { } ticket ? new Reader(fields).Read(ticket) : null;
    }

    private sealed class Reader(DeskFields fields)
    {
        private readonly List<string> dropped = [];
        private readonly List<string> unplanned = [];
        private readonly List<FieldFault> faults = [];
        private TicketEdit edit = new();
        private string? metadata;
        private string? stamp;
        private bool isSafe;

        public TicketUpdate Read(JsonElement ticket)
        {
            foreach (var property in ticket.EnumerateObject())
            {
                Read(property.Name, property.Value);
            }

            return new(edit, metadata, isSafe ? ParseStamp() : null, dropped, unplanned, faults);
        }

        private void Read(string name, JsonElement value)
        {
            switch (name)
            {
                case "subject":
                    edit = edit with { Subject = ReadText(name, value) ?? "" };
                    break;
                case "status":
                    edit = edit with { Status = ReadText(name, value) ?? "" };
                    break;
                case "priority":
                    edit = edit with { Priority = new(ReadText(name, value)) };
                    break;
                case "type":
                    edit = edit with { Type = new(ReadText(name, value)) };
                    break;
                case "group_id":
                    edit = edit with { GroupId = new(ReadId("group", value)) };
                    break;
                case "assignee_id":
                    edit = edit with { AssigneeId = new(ReadId("assignee", value)) };
                    break;
                case "tags":
                    edit = edit with { Tags = ReadTags(value) };
                    break;
                case "custom_fields" or "fields":
                    edit = edit with { CustomFields = ReadFields(value) };
                    break;
                case "problem_id":
                    edit = edit with { ProblemId = new(ReadId("problem_id", value)) };
                    break;
                case "attribute_value_ids":
                    edit = edit with { Skills = ReadSkills(value) };
                    break;
                case "comment":
                    edit = edit with { Comment = ReadComment(value) };
                    break;
                case "metadata":
                    metadata = value.ValueKind == JsonValueKind.Object ? value.GetRawText() : null;
                    break;
                case "safe_update":
                    // The vendor looks whether the property is there, not at its value: false protects like true.
                    isSafe = true;
                    break;
                case "updated_stamp":
                    stamp = ReadText(name, value);
                    break;
                default:
                    (UnplannedNames.Contains(name) ? unplanned : dropped).Add(name);
                    break;
            }
        }

        /// <summary>A missing or unreadable stamp fits no ticket: a caller that asks for protection never overwrites by mistake.</summary>
        private DateTimeOffset ParseStamp() =>
            DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at
                : DateTimeOffset.MinValue;

        private string? ReadText(string field, JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => Refuse(field, "text"),
        };

        private long? ReadId(string field, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var id))
            {
                return id;
            }

            Refuse(field, "a number");
            return null;
        }

        /// <summary>The vendor takes a list, and one text with spaces between the tags.</summary>
        private IReadOnlyList<string> ReadTags(JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    return [value.GetString() ?? ""];
                case JsonValueKind.Array when value.EnumerateArray().All(tag => tag.ValueKind == JsonValueKind.String):
                    return [.. value.EnumerateArray().Select(tag => tag.GetString() ?? "")];
                default:
                    Refuse("tags", "a list of texts");
                    return [];
            }
        }

        private IReadOnlyList<string>? ReadSkills(JsonElement value)
        {
            if (SkillCalls.ReadNames(value) is { } names)
            {
                return names;
            }

            Refuse("attribute_value_ids", "a list of ids");
            return null;
        }

        /// <summary>Fields that the account doesn't have are dropped like any unknown property.</summary>
        private Dictionary<string, string?> ReadFields(JsonElement value)
        {
            var values = new Dictionary<string, string?>();
            if (value.ValueKind != JsonValueKind.Array)
            {
                Refuse("custom_fields", "a list");
                return values;
            }

            foreach (var item in value.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("id", out var id) || !id.TryGetInt64(out var number))
                {
                    Refuse("custom_fields", "a list of objects with an id");
                }
                else if (fields.Find(number) is not { } field)
                {
                    dropped.Add(string.Create(CultureInfo.InvariantCulture, $"custom_fields.{number}"));
                }
                else
                {
                    values[field.Name] = item.TryGetProperty("value", out var given) ? ReadValue(given) : null;
                }
            }

            return values;
        }

        private string? ReadValue(JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Null:
                    return null;
                case JsonValueKind.String or JsonValueKind.Number:
                    return $"{value}";
                case JsonValueKind.True:
                    return "true";
                case JsonValueKind.False:
                    return "false";
                default:
                    unplanned.Add("custom_fields with a list or an object");
                    return null;
            }
        }

        private NewComment? ReadComment(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                Refuse("comment", "an object");
                return null;
            }

            string? body = null;
            string? html = null;
            var isPublic = true;
            foreach (var property in value.EnumerateObject())
            {
                switch (property.Name)
                {
                    case "body":
                        body = ReadText("comment", property.Value);
                        break;
                    case "html_body":
                        html = ReadText("comment", property.Value);
                        break;
                    case "public" when property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                        isPublic = property.Value.GetBoolean();
                        break;
                    case "public":
                        Refuse("comment", "public or not");
                        break;
                    default:
                        (property.Name is "author_id" or "uploads" ? unplanned : dropped).Add($"comment.{property.Name}");
                        break;
                }
            }

            var isEmpty = string.IsNullOrWhiteSpace(html) && string.IsNullOrWhiteSpace(body);
            return isEmpty ? null : new() { Body = html is null ? body : null, HtmlBody = html, IsPublic = isPublic };
        }

        private string? Refuse(string field, string expected)
        {
            faults.Add(new(field, $"{field} must be {expected}", "InvalidValue"));
            return null;
        }
    }
}
