using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TicketTriage.Understanding;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Host.Commands;

/// <summary><c>evaluate</c>: measures a model on tickets whose labels are known.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var data = JsonLines.DataOption("Tickets that the model has not learnt from, with their labels, a JSON object on each line.");
        var label = new Option<string>("--label") { Description = "The property to measure.", Required = true };
        var model = new Option<string>("--model") { Description = "The folder that learn wrote.", Required = true };
        var json = new Option<string?>("--json") { Description = "A file that gets all figures, those of each value too." };
        var provider = new Option<UnderstandingMode>("--provider")
        {
            Description = "Who answers: the local classifier, the model that is configured under Model, or the local one where it is sure"
                + " enough and else the model. The last two send the tickets, masked, to the model.",
        };
        var calibrate = new Option<bool>("--calibrate")
        {
            Description = "Keeps in the model's folder how far to trust the model beside the local classifier, by these tickets.",
        };
        var command = new Command("evaluate", "Measures a model on past tickets.") { data, label, model, json, provider, calibrate };
        data.Required = false;
        command.TreatUnmatchedTokensAsErrors = false;
        var history = HistorySource.ToMeasureBy(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wish = new Wish(
                parsed.GetRequiredValue(label),
                parsed.GetRequiredValue(model),
                parsed.GetValue(json),
                parsed.GetValue(provider),
                parsed.GetValue(calibrate));
            var settings = Settings.From(parsed);
            var file = parsed.GetValue(data);
            var takesHistory = history.IsAsked(parsed, file, [wish.Label]);
            var learnt = TicketModel.Load(wish.Folder);
            learnt.NumberOf(wish.Label);
            var tickets = takesHistory || file is null
                ? await history.MeasureAsync(parsed, cancellationToken)
                : await JsonLines.ReadAsync(file, row => TicketRow.Read(row, [wish.Label]), cancellationToken);
            return await RunAsync(wish, learnt, tickets, settings, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Wish wish, TicketModel model, IReadOnlyList<TicketRow> tickets, string[] settings, CancellationToken cancellationToken)
    {
        if (wish.Provider == UnderstandingMode.Local)
        {
            var figures = ModelEvaluation.Measure(model, wish.Label, tickets);
            await PrintAsync(figures);
            await KeepAsync(figures, EvaluationJson.Default.ModelEvaluation, wish.Json, cancellationToken);
            return 0;
        }

        using var trial = ModelTrial.Open(wish.Provider, settings, model, wish.Label, wish.Folder);
        var (all, judged) = await trial.RunAsync(tickets, cancellationToken);
        await PrintAsync(all);
        await KeepAsync(all, EvaluationJson.Default.ProviderEvaluation, wish.Json, cancellationToken);
        if (wish.Calibrates)
        {
            ConfidenceFile.Save(JointConfidence.Fit(judged), wish.Folder);
            await Console.Out.WriteLineAsync($"{wish.Folder} says how far to trust the model, by {judged.Count} of its answers.");
        }

        return 0;
    }

    private static async Task PrintAsync(ModelEvaluation figures)
    {
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
        await PrintAsync(figures.Unknown);
    }

    private static async Task PrintAsync(ProviderEvaluation figures)
    {
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            rows {figures.Rows}
            accuracy {figures.Accuracy:F4}
            macro-F1 {figures.MacroF1:F4}
            calibration error {figures.Ece:F4}
            coverage at 95 % {figures.CoverageAt95:F4}
            called unclear {figures.Unknown.InScopeRefused:F4}
            asked the model {figures.AskedShare:F4}, in vain {figures.FailedShare:F4}
            tokens {figures.InputTokens} in, {figures.OutputTokens} out
            """));
        await Console.Out.WriteLineAsync(figures.CostPer1000 is { } cost
            ? string.Create(CultureInfo.InvariantCulture, $"cost per 1,000 tickets {cost:F2}")
            : "cost per 1,000 tickets unknown: set Model:InputPrice and Model:OutputPrice to what a million tokens cost");
        await PrintAsync(figures.Unknown);
    }

    private static async Task PrintAsync(UnknownFigures unknown)
    {
        if (unknown.OutOfScopeRows > 0)
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"of {unknown.OutOfScopeRows} rows with values never learnt called unknown {unknown.OutOfScopeRecall:F4}"));
        }
    }

    private static async Task KeepAsync<T>(T figures, JsonTypeInfo<T> form, string? file, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(figures, form), cancellationToken);
        }
    }

    private sealed record Wish(string Label, string Folder, string? Json, UnderstandingMode Provider, bool Calibrates);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ModelEvaluation))]
[JsonSerializable(typeof(ProviderEvaluation))]
internal sealed partial class EvaluationJson : JsonSerializerContext;
