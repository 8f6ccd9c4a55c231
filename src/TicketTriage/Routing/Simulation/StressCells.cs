namespace TicketTriage.Routing.Simulation;

/// <summary>Forty set-ups in which a router could do harm: eight kinds of trouble at five loads.</summary>
public static class StressCells
{
    private static readonly double[] Loads = [0.5, 0.75, 0.95, 1.1, 1.3];

    public static IReadOnlyList<(string Name, SimulationPlan Plan)> Of(SimulationPlan plan) =>
    [
        .. from kind in Kinds(plan)
           from load in Loads
           select (kind.Name, kind.Plan with { Load = load }),
    ];

    private static IEnumerable<(string Name, SimulationPlan Plan)> Kinds(SimulationPlan plan) =>
    [
        ("usual", plan),
        ("bursts of 60", plan with { Burst = 60, DaysBetweenBursts = 2 }),
        ("mass sickness", plan with { MassSickness = 0.3 }),
        ("one agent for a skill", plan with { HasLonelySkill = true }),
        ("30 % wrong skills", plan with { WrongSkills = 0.3 }),
        ("times wrong by 2", plan with { EstimateError = 2 }),
        ("a third of the agents", plan with { Agents = Math.Max(3, plan.Agents / 3), Skills = Math.Max(2, plan.Skills / 3) }),
        ("times spread wider", plan with { Deviation = 1.2 }),
    ];
}
