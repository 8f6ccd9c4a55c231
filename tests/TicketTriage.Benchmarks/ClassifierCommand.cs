using System.CommandLine;
using System.Globalization;
using TicketTriage.Benchmarks.Classifier;
using TicketTriage.Benchmarks.Reports;

namespace TicketTriage.Benchmarks;

/// <summary><c>classifier</c>: what learning and classifying cost, and whether the same concern in another form keeps its label.</summary>
internal static class ClassifierCommand
{
    public static Command Create()
    {
        var data = new Option<FileInfo>("--data") { Description = "JSON Lines: text (or subject and body), and the label.", Required = true };
        data.AcceptExistingOnly();
        var label = new Option<string>("--label") { Description = "The property to learn.", Required = true };
        var aside = new Option<double>("--aside") { Description = "Share of the rows that is measured on and not learnt.", DefaultValueFactory = _ => 0.15 };
        var seed = new Option<int>("--seed") { Description = "Which rows these are.", DefaultValueFactory = _ => 1 };
        var options = new BenchmarkOptions();
        var command = new Command("classifier", "Learning and classifying: time, memory, calibration, and rewritten texts that change their label.")
        {
            data, label, aside, seed,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetRequiredValue(data);
            var run = await ClassifierRun.RunAsync(
                file, parsed.GetRequiredValue(label), parsed.GetValue(aside), parsed.GetValue(seed), cancellationToken);
            var how = string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Name}, {run.Learnt} rows learnt, {run.Measured} measured, on {Environment.ProcessorCount} processors");
            return await options.PublishAsync(parsed, new Report("classifier", how, run.Figures), cancellationToken);
        });
        return command;
    }
}
