using TicketTriage.Helpdesks;
using TicketTriage.Routing;
using TicketTriage.Routing.Matching;
using TicketTriage.Routing.Rules;
using TicketTriage.Tickets;

namespace TicketTriage.Rehearsals;

/// <summary>What one set of rules makes of a past ticket.</summary>
/// <param name="Priority">With what the rules ask for at least.</param>
/// <param name="IsHeld">A person looks first.</param>
/// <param name="Demand">What it asks of whoever gets it, its group among that.</param>
public sealed record PastRoute(string Group, TicketPriority Priority, bool IsHeld, TicketDemand Demand, IReadOnlyList<string> Tags)
{
    /// <param name="group">Where it really went; <see langword="null"/> for where the rules send it.</param>
    internal static PastRoute Of(Route route, RuleFacts facts, string? group) => new(
        group ?? route.Group,
        route.PriorityAtLeast ?? facts.Priority,
        route.IsHeld,
        new TicketDemand
        {
            RequiredSkills = route.RequiredSkills,
            PreferredSkills = route.PreferredSkills,
            Language = Known(facts.Language),
            Product = Known(facts.Product),
            Group = group ?? route.Group,
            Agent = route.WantedAgent,
        },
        route.Tags);

    /// <summary>What is another with the other route.</summary>
    public RouteParts FindDifferences(PastRoute other)
    {
        var parts = RouteParts.None;
        parts |= Group.Equals(other.Group, StringComparison.OrdinalIgnoreCase) ? RouteParts.None : RouteParts.Group;
        parts |= Priority == other.Priority ? RouteParts.None : RouteParts.Priority;
        parts |= Demand.Agent == other.Demand.Agent ? RouteParts.None : RouteParts.Agent;
        parts |= IsHeld == other.IsHeld ? RouteParts.None : RouteParts.Hold;
        parts |= AreSame(Demand.RequiredSkills, other.Demand.RequiredSkills)
            && AreSame(Demand.PreferredSkills, other.Demand.PreferredSkills) ? RouteParts.None : RouteParts.Skills;
        parts |= AreSame(Tags, other.Tags) ? RouteParts.None : RouteParts.Tags;
        return parts;
    }

    /// <summary>The group, and of the rest what somebody asks for.</summary>
    public string Tell(RouteParts parts)
    {
        var told = new List<string> { Group };
        if (parts.HasFlag(RouteParts.Priority))
        {
            told.Add(Priority.ToString().ToLowerInvariant());
        }

        if (parts.HasFlag(RouteParts.Agent))
        {
            told.Add(Demand.Agent is { } agent ? $"agent {agent}" : "any agent");
        }

        if (parts.HasFlag(RouteParts.Hold))
        {
            told.Add(IsHeld ? "held" : "not held");
        }

        if (parts.HasFlag(RouteParts.Skills))
        {
            var skills = Demand.RequiredSkills.Select(need => $"{need.Skill}:{need.Level}").Concat(Demand.PreferredSkills).ToList();
            told.Add(skills.Count == 0 ? "no skills" : $"skills {string.Join(" ", skills)}");
        }

        if (parts.HasFlag(RouteParts.Tags))
        {
            told.Add(Tags.Count == 0 ? "no tags" : $"tags {string.Join(" ", Tags)}");
        }

        return string.Join(", ", told);
    }

    private static bool AreSame<T>(IReadOnlyList<T> some, IReadOnlyList<T> others) =>
        some.Count == others.Count && some.All(others.Contains);

    private static string? Known(string? value) => value is null or "" or Finding.Unclear ? null : value;
}

/// <summary>The parts of a route that rules decide.</summary>
[Flags]
public enum RouteParts
{
    None = 0,
    Group = 1,
    Priority = 2,
    Agent = 4,
    Hold = 8,
    Skills = 16,
    Tags = 32,
}
