using System.CommandLine;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Scenarios;

namespace TicketTriage.Chaos;

/// <summary>Exit codes: 0 nothing was lost or doubled and every promise was kept, 1 something was or one wasn't, 2 wrong usage.</summary>
internal static class ChaosCommand
{
    private const string All = "all";
    private const int UsualDeliveries = 300;

    public static RootCommand Create()
    {
        var scenario = new Argument<string>("scenario")
        {
            Description = $"{All} plays the first {ScenarioList.OfAll.Count} of: {string.Join(", ", ScenarioList.Known.Select(known => known.Name))}.",
        };
        scenario.AcceptOnlyFromAmong([All, .. ScenarioList.Known.Select(known => known.Name)]);
        var deliveries = new Option<int?>("--deliveries")
        {
            Description = $"How often customers write, over all scenarios; {UsualDeliveries} for each where it is not given.",
        };
        var minutes = new Option<int?>("--minutes") { Description = $"In place of --deliveries: {Soak.PerSecond} a second for so long." };
        var seed = new Option<int>("--seed") { Description = "Makes chance repeatable, as far as processes are.", DefaultValueFactory = _ => 1 };
        var lanes = new Option<int>("--lanes")
        {
            Description = "Scenarios that are played side by side. More are done sooner, and what they measure is worth less.",
            DefaultValueFactory = _ => 1,
        };
        var sabotage = new Option<Sabotage>("--sabotage") { Description = "Spoils the run on purpose: the judge has to find it." };
        var program = new Option<FileInfo>("--product")
        {
            Description = "The product's assembly, TicketTriage.Host.dll, where it is not the one beside this program.",
            DefaultValueFactory = _ => new FileInfo(Path.Combine(AppContext.BaseDirectory, "TicketTriage.Host.dll")),
        };
        var earlier = new Option<FileInfo>("--earlier") { Description = "An earlier version's assembly, for rolling-upgrade." };
        var command = new RootCommand("Kills, stops and pesters TicketTriage's processes, and lets the helpdesk's journal judge what came of it.")
        {
            scenario, deliveries, minutes, seed, lanes, sabotage, program, earlier,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(scenario);
            var chosen = name == All ? ScenarioList.OfAll : [ScenarioList.Known.Single(known => known.Name == name)];
            var all = parsed.GetValue(minutes) * 60 * Soak.PerSecond ?? parsed.GetValue(deliveries) ?? UsualDeliveries * chosen.Count;
            var run = new ChaosRun(
                parsed.GetRequiredValue(program).FullName, parsed.GetValue(earlier)?.FullName, parsed.GetValue(seed), parsed.GetValue(sabotage));
            try
            {
                var outcomes = await run.PlayAsync(chosen, all, parsed.GetValue(lanes), cancellationToken);
                await Console.Out.WriteLineAsync(OutcomeTable.Write(outcomes));
                return outcomes.All(outcome => outcome.IsGood) ? 0 : 1;
            }
            catch (InvalidOperationException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        });
        return command;
    }
}
