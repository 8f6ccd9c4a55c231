using System.CommandLine;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Scenarios;

namespace TicketTriage.Chaos;

/// <summary>Exit codes: 0 nothing was lost or doubled, 1 something was, 2 wrong usage.</summary>
internal static class ChaosCommand
{
    private const string All = "all";
    private const int UsualDeliveries = 300;

    public static RootCommand Create()
    {
        var scenario = new Argument<string>("scenario") { Description = $"{All}, or one of: {string.Join(", ", ScenarioList.All.Select(s => s.Name))}." };
        scenario.AcceptOnlyFromAmong([All, .. ScenarioList.All.Select(each => each.Name)]);
        var deliveries = new Option<int?>("--deliveries")
        {
            Description = $"How often customers write, over all scenarios; {UsualDeliveries} for each where it is not given.",
        };
        var seed = new Option<int>("--seed") { Description = "Makes chance repeatable, as far as processes are.", DefaultValueFactory = _ => 1 };
        var sabotage = new Option<Sabotage>("--sabotage") { Description = "Spoils the run on purpose: the judge has to find it." };
        var program = new Option<FileInfo>("--product")
        {
            Description = "The product's assembly, TicketTriage.Host.dll, where it is not the one beside this program.",
            DefaultValueFactory = _ => new FileInfo(Path.Combine(AppContext.BaseDirectory, "TicketTriage.Host.dll")),
        };
        var command = new RootCommand("Kills, stops and pesters TicketTriage's processes, and lets the helpdesk's journal judge what came of it.")
        {
            scenario, deliveries, seed, sabotage, program,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(scenario);
            var chosen = ScenarioList.All.Where(each => name == All || each.Name == name).ToList();
            var run = new ChaosRun(parsed.GetRequiredValue(program).FullName, parsed.GetValue(seed), parsed.GetValue(sabotage));
            var outcomes = await run.PlayAsync(chosen, parsed.GetValue(deliveries) ?? UsualDeliveries * chosen.Count, cancellationToken);
            await Console.Out.WriteLineAsync(OutcomeTable.Write(outcomes));
            return outcomes.All(outcome => outcome.Verdict.IsClean) ? 0 : 1;
        });
        return command;
    }
}
