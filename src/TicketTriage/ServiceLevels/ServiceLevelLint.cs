using TicketTriage.Helpdesks;
using TicketTriage.Policies;

namespace TicketTriage.ServiceLevels;

/// <summary>Finds what is wrong with a service level policy before it is used.</summary>
public static class ServiceLevelLint
{
    /// <summary>Ten years; more is a slip of units.</summary>
    private const int MostMinutes = 10 * 366 * 24 * 60;

    /// <returns>Each fault with its place, in one sentence; empty where there is none.</returns>
    public static IReadOnlyList<string> FindFaults(ServiceLevelPolicy policy)
    {
        var faults = new List<string>();
        foreach (var (name, calendar) in policy.Calendars)
        {
            calendar.Read($"Calendar {name}", faults);
        }

        AddDoubles(faults, "segments", policy.Segments.Select(segment => segment.Name));
        AddDoubles(faults, "rules", policy.Rules.Select(rule => rule.Name));
        foreach (var segment in policy.Segments.Where(segment => segment.Tags.Count == 0))
        {
            faults.Add($"Segment {segment.Name} has no tag, so no ticket would be of it.");
        }

        if (policy.Rules.Count == 0)
        {
            faults.Add("The policy has no rule, so nothing would be promised to anybody.");
        }

        var segments = policy.Segments.Select(segment => segment.Name).Append(CustomerSegment.Standard).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in policy.Rules)
        {
            AddFaultsOf(rule, policy, segments, faults);
        }

        return faults;
    }

    private static void AddFaultsOf(TargetRule rule, ServiceLevelPolicy policy, HashSet<string> segments, List<string> faults)
    {
        var place = $"Rule {rule.Name}";
        if (!policy.Calendars.ContainsKey(rule.Calendar))
        {
            faults.Add($"{place} counts by the calendar {rule.Calendar}, which the policy does not have.");
        }

        foreach (var segment in rule.Segments.Where(segment => !segments.Contains(segment)))
        {
            faults.Add($"{place}: there is no segment {segment}; known are {string.Join(", ", segments.Order(StringComparer.Ordinal))}.");
        }

        if (rule.Priorities.Contains(TicketPriority.None))
        {
            faults.Add($"{place}: a priority has to be Low, Normal, High or Urgent; tickets without one count as Normal.");
        }

        foreach (var pattern in rule.Intents.Where(pattern => !IntentPattern.IsWellFormed(pattern)))
        {
            faults.Add($"{place}: {pattern} is no intent; write billing/refund, or billing/* for the branch.");
        }

        var targets = Enum.GetValues<ServiceLevelMetric>().Select(metric => (metric, minutes: rule.TargetOf(metric))).ToList();
        if (targets.All(target => target.minutes is null))
        {
            faults.Add($"{place} promises nothing; give it a target in minutes, such as \"firstReply\": 60.");
        }

        foreach (var (metric, minutes) in targets.Where(target => target.minutes is < 1 or > MostMinutes))
        {
            faults.Add($"{place}: {metric} is {minutes} minutes; it has to lie between 1 and {MostMinutes}.");
        }

        if (rule is { FirstReply: { } reply, Resolution: { } resolution } && resolution < reply)
        {
            faults.Add($"{place} would have the ticket solved in {resolution} minutes and first answered in {reply}.");
        }
    }

    private static void AddDoubles(List<string> faults, string what, IEnumerable<string> names) =>
        faults.AddRange(names.CountBy(name => name).Where(name => name.Value > 1)
            .Select(name => $"There are {name.Value} {what} with the name {name.Key}."));
}
