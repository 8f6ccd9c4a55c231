using System.Collections.Concurrent;
using TicketTriage.Agents;

namespace TicketTriage.Routing.Matching;

/// <summary>
/// A roster made ready for the router: for each kind of ticket, who may have it and how long it takes whom. Worked out once for each
/// kind. Safe for many threads.
/// </summary>
public sealed class Staff(IReadOnlyList<Agent> agents)
{
    /// <summary>
    /// Kinds that are remembered; beyond it all are worked out anew: a rule that names an agent for each customer makes many.
    /// </summary>
    private const int MostKinds = 4096;

    private const int MiddlingLevel = 3;

    // How much longer work takes at each level, from 1 to 5; 1.35 at level 3 is what was measured for a second skill.
    private static readonly float[] FactorByLevel = [2f, 1.6f, 1.35f, 1.15f, 1f];

    private readonly ConcurrentDictionary<string, Fits> kinds = new();
    private readonly Dictionary<string, int> places =
        agents.Index().ToDictionary(agent => agent.Item.Id, agent => agent.Index, StringComparer.Ordinal);

    public IReadOnlyList<Agent> Agents => agents;

    private readonly int[] ones = [.. agents.Select(_ => 1)];
    private readonly Dictionary<string, int[]> unitsByChannel = agents.SelectMany(agent => agent.UnitsByChannel.Keys).Distinct()
        .ToDictionary(channel => channel, channel => agents.Select(agent => agent.UnitsOf(channel)).ToArray(), StringComparer.Ordinal);

    /// <summary>For each skill of anybody, the places of those who have it.</summary>
    internal IReadOnlyList<int[]> Holders { get; } =
    [
        .. agents.SelectMany(agent => agent.Skills.Keys).Distinct().Order(StringComparer.Ordinal)
            .Select(skill => agents.Index().Where(agent => agent.Item.Skills.ContainsKey(skill)).Select(agent => agent.Index).ToArray()),
    ];

    /// <returns>The agent's place in <see cref="Agents"/>; -1 where there is none of this id.</returns>
    public int PlaceOf(string? agentId) => agentId is not null && places.TryGetValue(agentId, out var place) ? place : -1;

    /// <summary>Whether a ticket of any channel takes anybody another number of units than one.</summary>
    internal bool WeighsChannels => unitsByChannel.Count > 0;

    /// <summary>How many units a ticket of a channel takes whom, by the places of the agents.</summary>
    internal int[] UnitsOf(string? channel) => channel is not null && unitsByChannel.TryGetValue(channel, out var units) ? units : ones;

    /// <summary>Who may have a ticket of this kind.</summary>
    public Fits FitsOf(TicketDemand demand)
    {
        if (kinds.TryGetValue(demand.Key, out var known))
        {
            return known;
        }

        if (kinds.Count >= MostKinds)
        {
            kinds.Clear();
        }

        return kinds.GetOrAdd(demand.Key, _ => new Fits([.. agents.Select(agent => FactorOf(demand, agent))]));
    }

    /// <summary>Why an agent may not have a ticket of this kind, whoever is there.</summary>
    /// <returns>The end of a sentence, or <see langword="null"/> where the agent may.</returns>
    public static string? WhyNot(TicketDemand demand, Agent agent)
    {
        if (demand.Agent is { } wanted && !agent.IsCalled(wanted))
        {
            return "a rule names somebody else";
        }

        if (demand.Group is { } group && agent.Groups.Count > 0 && !agent.Groups.Contains(group, StringComparer.OrdinalIgnoreCase))
        {
            return $"not in the group {group}";
        }

        if (demand.Language is { } language && agent.Languages.Count > 0
            && !agent.Languages.Contains(language, StringComparer.OrdinalIgnoreCase))
        {
            return $"doesn't write {language}";
        }

        if (demand.Product is { } product && agent.Products.Count > 0
            && !agent.Products.Contains(product, StringComparer.OrdinalIgnoreCase))
        {
            return $"not for the product {product}";
        }

        foreach (var (skill, level) in demand.RequiredSkills)
        {
            if (!agent.Skills.TryGetValue(skill, out var has))
            {
                return $"lacks the skill {skill}";
            }

            if (has < level)
            {
                return $"has the skill {skill} at level {has} and not {level}";
            }
        }

        return null;
    }

    private static float FactorOf(TicketDemand demand, Agent agent)
    {
        if (WhyNot(demand, agent) is not null)
        {
            return Fits.Unfit;
        }

        var factor = 1f;
        foreach (var (skill, _) in demand.RequiredSkills)
        {
            factor = Math.Max(factor, FactorByLevel[Math.Clamp(agent.Skills[skill], Agent.LowestLevel, Agent.HighestLevel) - 1]);
        }

        foreach (var skill in demand.PreferredSkills)
        {
            // Without a preferred skill the work is done too, as slowly as at a middling level.
            var level = agent.Skills.GetValueOrDefault(skill, MiddlingLevel);
            factor = Math.Max(factor, FactorByLevel[Math.Clamp(level, Agent.LowestLevel, Agent.HighestLevel) - 1]);
        }

        return factor;
    }
}

/// <summary>For each agent of a <see cref="Staff"/>, how many times the usual time a ticket of one kind takes.</summary>
public sealed class Fits(float[] factors)
{
    internal const float Unfit = 0;

    internal ReadOnlySpan<float> Factors => factors;

    public bool May(int agent) => factors[agent] > Unfit;

    /// <returns>1 or more; 0 where the agent may not have it.</returns>
    public double FactorOf(int agent) => factors[agent];
}
