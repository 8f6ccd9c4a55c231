using System.CommandLine;
using System.Globalization;
using TicketTriage.Benchmarks.Injection;
using TicketTriage.Benchmarks.Reports;

namespace TicketTriage.Benchmarks;

/// <summary><c>injection</c>: how often an attack changes a decision, with a model that does what any ticket tells it.</summary>
internal static class InjectionCommand
{
    public static Command Create()
    {
        var data = new Option<FileInfo>("--data") { Description = "JSON Lines: payload, and label: attack or benign.", Required = true };
        data.AcceptExistingOnly();
        var list = new Option<string?>("--list") { Description = "Prints the payloads that are one of: unseen, suspected, flipped." };
        var options = new BenchmarkOptions();
        var command = new Command("injection", "Decisions that attacks change, with an obedient model, and harmless texts that are suspected.")
        {
            data, list,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var payloads = await Payload.ReadAsync(parsed.GetRequiredValue(data), cancellationToken);
            var run = await InjectionRun.RunAsync(payloads, cancellationToken);
            foreach (var line in run.List(parsed.GetValue(list)))
            {
                await Console.Out.WriteLineAsync(line);
            }

            var how = string.Create(
                CultureInfo.InvariantCulture,
                $"{payloads.Count} payloads, each in {InjectionRun.Places} places of {InjectionRun.Concerns.Count} tickets");
            return await options.PublishAsync(parsed, new Report("injection", how, run.Figures()), cancellationToken);
        });
        return command;
    }
}
