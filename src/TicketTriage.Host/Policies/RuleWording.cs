using System.Text.Json.Nodes;
using TicketTriage.Host.Pages;

namespace TicketTriage.Host.Policies;

/// <summary>Tells a rule in the reader's language: what it asks for, and what it does. Names that people gave stay as they are.</summary>
internal sealed class RuleWording(Words say)
{
    /// <summary>Fields whose values are words of closed lists, which have a word in each language.</summary>
    private static readonly string[] Closed = ["priority", "sentiment", "signals", "intent", "product", "language"];

    public string When(JsonNode? condition)
    {
        if (condition is not JsonObject test)
        {
            return "";
        }

        foreach (var (word, between) in ((string, string)[])[("all", "and"), ("any", "or"), ("none", "nor")])
        {
            if (test[word] is JsonArray parts)
            {
                var told = string.Join($" {say[between]} ", parts.OfType<JsonObject>()
                    .Select(part => part.ContainsKey("field") ? When(part) : $"({When(part)})"));
                return word == "none" ? $"{say["neither"]} {told}" : told;
            }
        }

        var field = Text(test["field"]);
        var (asked, value) = test.FirstOrDefault(member => member.Key != "field");
        return asked == "exists"
            ? $"{say[field]} {say[IsTrue(value) ? "is there" : "is not there"]}"
            : $"{say[field]} {OperatorOf(asked)} {ValueOf(field, value)}";
    }

    public string Then(JsonNode? actions) => actions is not JsonObject then
        ? ""
        : string.Join(" · ", then.Select(action => action.Key switch
        {
            "group" => say.Of("to the group {0}", Text(action.Value)),
            "agent" => say.Of("to the agent {0}", Text(action.Value)),
            "requireSkills" => say.Of("needs {0}", Text(action.Value)),
            "preferSkills" => say.Of("prefers {0}", Text(action.Value)),
            "priorityAtLeast" => say.Of("priority at least {0}", say[Text(action.Value)]),
            "hold" => IsTrue(action.Value) ? say["held for a person"] : "",
            "tags" => say.Of("tags: {0}", Text(action.Value)),
            _ => $"{action.Key}: {Text(action.Value)}",
        }).Where(told => told.Length > 0));

    public static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonArray list => string.Join(", ", list.Select(Text)),
        JsonObject named => string.Join(", ", named.Select(member => $"{member.Key} {Text(member.Value)}")),
        _ => value.ToString(),
    };

    private string ValueOf(string field, JsonNode? value) => field == "businessHours" ? say[IsTrue(value) ? "yes" : "no"]
        : !Closed.Contains(field) ? Text(value)
        : value is JsonArray list ? string.Join(", ", list.Select(one => say[Text(one)]))
        : say[Text(value)];

    private string OperatorOf(string? word) => word switch
    {
        "is" => say["is"],
        "isNot" => say["is not"],
        "atLeast" => "≥",
        "atMost" => "≤",
        _ => word ?? "",
    };

    private static bool IsTrue(JsonNode? value) => value?.GetValueKind() == System.Text.Json.JsonValueKind.True;
}
