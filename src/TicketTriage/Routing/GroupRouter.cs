using System.Globalization;
using TicketTriage.Policies;
using TicketTriage.Prioritisation;
using TicketTriage.Reading;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Routing;

/// <summary>Decides which group gets a ticket, by the rules alone.</summary>
public static class GroupRouter
{
    /// <summary>The name in <see cref="Route.Rule"/> where no rule spoke.</summary>
    public const string Fallback = "fallback";

    /// <summary>The name in <see cref="Route.Rule"/> where the ticket tried to have a say. No rule overrules it.</summary>
    public const string Suspicion = "suspicion";

    public static Route Choose(TicketUnderstanding understanding, PriorityChoice priority, RoutingOptions rules)
    {
        if (understanding.Signals.Contains(TicketWarnings.Instructions))
        {
            return new Route(rules.FallbackGroup, null, Suspicion, ["The ticket gives orders to software, so a person decides."]);
        }

        RoutingRule? almost = null;
        foreach (var rule in rules.Rules)
        {
            if (!FitsBesideConfidence(rule, understanding, priority))
            {
                continue;
            }

            if (rule.Intents.Count == 0 || understanding.Intent.Confidence >= rule.MinConfidence)
            {
                return new Route(rule.Group, null, rule.Name, Explain(rule, understanding, priority));
            }

            almost ??= rule;
        }

        return new Route(rules.FallbackGroup, null, Fallback, [WhyNone(understanding.Intent, almost)]);
    }

    /// <summary>True where a ticket may be given to another group than it is in.</summary>
    /// <param name="currentGroup">The group's name; <see langword="null"/> where the ticket has none.</param>
    /// <param name="rules">Which groups may be moved from.</param>
    public static bool MayMoveFrom(string? currentGroup, RoutingOptions rules) =>
        currentGroup is null || rules.MayMoveFrom.Contains(currentGroup, StringComparer.OrdinalIgnoreCase);

    private static bool FitsBesideConfidence(RoutingRule rule, TicketUnderstanding understanding, PriorityChoice priority) =>
        (rule.Intents.Count == 0 || rule.Intents.Any(pattern => IntentPattern.Fits(pattern, understanding.Intent.Value)))
        && (rule.Languages.Count == 0 || rule.Languages.Contains(understanding.Language.Value))
        && (rule.Priorities.Count == 0 || rule.Priorities.Contains(priority.Value))
        && (rule.Signals.Count == 0 || rule.Signals.Any(understanding.Signals.Contains));

    private static List<string> Explain(RoutingRule rule, TicketUnderstanding understanding, PriorityChoice priority)
    {
        var met = new List<string>();
        if (rule.Intents.Count > 0)
        {
            met.Add($"intent {understanding.Intent.Value} ({Share(understanding.Intent.Confidence)} sure)");
        }

        if (rule.Languages.Count > 0)
        {
            met.Add($"language {understanding.Language.Value}");
        }

        if (rule.Priorities.Count > 0)
        {
            met.Add($"priority {priority.Value}");
        }

        if (rule.Signals.Count > 0)
        {
            met.Add($"signal {string.Join(", ", rule.Signals.Where(understanding.Signals.Contains))}");
        }

        return [$"Rule “{rule.Name}”: {string.Join(", ", met)}."];
    }

    private static string WhyNone(Finding intent, RoutingRule? almost)
    {
        if (intent.Value == Finding.Unclear)
        {
            return "The intent is unclear, so a person decides.";
        }

        return almost is null
            ? $"No rule takes the intent {intent.Value}."
            : $"Rule “{almost.Name}” would fit, but the intent {intent.Value} is only {Share(intent.Confidence)} sure"
                + $" and the rule asks for {Share(almost.MinConfidence)}.";
    }

    private static string Share(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);
}
