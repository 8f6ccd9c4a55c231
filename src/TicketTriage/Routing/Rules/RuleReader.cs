using System.Globalization;
using System.Text.Json;
using TicketTriage.Helpdesks;

namespace TicketTriage.Routing.Rules;

/// <summary>Reads a rule file by hand, because a team lead wants all faults at once, each with its line and in plain words.</summary>
internal sealed class RuleReader
{
    private readonly List<RuleFault> faults = [];

    public IReadOnlyList<RuleFault> Faults => faults;

    /// <returns><see langword="null"/> where a fault was found.</returns>
    public RoutingPolicy? Read(LinedJson document)
    {
        string? fallback = null;
        var minConfidence = 0.5;
        var rules = new List<TicketRule>();
        foreach (var (name, line, value) in MembersOf(document, "the rule file"))
        {
            switch (name)
            {
                case "fallbackGroup":
                    fallback = Text(value, name);
                    break;
                case "minConfidence":
                    minConfidence = Share(value, name);
                    break;
                case "rules":
                    rules.AddRange(ItemsOf(value, name).Select(ReadRule));
                    break;
                default:
                    Fault(line, $"there is no {name} in a rule file; known are fallbackGroup, minConfidence and rules.");
                    break;
            }
        }

        if (string.IsNullOrWhiteSpace(fallback))
        {
            Fault(document.Line, "fallbackGroup is missing; name the triage group that gets what no rule decides.");
        }

        return faults.Count > 0 ? null : new RoutingPolicy { FallbackGroup = fallback ?? "", MinConfidence = minConfidence, Rules = rules };
    }

    private TicketRule ReadRule(LinedJson json)
    {
        var rule = new TicketRule { Name = "", When = new AllOf([]), Then = new RuleActions(), Line = json.Line };
        foreach (var (name, line, value) in MembersOf(json, "a rule"))
        {
            rule = name switch
            {
                "name" => rule with { Name = Text(value, name) },
                "owner" => rule with { Owner = Text(value, name) },
                "note" => rule with { Note = Text(value, name) },
                "from" => rule with { From = Day(value, name) },
                "until" => rule with { Until = Day(value, name) },
                "before" => rule with { Before = Texts(value, name) },
                "minConfidence" => rule with { MinConfidence = Share(value, name) },
                "when" => rule with { When = ReadCondition(value) },
                "then" => rule with { Then = ReadActions(value) },
                _ => Unknown(rule, line,
                    $"a rule has no {name}; known are name, owner, note, from, until, before, minConfidence, when and then."),
            };
        }

        return rule;
    }

    private Condition ReadCondition(LinedJson json)
    {
        var members = MembersOf(json, "a condition");
        if (members is [{ Name: "all" or "any" or "none" } only])
        {
            var parts = ItemsOf(only.Value, only.Name).Select(ReadCondition).ToList();
            if (parts.Count == 0)
            {
                Fault(only.Line, $"{only.Name} is empty; give at least one condition.");
            }

            return only.Name switch
            {
                "all" => new AllOf(parts) { Line = json.Line },
                "any" => new AnyOf(parts) { Line = json.Line },
                _ => new NoneOf(parts) { Line = json.Line },
            };
        }

        return ReadTest(json, members);
    }

    private Condition ReadTest(LinedJson json, IReadOnlyList<LinedMember> members)
    {
        var fieldMember = members.FirstOrDefault(member => member.Name == "field");
        var operators = members.Where(member => member.Name != "field").ToList();
        if (fieldMember is null || operators.Count != 1)
        {
            Fault(json.Line, $"a condition is all, any or none of others, or a field with one of {RuleWords.Operators}.");
            return new AllOf([]);
        }

        var word = Text(fieldMember.Value, "field");
        var (name, line, value) = operators[0];
        if (RuleWords.FindField(word) is not var (field, custom))
        {
            Fault(fieldMember.Line, $"there is no field {word}; known are {RuleWords.Fields}.");
            return new AllOf([]);
        }

        if (RuleWords.FindOperator(name) is not { } known)
        {
            Fault(line, $"there is no operator {name}; known are {RuleWords.Operators}.");
            return new AllOf([]);
        }

        if (!Suits(field, known))
        {
            Fault(line, $"{word} can't be asked with {name}.");
            return new AllOf([]);
        }

        var test = new FieldTest(field, custom, known) { Line = json.Line };
        return known switch
        {
            RuleOperator.Is or RuleOperator.IsNot => test with { Values = Values(value, word) },
            RuleOperator.Exists => test with { Number = Truth(value, name) ? 1 : 0 },
            RuleOperator.AtLeast or RuleOperator.AtMost =>
                test with { Number = field == RuleField.Priority ? (int)Priority(value, name) : Share(value, name) },
        };
    }

