using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Host.Commands;

/// <summary><c>evaluate</c>: measures a model on tickets whose labels are known.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var data = LearningFiles.DataOption("Tickets that the model has not learnt from, with their labels, a JSON object on each line.");
        var label = new Option<string>("--label") { Description = "The property to measure.", Required = true };
        var model = new Option<string>("--model") { Description = "The folder that learn wrote.", Required = true };
        var json = new Option<string?>("--json") { Description = "A file that gets all figures, those of each value too." };
        var command = new Command("evaluate", "Measures a model on past tickets.") { data, label, model, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(data),
            parsed.GetRequiredValue(label),
            parsed.GetRequiredValue(model),
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string data, string label, string folder, string? json, CancellationToken cancellationToken)
    {
        var model = TicketModel.Load(folder);
        model.NumberOf(label);
        var tickets = await LearningFiles.ReadAsync(data, [label], cancellationToken);
        var figures = ModelEvaluation.Measure(model, label, tickets);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            rows {figures.Rows}
            accuracy {figures.Accuracy:F4}
            macro-F1 {figures.MacroF1:F4}
            calibration error {figures.Ece:F4}
            coverage at 95 % {figures.CoverageAt95:F4}
            latency p50 {figures.LatencyMicroseconds.P50:F1} µs, p99 {figures.LatencyMicroseconds.P99:F1} µs
            called unknown {figures.Unknown.InScopeRefused:F4}
            """));
        if (figures.Unknown.OutOfScopeRows > 0)
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"of {figures.Unknown.OutOfScopeRows} rows with values never learnt called unknown {figures.Unknown.OutOfScopeRecall:F4}"));
        }

        if (json is not null)
        {
            await File.WriteAllBytesAsync(
                json, JsonSerializer.SerializeToUtf8Bytes(figures, EvaluationJson.Default.ModelEvaluation), cancellationToken);
        }

        return 0;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ModelEvaluation))]
internal sealed partial class EvaluationJson : JsonSerializerContext;
