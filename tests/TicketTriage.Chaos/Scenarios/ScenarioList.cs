namespace TicketTriage.Chaos.Scenarios;

internal static class ScenarioList
{
    /// <summary>What <c>all</c> plays: those that wait much come first, so that lanes end together.</summary>
    public static IReadOnlyList<IScenario> OfAll { get; } =
    [
        new Everything(),
        Nuisance.Refusals,
        new Poison(),
        new HelpdeskAway(),
        new PauseWorker(),
        new KillWorker(),
        new RestartDatabase(),
        new KillWeb(),
        Nuisance.LostAnswers,
        Nuisance.Duplicates,
        Nuisance.OutOfOrder,
        new Storm(),
    ];

    /// <summary>Those that are played by name alone come last: they measure, and take their time.</summary>
    public static IReadOnlyList<IScenario> Known { get; } =
    [
        .. OfAll, new DatabaseAway(), new SlowCallers(), new Soak(), new RollingUpgrade(), new ScaleOut(), new KillWhileEscalating(),
    ];
}
