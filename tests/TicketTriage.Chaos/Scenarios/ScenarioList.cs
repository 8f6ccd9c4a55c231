namespace TicketTriage.Chaos.Scenarios;

internal static class ScenarioList
{
    /// <summary>What <c>all</c> plays, in this order.</summary>
    public static IReadOnlyList<IScenario> All { get; } =
    [
        new KillWorker(),
        new KillWeb(),
        new RestartDatabase(),
        new PauseWorker(),
        Nuisance.LostAnswers,
        Nuisance.Refusals,
        Nuisance.Duplicates,
        Nuisance.OutOfOrder,
        new HelpdeskAway(),
        new Poison(),
        new Storm(),
        new Everything(),
    ];
}