    private static bool Suits(RuleField field, RuleOperator known) => known switch
    {
        RuleOperator.AtLeast or RuleOperator.AtMost => field is RuleField.Priority or RuleField.Confidence,
        RuleOperator.Exists => field is not (RuleField.Priority or RuleField.Confidence or RuleField.BusinessHours),
        RuleOperator.Is or RuleOperator.IsNot => field != RuleField.Confidence,
    };

    private RuleActions ReadActions(LinedJson json)
    {
        var actions = new RuleActions();
        foreach (var (name, line, value) in MembersOf(json, "then"))
        {
            actions = name switch
            {
                "group" => actions with { Group = Text(value, name) },
                "agent" => actions with { Agent = Text(value, name) },
                "requireSkills" => actions with { RequiredSkills = Skills(value) },
                "preferSkills" => actions with { PreferredSkills = Texts(value, name) },
                "priorityAtLeast" => actions with { PriorityAtLeast = Priority(value, name) },
                "hold" => actions with { IsHeld = Truth(value, name) },
                "tags" => actions with { Tags = Texts(value, name) },
                _ => Unknown(
                    actions,
                    line,
                    $"there is no action {name}; known are group, agent, requireSkills, preferSkills, priorityAtLeast, hold and tags."),
            };
        }

        return actions;
    }

    private List<SkillNeed> Skills(LinedJson json)
    {
        var needs = new List<SkillNeed>();
        foreach (var (skill, line, value) in MembersOf(json, "requireSkills"))
        {
            if (value.Kind == JsonValueKind.Number && int.TryParse(value.Text, CultureInfo.InvariantCulture, out var level)
                && level is >= 1 and <= 5)
            {
                needs.Add(new SkillNeed(skill, level));
            }
            else
            {
                Fault(line, $"the skill {skill} needs a level from 1 to 5, such as {{ \"{skill}\": 3 }}.");
            }
        }

        return needs;
    }

    private List<string> Values(LinedJson json, string word)
    {
        if (word == RuleWords.Of(RuleField.BusinessHours))
        {
            return [Truth(json, word) ? RuleWords.True : RuleWords.False];
        }

        List<string> values = json.Kind == JsonValueKind.Array ? Texts(json, word) : [Text(json, word)];
        if (values.Count == 0)
        {
            Fault(json.Line, $"{word} is compared with nothing; give at least one value.");
        }

        foreach (var value in values)
        {
            if (word == RuleWords.Of(RuleField.Priority) && RuleWords.FindPriority(value) is null)
            {
                Fault(json.Line, $"{value} is no priority; write low, normal, high or urgent.");
            }
        }

        return values;
    }

    private IReadOnlyList<LinedMember> MembersOf(LinedJson json, string what)
    {
        if (json.Kind != JsonValueKind.Object)
        {
            Fault(json.Line, $"{what} has to be an object in braces.");
        }

        foreach (var twice in json.Members.GroupBy(member => member.Name).Where(same => same.Count() > 1))
        {
            Fault(twice.Last().Line, $"{twice.Key} stands twice in {what}.");
        }

        return json.Members;
    }

    private IReadOnlyList<LinedJson> ItemsOf(LinedJson json, string what)
    {
        if (json.Kind != JsonValueKind.Array)
        {
            Fault(json.Line, $"{what} has to be a list in brackets.");
        }

        return json.Items;
    }

    private List<string> Texts(LinedJson json, string what) => [.. ItemsOf(json, what).Select(item => Text(item, what))];

    private string Text(LinedJson json, string what)
    {
        if (json.Kind != JsonValueKind.String || string.IsNullOrWhiteSpace(json.Text))
        {
            Fault(json.Line, $"{what} has to be text in quotation marks.");
        }

        return json.Text;
    }

    private bool Truth(LinedJson json, string what)
    {
        if (json.Kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fault(json.Line, $"{what} has to be true or false.");
        }

        return json.Kind == JsonValueKind.True;
    }

    private double Share(LinedJson json, string what)
    {
        if (json.Kind == JsonValueKind.Number && double.TryParse(json.Text, CultureInfo.InvariantCulture, out var share)
            && share is >= 0 and <= 1)
        {
            return share;
        }

        Fault(json.Line, $"{what} has to be a number from 0 to 1.");
        return 0;
    }

    private TicketPriority Priority(LinedJson json, string what)
    {
        if (RuleWords.FindPriority(json.Text) is { } priority)
        {
            return priority;
        }

        Fault(json.Line, $"{what} has to be low, normal, high or urgent.");
        return TicketPriority.Low;
    }

    private DateOnly? Day(LinedJson json, string what)
    {
        if (DateOnly.TryParseExact(json.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Fault(json.Line, $"{what} has to be a day such as 2026-12-31.");
        return null;
    }

    private T Unknown<T>(T unchanged, int line, string reason)
    {
        Fault(line, reason);
        return unchanged;
    }

    private void Fault(int line, string reason) => faults.Add(new RuleFault(line, char.ToUpperInvariant(reason[0]) + reason[1..]));
}
