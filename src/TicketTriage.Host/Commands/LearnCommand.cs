using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Host.Commands;

/// <summary><c>learn</c>: trains the local classifier on a team's own tickets.</summary>
internal static class LearnCommand
{
    public static Command Create()
    {
        var data = JsonLines.DataOption("Past tickets, a JSON object on each line: text (or subject and body) and the label.");
        var label = new Option<string[]>("--label")
        {
            Description = "The property to learn, such as intent or queue; may be given several times for several labels in one model.",
            Required = true,
        };
        var model = new Option<string>("--model") { Description = "The folder that gets the model.", Required = true };
        var unlabelled = new Option<FileInfo>("--unlabelled")
        {
            Description = "More past tickets in the same form; their labels, if they have any, are not read. They help where examples are few.",
        };
        unlabelled.AcceptExistingOnly();
        data.Required = false;
        var command = new Command("learn", "Trains the local classifier on past tickets and writes a model.") { data, label, model, unlabelled };
        command.TreatUnmatchedTokensAsErrors = false;
        var history = HistorySource.ToLearnFrom(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Settings.From(parsed);
            IReadOnlyList<string> labels = [.. parsed.GetRequiredValue(label).Distinct()];
            var file = parsed.GetValue(data);
            var start = Stopwatch.GetTimestamp();
            var tickets = history.IsAsked(parsed, file, labels) || file is null
                ? await history.TeachAsync(parsed, cancellationToken)
                : await JsonLines.ReadAsync(file, row => TicketRow.Read(row, labels), cancellationToken);
            return await LearnAsync(tickets, labels, parsed.GetRequiredValue(model), parsed.GetValue(unlabelled), start, cancellationToken);
        });
        return command;
    }

    private static async Task<int> LearnAsync(
        IReadOnlyList<TicketRow> tickets,
        IReadOnlyList<string> labels,
        string folder,
        FileInfo? unlabelled,
        long start,
        CancellationToken cancellationToken)
    {
        var more = unlabelled is null ? [] : await JsonLines.ReadAsync(unlabelled, row => TicketRow.Read(row, []), cancellationToken);
        var model = TicketModel.Learn(labels, tickets, more, Console.Error.WriteLine, cancellationToken);
        model.Save(folder);
        foreach (var (label, measured) in model.Measured)
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{label}: {model.ValuesOf(label).Count} values from {measured.Rows} rows; held back while training, {measured.Accuracy:P1} of"
                + $" them are right, macro-F1 {measured.MacroF1:F3}, stated chances off by {measured.CalibrationError:P1}."));
        }

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"The model is in {folder}, after {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s."));
        return 0;
    }
}
