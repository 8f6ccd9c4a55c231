using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TicketTriage.Host.Pages;

namespace TicketTriage.Host.Policies;

/// <summary>
/// A rule as its form has it: a list of tests that all or any have to hold. What is nested deeper, or longer than anybody reads in rows, is
/// edited as JSON. Guarantee: a rule that is saved as its form shows it is the rule that it was.
/// </summary>
public sealed record RuleForm
{
    /// <summary>Rows without a word in them, for new tests.</summary>
    private const int EmptyTests = 2;

    /// <summary>A form with three fields for each stays well below the thousand that the server takes.</summary>
    private const int MostRows = 200;

    private static readonly string[] Numbers = ["atLeast", "atMost"];

    public string Name { get; init; } = "";

    public string Owner { get; init; } = "";

    public string Note { get; init; } = "";

    public string From { get; init; } = "";

    public string Until { get; init; } = "";

    public string MinConfidence { get; init; } = "";

    /// <summary><c>all</c> or <c>any</c>.</summary>
    public string Match { get; init; } = "all";

    public IReadOnlyList<RuleTest> Tests { get; init; } = [];

    /// <summary>The condition as JSON where it is nested; <see langword="null"/> where <see cref="Tests"/> say it all.</summary>
    public string? Nested { get; init; }

    public string Group { get; init; } = "";

    public string Agent { get; init; } = "";

    public string RequireSkills { get; init; } = "";

    public string PreferSkills { get; init; } = "";

    public string PriorityAtLeast { get; init; } = "";

    public bool Hold { get; init; }

    public string Tags { get; init; } = "";

    public string Before { get; init; } = "";

    public static RuleForm Of(JsonObject? rule)
    {
        var then = rule?["then"] as JsonObject;
        var (match, tests, nested) = Read(rule?["when"]);
        return new RuleForm
        {
            Name = Text(rule?["name"]),
            Owner = Text(rule?["owner"]),
            Note = Text(rule?["note"]),
            From = Text(rule?["from"]),
            Until = Text(rule?["until"]),
            MinConfidence = Text(rule?["minConfidence"]),
            Before = Text(rule?["before"]),
            Match = match,
            Tests = [.. tests, .. Enumerable.Repeat(new RuleTest("", "is", ""), EmptyTests)],
            Nested = nested,
            Group = Text(then?["group"]),
            Agent = Text(then?["agent"]),
            RequireSkills = then?["requireSkills"] is JsonObject skills
                ? string.Join(" ", skills.Select(skill => $"{skill.Key}:{skill.Value}"))
                : "",
            PreferSkills = Text(then?["preferSkills"]),
            PriorityAtLeast = Text(then?["priorityAtLeast"]),
            Hold = then?["hold"]?.GetValueKind() == JsonValueKind.True,
            Tags = Text(then?["tags"]),
        };
    }

    public static RuleForm Of(IFormCollection form)
    {
        var fields = form["field"];
        return new RuleForm
        {
            Name = form["name"].ToString().Trim(),
            Owner = form["owner"].ToString().Trim(),
            Note = form["note"].ToString().ReplaceLineEndings("\n").Trim(),
            From = form["from"].ToString().Trim(),
            Until = form["until"].ToString().Trim(),
            MinConfidence = form["minConfidence"].ToString().Trim(),
            Before = form["before"].ToString(),
            Match = form["match"] == "any" ? "any" : "all",
            Tests = [.. Enumerable.Range(0, fields.Count).Select(place => new RuleTest(
                fields[place] ?? "",
                form["operator"].ElementAtOrDefault(place) ?? "is",
                form["values"].ElementAtOrDefault(place)?.Trim() ?? ""))],
            Nested = form["nested"].ToString() is { Length: > 0 } nested ? nested : null,
            Group = form["group"].ToString().Trim(),
            Agent = form["agent"].ToString().Trim(),
            RequireSkills = form["requireSkills"].ToString(),
            PreferSkills = form["preferSkills"].ToString(),
            PriorityAtLeast = form["priorityAtLeast"].ToString(),
            Hold = form["hold"] == "on",
            Tags = form["tags"].ToString(),
        };
    }

