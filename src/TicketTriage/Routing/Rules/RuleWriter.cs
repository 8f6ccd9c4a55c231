using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace TicketTriage.Routing.Rules;

/// <summary>Writes a policy as a rule file, the same policy always in the same bytes: it can live in a repository.</summary>
public static class RuleWriter
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <returns>UTF-8.</returns>
    public static byte[] Write(RoutingPolicy policy)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("fallbackGroup", policy.FallbackGroup);
            json.WriteNumber("minConfidence", policy.MinConfidence);
            json.WriteStartArray("rules");
            foreach (var rule in policy.Rules)
            {
                Write(json, rule);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, TicketRule rule)
    {
        json.WriteStartObject();
        json.WriteString("name", rule.Name);
        WriteWhereGiven(json, "owner", rule.Owner);
        WriteWhereGiven(json, "note", rule.Note);
        WriteWhereGiven(json, "from", rule.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        WriteWhereGiven(json, "until", rule.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        WriteWhereAny(json, "before", rule.Before);
        if (rule.MinConfidence is { } least)
        {
            json.WriteNumber("minConfidence", least);
        }

        if (rule.When is not AllOf { Parts.Count: 0 })
        {
            json.WritePropertyName("when");
            Write(json, rule.When);
        }

        json.WritePropertyName("then");
        Write(json, rule.Then);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Condition condition)
    {
        json.WriteStartObject();
        switch (condition)
        {
            case AllOf all:
                Write(json, "all", all.Parts);
                break;
            case AnyOf any:
                Write(json, "any", any.Parts);
                break;
            case NoneOf none:
                Write(json, "none", none.Parts);
                break;
            case FieldTest test:
                Write(json, test);
                break;
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string word, IReadOnlyList<Condition> parts)
    {
        json.WriteStartArray(word);
        foreach (var part in parts)
        {
            Write(json, part);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, FieldTest test)
    {
        json.WriteString("field", test.Word);
        var name = RuleWords.Of(test.Operator);
        switch (test)
        {
            case { Field: RuleField.BusinessHours }:
                json.WriteBoolean(name, test.Values[0] == RuleWords.True);
                break;
            case { Operator: RuleOperator.Exists }:
                json.WriteBoolean(name, test.Number > 0);
                break;
            case { Operator: RuleOperator.AtLeast or RuleOperator.AtMost, Field: RuleField.Priority }:
                json.WriteString(name, RuleWords.Of((Helpdesks.TicketPriority)(int)test.Number));
                break;
            case { Operator: RuleOperator.AtLeast or RuleOperator.AtMost }:
                json.WriteNumber(name, test.Number);
                break;
            default:
                WriteWhereAny(json, name, test.Values);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, RuleActions actions)
    {
        json.WriteStartObject();
        WriteWhereGiven(json, "group", actions.Group);
        WriteWhereGiven(json, "agent", actions.Agent);
        if (actions.RequiredSkills.Count > 0)
        {
            json.WriteStartObject("requireSkills");
            foreach (var (skill, level) in actions.RequiredSkills)
            {
                json.WriteNumber(skill, level);
            }

            json.WriteEndObject();
        }

        WriteWhereAny(json, "preferSkills", actions.PreferredSkills);
        WriteWhereGiven(json, "priorityAtLeast", actions.PriorityAtLeast is { } least ? RuleWords.Of(least) : null);
        if (actions.IsHeld)
        {
            json.WriteBoolean("hold", true);
        }

        WriteWhereAny(json, "tags", actions.Tags);
        json.WriteEndObject();
    }

    private static void WriteWhereGiven(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteWhereAny(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
