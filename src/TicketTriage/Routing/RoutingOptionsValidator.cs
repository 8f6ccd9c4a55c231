using System.Globalization;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Understanding;

namespace TicketTriage.Routing;

/// <summary>Names every fault of the routing rules, with its key.</summary>
internal sealed class RoutingOptionsValidator : IValidateOptions<RoutingOptions>
{
    public ValidateOptionsResult Validate(string? name, RoutingOptions options)
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(options.FallbackGroup))
        {
            faults.Add("Routing:FallbackGroup is empty; give the name of the group that gets what no rule takes.");
        }

        if (options.ExpectedMinutes is not (>= 1 and <= 10_000))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture, $"Routing:ExpectedMinutes is {options.ExpectedMinutes}; it lies between 1 and 10000."));
        }

        faults.AddRange(options.TargetMinutes.Where(target => target.Value < 1).Select(target =>
            string.Create(CultureInfo.InvariantCulture,
                $"Routing:TargetMinutes:{target.Key} is {target.Value}; it is a number of minutes from 1.")));

        foreach (var (place, rule) in options.Rules.Index())
        {
            AddFaultsOf(rule, string.Create(CultureInfo.InvariantCulture, $"Routing:Rules:{place}"), faults);
        }

        foreach (var twice in options.Rules.Where(rule => rule.Name.Length > 0).CountBy(rule => rule.Name).Where(rule => rule.Value > 1))
        {
            faults.Add($"Routing:Rules has {twice.Value} rules with the name {twice.Key}; give each its own, because reasons name them.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void AddFaultsOf(RoutingRule rule, string key, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(rule.Name))
        {
            faults.Add($"{key}:Name is missing; reasons name the rule by it.");
        }

        if (string.IsNullOrWhiteSpace(rule.Group))
        {
            faults.Add($"{key}:Group is missing; give the group's name as the helpdesk has it.");
        }

        if (rule.MinConfidence is not (>= 0 and <= 1))
        {
            faults.Add(
                string.Create(CultureInfo.InvariantCulture, $"{key}:MinConfidence is {rule.MinConfidence}; it lies between 0 and 1."));
        }

        if (rule.Intents.Count + rule.Languages.Count + rule.Priorities.Count + rule.Signals.Count == 0)
        {
            faults.Add($"{key} has no condition and would take every ticket; name the group in Routing:FallbackGroup instead.");
        }

        foreach (var intent in rule.Intents.Where(intent => !IntentPattern.IsWellFormed(intent)))
        {
            faults.Add($"{key}:Intents has {intent}; write an intent as billing/refund, or a branch as billing/*.");
        }

        foreach (var language in rule.Languages.Where(language => language.Length != 2 || !language.All(char.IsAsciiLetterLower)))
        {
            faults.Add($"{key}:Languages has {language}; write two small letters, such as de.");
        }

        foreach (var signal in rule.Signals.Where(signal => !UrgencySignals.Known.Contains(signal)))
        {
            faults.Add($"{key}:Signals has {signal}; known are {string.Join(", ", UrgencySignals.Known)}.");
        }

        if (rule.Priorities.Contains(TicketPriority.None))
        {
            faults.Add($"{key}:Priorities has None; write Low, Normal, High or Urgent.");
        }
    }
}
