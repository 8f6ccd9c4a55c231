using TicketTriage.Agents;
using TicketTriage.Policies;
using TicketTriage.Routing.Matching;
using TicketTriage.Understanding;

namespace TicketTriage.Routing.Rules;

/// <summary>
/// Finds what is wrong with rules before they are used. What can't be meant is a fault and refused; a rule that never has a say is a
/// warning, because the others still do what they say.
/// </summary>
public static class RuleLint
{
    private static readonly string[] Sentiments = ["negative", "neutral", "positive"];

    /// <param name="known">Names that exist; a list that is <see langword="null"/> is not looked at.</param>
    public static IReadOnlyList<RuleFault> Find(RoutingPolicy policy, KnownNames known, DateOnly today)
    {
        var faults = new List<RuleFault>();
        if (IsUnknown(policy.FallbackGroup, known.Groups))
        {
            faults.Add(new RuleFault(0, $"The helpdesk has no group {policy.FallbackGroup}, which fallbackGroup names."));
        }

        var names = policy.Rules.Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in policy.Rules)
        {
            AddFaultsOf(rule, names, known, today, faults);
        }

        faults.AddRange(policy.Rules.GroupBy(rule => rule.Name).Where(same => same.Count() > 1)
            .Select(same => new RuleFault(same.Last().Line,
                $"There are {same.Count()} rules with the name {same.Key}; give each its own.")));

        if (RuleOrder.FindCircle(policy.Rules) is { Count: > 0 } circle)
        {
            faults.Add(new RuleFault(
                policy.Rules.First(rule => rule.Name == circle[0]).Line,
                $"Rules stand before each other in a circle: {string.Join(" before ", circle)}."));
        }
        else
        {
            faults.AddRange(RuleReach.Find(RuleOrder.Sort(policy.Rules) ?? [], policy));
        }

        return faults;
    }

    private static void AddFaultsOf(TicketRule rule, HashSet<string> names, KnownNames known, DateOnly today, List<RuleFault> faults)
    {
        void Add(int line, string reason, bool isWarning = false) =>
            faults.Add(new RuleFault(line, $"Rule “{rule.Name}”{reason}", isWarning));

        if (string.IsNullOrWhiteSpace(rule.Name))
        {
            faults.Add(new RuleFault(rule.Line, "A rule has no name; reasons call it by that."));
        }

        if (rule.Then.IsNothing)
        {
            Add(rule.Line, " does nothing; give it a group, skills, a priority, tags, an agent or hold in then.");
        }

        if (!rule.When.ListTests().Any())
        {
            Add(rule.Line, " has no condition and would take every ticket; name the group in fallbackGroup instead.");
        }

        if (rule.From is { } from && rule.Until is { } until && until <= from)
        {
            Add(rule.Line, $" can never fire: it ends on {until:yyyy-MM-dd} and begins on {from:yyyy-MM-dd}.", isWarning: true);
        }
        else if (rule.Until <= today)
        {
            Add(rule.Line, $" can never fire any more: it ended on {rule.Until:yyyy-MM-dd}.", isWarning: true);
        }

        foreach (var name in rule.Before.Where(name => !names.Contains(name)))
        {
            Add(rule.Line, $" stands before {name}, and there is no such rule.");
        }

        if (rule.Then.Group is { } group && IsUnknown(group, known.Groups))
        {
            Add(rule.Line, $" names the group {group}, which the helpdesk does not have.");
        }

        if (rule.Then.Agent is { } agent && IsUnknown(agent, known.Agents))
        {
            Add(rule.Line, $" names the agent {agent}, who is not on the roster (any more).");
        }

        foreach (var skill in rule.Then.RequiredSkills.Select(need => need.Skill).Concat(rule.Then.PreferredSkills))
        {
            if (IsUnknown(skill, known.Skills))
            {
                Add(rule.Line, $" names the skill {skill}, which nobody on the roster has.");
            }
        }

        if (WhyForNobody(rule.Then, known.Staff ?? []) is { } why)
        {
            Add(rule.Line, $" can be given to nobody: {why}. Its tickets would wait for ever.", isWarning: true);
        }

        foreach (var test in rule.When.ListTests())
        {
            foreach (var value in test.Values)
            {
                if (FindFault(test.Field, value, known) is { } fault)
                {
                    Add(test.Line, $": {fault}");
                }
            }
        }
    }

    /// <summary>Each name by itself may be known, and still no agent have all that is asked for.</summary>
    private static string? WhyForNobody(RuleActions then, IReadOnlyList<Agent> staff)
    {
        var demand = new TicketDemand { Group = then.Group, Agent = then.Agent, RequiredSkills = then.RequiredSkills };
        var meant = then.Agent is { } name ? staff.Where(agent => agent.IsCalled(name)).ToList() : [.. staff];
        if (meant.Count == 0 || (then.Agent is null && then.RequiredSkills.Count == 0)
            || meant.Exists(agent => Staff.WhyNot(demand, agent) is null))
        {
            return null;
        }

        if (then.Agent is not null)
        {
            var why = Staff.WhyNot(demand, meant[0]) ?? "";
            return $"agent {then.Agent} {(why.StartsWith("not ", StringComparison.Ordinal) ? $"is {why}" : why)}";
        }

        var skills = string.Join(" and ", then.RequiredSkills.Select(need => $"{need.Skill} at level {need.Level}"));
        return then.Group is { } group ? $"no agent of the group {group} has {skills}" : $"no agent has {skills}";
    }

    private static string? FindFault(RuleField field, string value, KnownNames known) => field switch
    {
        RuleField.Intent when value == Tickets.Finding.Unclear => null,
        RuleField.Intent when !IntentPattern.IsWellFormed(value) =>
            $"{value} is no intent; write billing/refund, or billing/* for the branch.",
        RuleField.Intent when known.Intents?.Any(intent => IntentPattern.Fits(value, intent)) == false =>
            $"the taxonomy has no intent {value}.",
        RuleField.Product when IsUnknown(value, known.Products) => $"the taxonomy has no product {value}.",
        RuleField.Sentiment when !Sentiments.Contains(value) =>
            $"there is no sentiment {value}; known are {string.Join(", ", Sentiments)}.",
        RuleField.Signals when !UrgencySignals.Known.Contains(value) =>
            $"there is no signal {value}; known are {string.Join(", ", UrgencySignals.Known)}.",
        RuleField.Language when value.Length != 2 || !value.All(char.IsAsciiLetterLower) =>
            $"{value} is no language; write two small letters, such as de.",
        _ => null,
    };

    private static bool IsUnknown(string name, IReadOnlyCollection<string>? known) =>
        known?.Contains(name, StringComparer.OrdinalIgnoreCase) == false;
}
