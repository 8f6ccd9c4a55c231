using System.Globalization;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Understanding;

namespace TicketTriage.Prioritisation;

/// <summary>Finds what is wrong with a priority policy before it is used.</summary>
public static class PriorityPolicyLint
{
    /// <summary>A promise that is missed ten times over is one that nobody means to keep.</summary>
    private const double MostUsed = 10;

    private static readonly string[] Sentiments = ["negative", "neutral", "positive"];

    /// <returns>Each fault with its place, in one sentence; empty where there is none.</returns>
    public static IReadOnlyList<string> FindFaults(PriorityPolicy policy)
    {
        var faults = new List<string>();
        if (policy.Start == TicketPriority.None || policy.RaisesEndAt == TicketPriority.None)
        {
            faults.Add("start and raisesEndAt have to be Low, Normal, High or Urgent.");
        }

        if (policy.MinimumConfidence is not (>= 0 and <= 1))
        {
            faults.Add($"minimumConfidence is {policy.MinimumConfidence}; it has to lie between 0 and 1.");
        }

        foreach (var (pattern, priority) in policy.StartByIntent)
        {
            AddFaultOfPattern(faults, "startByIntent", pattern);
            if (priority == TicketPriority.None)
            {
                faults.Add($"startByIntent, {pattern}: it has to be Low, Normal, High or Urgent.");
            }
        }

        faults.AddRange(policy.Rules.CountBy(rule => rule.Name).Where(name => name.Value > 1)
            .Select(name => $"There are {name.Value} rules with the name {name.Key}."));
        foreach (var rule in policy.Rules)
        {
            AddFaultsOf(rule, faults);
        }

        return faults;
    }

    private static void AddFaultsOf(PriorityRule rule, List<string> faults)
    {
        var place = $"Rule {rule.Name}";
        foreach (var signal in new[] { rule.Signal, rule.Without }.OfType<string>().Where(signal => !UrgencySignals.Known.Contains(signal)))
        {
            faults.Add($"{place}: there is no signal {signal}; known are {string.Join(", ", UrgencySignals.Known)}.");
        }

        if (rule.Sentiment is { } sentiment && !Sentiments.Contains(sentiment))
        {
            faults.Add($"{place}: there is no sentiment {sentiment}; known are {string.Join(", ", Sentiments)}.");
        }

        foreach (var pattern in rule.Intents)
        {
            AddFaultOfPattern(faults, place, pattern);
        }

        if (rule.TicketsInWeek is < 2 or > Circumstances.MostTicketsOfOne)
        {
            faults.Add($"{place}: ticketsInWeek is {rule.TicketsInWeek}; it has to lie between 2 and {Circumstances.MostTicketsOfOne}.");
        }

        if (rule.PromiseUsed is not (null or (> 0 and <= MostUsed)))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{place}: promiseUsed is {rule.PromiseUsed}; 0.75 is three quarters of the time, 1 a missed promise."));
        }

        if (!HasCondition(rule))
        {
            faults.Add($"{place} has no condition, so it would move every ticket; change start instead.");
        }

        var effects = (rule.Step != 0 ? 1 : 0) + (rule.AtLeast is not null ? 1 : 0) + (rule.AtMost is not null ? 1 : 0);
        if (effects != 1 || rule.AtLeast == TicketPriority.None || rule.AtMost == TicketPriority.None)
        {
            faults.Add($"{place} needs exactly one of step, atLeast and atMost, the latter two from Low to Urgent.");
        }

        if (string.IsNullOrWhiteSpace(rule.Because))
        {
            faults.Add($"{place} gives no reason in because.");
        }
    }

    // That a signal is absent is true of nearly every ticket.
    private static bool HasCondition(PriorityRule rule) =>
        rule.Signal is not null || rule.Sentiment is not null || rule.Tag is not null || rule.Intents.Count > 0 || rule.Products.Count > 0
        || rule.TicketsInWeek is not null || rule.PromiseUsed is not null;

    private static void AddFaultOfPattern(List<string> faults, string place, string pattern)
    {
        if (!IntentPattern.IsWellFormed(pattern))
        {
            faults.Add($"{place}: {pattern} is no intent; write billing/refund, or billing/* for the branch.");
        }
    }
}