    /// <exception cref="FormatException">A part can't be understood; the sentence says which.</exception>
    public JsonObject ToJson()
    {
        var rule = new JsonObject { ["name"] = Name };
        Put(rule, "owner", Owner);
        Put(rule, "note", Note);
        Put(rule, "from", From);
        Put(rule, "until", Until);
        PutList(rule, "before", Before);
        if (MinConfidence.Length > 0)
        {
            rule["minConfidence"] = double.TryParse(MinConfidence.Replace(',', '.'), CultureInfo.InvariantCulture, out var least)
                ? least
                : throw new FormatException($"{MinConfidence} is no number from 0 to 1, such as 0.7.");
        }

        if (ConditionJson() is { } condition)
        {
            rule["when"] = condition;
        }

        rule["then"] = ThenJson();
        return rule;
    }

    private JsonNode? ConditionJson()
    {
        if (Nested is not null)
        {
            try
            {
                return JsonNode.Parse(Nested);
            }
            catch (JsonException e)
            {
                throw new FormatException($"The condition is no JSON: {e.Message}", e);
            }
        }

        var tests = Tests.Where(test => test.Field.Length > 0).Select(TestJson).ToList();
        return tests.Count == 0 ? null : new JsonObject { [Match] = new JsonArray([.. tests]) };
    }

    private static JsonObject TestJson(RuleTest test) => new()
    {
        ["field"] = test.Field,
        [test.Operator] = ValueOf(test),
    };

    private static JsonNode? ValueOf(RuleTest test) =>
        test.Operator == "exists" || test.Field == "businessHours"
            ? JsonValue.Create(test.Values.ToLowerInvariant() is not ("no" or "nein" or "false" or "0"))
        : Numbers.Contains(test.Operator)
            ? double.TryParse(test.Values.Replace(',', '.'), CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number)
                : JsonValue.Create(test.Values)
        : new JsonArray([.. ValueList.Split(test.Values).Select(value => JsonValue.Create(value))]);

    private JsonObject ThenJson()
    {
        var then = new JsonObject();
        Put(then, "group", Group);
        Put(then, "agent", Agent);
        var skills = new JsonObject();
        foreach (var need in RequireSkills.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = need.Split(':');
            skills[parts[0]] = parts is [_, var level] && int.TryParse(level, CultureInfo.InvariantCulture, out var known)
                ? known
                : throw new FormatException($"{need} needs a level from 1 to 5, such as {parts[0]}:3.");
        }

        if (skills.Count > 0)
        {
            then["requireSkills"] = skills;
        }

        PutList(then, "preferSkills", PreferSkills);
        Put(then, "priorityAtLeast", PriorityAtLeast);
        if (Hold)
        {
            then["hold"] = true;
        }

        PutList(then, "tags", Tags);
        return then;
    }

    private static (string Match, IReadOnlyList<RuleTest> Tests, string? Nested) Read(JsonNode? when)
    {
        if (when is not JsonObject condition)
        {
            return ("all", [], null);
        }

        var isAny = condition["any"] is JsonArray;
        var parts = condition["all"] as JsonArray ?? condition["any"] as JsonArray;
        var tests = parts is null ? [when] : parts.ToList();
        return tests.Count <= MostRows && tests.TrueForAll(FitsARow)
            ? (isAny ? "any" : "all", [.. tests.OfType<JsonObject>().Select(TestOf)], null)
            : ("all", [], when.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    // Browsers change line ends, so a value with one in it would not come back as it was.
    private static bool FitsARow(JsonNode? test) => test is JsonObject { Count: 2 } one && one.ContainsKey("field")
        && one.All(member => !Text(member.Value).Contains('\n', StringComparison.Ordinal));

    private static RuleTest TestOf(JsonObject test)
    {
        var asked = test.First(member => member.Key != "field");
        var isText = asked.Value?.GetValueKind() == JsonValueKind.String && !Numbers.Contains(asked.Key);
        return new RuleTest(Text(test["field"]), asked.Key, isText ? ValueList.Join([Text(asked.Value)]) : Text(asked.Value));
    }

    private static void Put(JsonObject into, string name, string value)
    {
        if (value.Length > 0)
        {
            into[name] = value;
        }
    }

    private static void PutList(JsonObject into, string name, string values)
    {
        if (ValueList.Split(values) is { Length: > 0 } list)
        {
            into[name] = new JsonArray([.. list.Select(value => JsonValue.Create(value))]);
        }
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonArray list => ValueList.Join(list.Select(Text)),
        _ => value.ToString(),
    };
}

/// <summary>A row of the form: a field, how it is asked, and the values as <see cref="ValueList"/> has them.</summary>
public sealed record RuleTest(string Field, string Operator, string Values);
