namespace TicketTriage.Routing.Simulation;

/// <summary>What came of a policy in one drawn helpdesk.</summary>
/// <param name="BreachRate">Share of tickets that were done after their target.</param>
/// <param name="BreachRateP1P2">The same of urgent and high ones.</param>
/// <param name="BreachRateP4">The same of low ones.</param>
/// <param name="SkillMatch">Share of tickets done by somebody with the skill that they really needed.</param>
/// <param name="Gini">Of the agents' minutes on tickets: 0 where all had the same.</param>
/// <param name="MaxWaitOverTarget">The longest time that nobody worked on a ticket, by its target.</param>
/// <param name="MeanWaitMinutes">How long nobody worked on a ticket, on average.</param>
/// <param name="MeanMinutes">How long the work on a ticket took, on average: less where the right ones get it.</param>
public sealed record SimulatedOutcome(
    SimulatedPolicy Policy,
    double BreachRate,
    double BreachRateP1P2,
    double BreachRateP4,
    double SkillMatch,
    double Gini,
    double MaxWaitOverTarget,
    double MeanWaitMinutes,
    double MeanMinutes);
