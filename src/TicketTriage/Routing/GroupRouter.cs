using System.Globalization;
using TicketTriage.Reading;
using TicketTriage.Routing.Rules;
using TicketTriage.Tickets;

namespace TicketTriage.Routing;

/// <summary>Decides which group gets a ticket, by the rules alone.</summary>
public static class GroupRouter
{
    /// <summary>The name in <see cref="Route.Rule"/> where no rule decided.</summary>
    public const string Fallback = "fallback";

    /// <summary>The name in <see cref="Route.Rule"/> where the ticket tried to have a say. No rule overrules it.</summary>
    public const string Suspicion = "suspicion";

    /// <param name="usualSkill">
    /// What the taxonomy says that the intent needs, for where no rule that applies says anything of skills; <see langword="null"/> for
    /// nothing.
    /// </param>
    public static Route Choose(RuleFacts facts, CompiledRules rules, string? usualSkill = null) =>
        Choose(facts, rules, usualSkill, out _);

    /// <param name="applied">The rules that had a say, in the order in which they were asked.</param>
    internal static Route Choose(RuleFacts facts, CompiledRules rules, string? usualSkill, out IReadOnlyList<TicketRule> applied)
    {
        applied = [];
        if (facts.Signals.Contains(TicketWarnings.Instructions))
        {
            return new Route(
                rules.Policy.FallbackGroup, null, Suspicion, ["The ticket gives orders to software, so a person decides."])
            { IsHeld = true, FallbackGroup = rules.Policy.FallbackGroup };
        }

        var verdict = rules.Decide(facts);
        applied = verdict.Applied;
        var reasons = verdict.Applied.Select(rule => Explain(rule, facts, rules.Policy)).ToList();
        if (verdict.DecidedBy is null)
        {
            reasons.Add(WhyNone(facts, verdict));
        }

        var then = verdict.DecidedBy?.Then;
        if (then?.IsHeld == true)
        {
            reasons.Add("It is held for a person to look at.");
        }

        if (verdict.PreferredSkills.Count > 0 || verdict.RequiredSkills.Count > 0
            || facts.IntentConfidence < rules.Policy.MinConfidence)
        {
            usualSkill = null;
        }
        else if (usualSkill is not null)
        {
            reasons.Add($"No rule says which skill it needs; for {facts.Intent} the taxonomy names {usualSkill}.");
        }

        return new Route(then?.Group ?? rules.Policy.FallbackGroup, null, verdict.DecidedBy?.Name ?? Fallback, reasons)
        {
            RequiredSkills = verdict.RequiredSkills,
            PreferredSkills = verdict.PreferredSkills,
            UsualSkill = usualSkill,
            FallbackGroup = rules.Policy.FallbackGroup,
            WantedAgent = then?.Agent,
            PriorityAtLeast = verdict.Priority > facts.Priority ? verdict.Priority : null,
            IsHeld = then?.IsHeld == true,
            Tags = verdict.Tags,
        };
    }

    /// <summary>True where a ticket may be given to another group than it is in.</summary>
    /// <param name="currentGroup">The group's name; <see langword="null"/> where the ticket has none.</param>
    /// <param name="rules">Which groups may be moved from.</param>
    public static bool MayMoveFrom(string? currentGroup, RoutingOptions rules) =>
        currentGroup is null || rules.MayMoveFrom.Contains(currentGroup, StringComparer.OrdinalIgnoreCase);

    private static string Explain(TicketRule rule, RuleFacts facts, RoutingPolicy policy)
    {
        var met = rule.When.Met(facts, policy.LeastConfidenceOf(rule)).Select(test => test.Tell(facts)).Distinct().ToList();
        return met.Count == 0 ? $"Rule “{rule.Name}”." : $"Rule “{rule.Name}”: {string.Join(", ", met)}.";
    }

    private static string WhyNone(RuleFacts facts, RuleVerdict verdict)
    {
        if (facts.Intent == Finding.Unclear)
        {
            return "The intent is unclear, so a person decides.";
        }

        return verdict.Almost is not { } almost
            ? $"No rule takes the intent {facts.Intent}."
            : $"Rule “{almost.Name}” would fit, but the intent {facts.Intent} is only {Share(facts.IntentConfidence)} sure"
                + $" and the rule asks for {Share(verdict.AlmostConfidence)}.";
    }

    private static string Share(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);
}
