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

    /// <summary>The group, and of the rest what somebody asks for; for whoever tells it in words of their own.</summary>
    public IReadOnlyList<RoutePartValue> List(RouteParts parts)
    {
        (RouteParts Part, string Value)[] all =
        [
            (RouteParts.Priority, Priority.ToString().ToLowerInvariant()),
            (RouteParts.Agent, Demand.Agent ?? ""),
            (RouteParts.Hold, IsHeld ? bool.TrueString : ""),
            (RouteParts.Skills, string.Join(" ", Demand.RequiredSkills.Select(need => $"{need.Skill}:{need.Level}").Concat(Demand.PreferredSkills))),
            (RouteParts.Tags, string.Join(" ", Tags)),
        ];
        return
        [
            new RoutePartValue(RouteParts.Group, Group),
            .. all.Where(one => parts.HasFlag(one.Part)).Select(one => new RoutePartValue(one.Part, one.Value)),
        ];
    }

    private static bool AreSame<T>(IReadOnlyList<T> some, IReadOnlyList<T> others) =>
        some.Count == others.Count && some.All(others.Contains);

    private static string? Known(string? value) => value is null or "" or Finding.Unclear ? null : value;
}

/// <param name="Value">Empty for none, and for a ticket that isn't held.</param>
public sealed record RoutePartValue(RouteParts Part, string Value);

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
