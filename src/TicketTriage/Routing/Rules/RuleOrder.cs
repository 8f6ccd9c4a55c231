namespace TicketTriage.Routing.Rules;

/// <summary>The order in which rules are asked: that of the document, save where a rule says that it comes before another.</summary>
internal static class RuleOrder
{
    /// <returns><see langword="null"/> where rules stand before each other in a circle.</returns>
    public static IReadOnlyList<TicketRule>? Sort(IReadOnlyList<TicketRule> rules)
    {
        var left = new List<TicketRule>(rules);
        var sorted = new List<TicketRule>();
        while (left.Count > 0)
        {
            // The first of the document that nobody has to come before.
            var next = left.Find(rule => !left.Exists(other => other != rule && other.Before.Contains(rule.Name))
                && !rule.Before.Contains(rule.Name));
            if (next is null)
            {
                return null;
            }

            sorted.Add(next);
            left.Remove(next);
        }

        return sorted;
    }

    /// <returns>The names along one circle, its first once more at its end; empty where there is none.</returns>
    public static IReadOnlyList<string> FindCircle(IReadOnlyList<TicketRule> rules)
    {
        var byName = rules.GroupBy(rule => rule.Name).ToDictionary(same => same.Key, same => same.First());
        foreach (var rule in rules)
        {
            var way = new List<string>();
            if (LeadsTo(rule, rule.Name, byName, way, []))
            {
                return [rule.Name, .. way];
            }
        }

        return [];
    }

    private static bool LeadsTo(TicketRule from, string goal, Dictionary<string, TicketRule> byName, List<string> way, HashSet<string> seen)
    {
        foreach (var name in from.Before)
        {
            way.Add(name);
            if (name == goal || (seen.Add(name) && byName.TryGetValue(name, out var next) && LeadsTo(next, goal, byName, way, seen)))
            {
                return true;
            }

            way.RemoveAt(way.Count - 1);
        }

        return false;
    }
}
