using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TicketTriage.ServiceLevels.Risk;

namespace TicketTriage.Host.Commands;

/// <summary><c>risk</c>: how well what foretells breaches in service would have done so in a log of past tickets.</summary>
internal static class RiskCommand
{
    public static Command Create()
    {
        var data = new Option<FileInfo>("--data")
        {
            Description = "A log with a header: opened_at, resolved_at or closed_at, breached; priority, group and intent or category at opening.",
            Required = true,
        };
        data.AcceptExistingOnly();
        var json = new Option<FileInfo>("--json") { Description = "A file that gets all figures, those of each price of an alarm too." };
        var command = new Command("risk", "Learns the risk of a breach on the first 70 % of a log by opening time, as in service, and reports on the rest.") { data, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo data, FileInfo? json, CancellationToken cancellationToken)
    {
        var report = RiskReport.Measure(await RiskLog.ReadAsync(data, cancellationToken));
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            learned from {report.Learned} tickets, {report.BreachRateLearned:P1} of them missed; reported on {report.Reported}, {report.BreachRateReported:P1} missed
            area under the curve at opening {report.Auc:F4} (by priority alone {report.AucOfKind:F4})
            calibration error {report.Ece:F4} ({report.EceOfFirstTable:F4} without learning anew every day)
            still open at 75 % of the target: {report.OpenAtThreeQuarters}, area under the curve {report.AucAtThreeQuarters:F4}, calibration error {report.EceAtThreeQuarters:F4}
            price of an alarm   75 % rule   this       never
            """));
        foreach (var cost in report.Costs)
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{cost.Price,17:F2}   {cost.Rule,9:F1}   {cost.This,8:F1}   {cost.Never,8:F1}"));
        }

        await Console.Out.WriteLineAsync(report.IsNeverWorseThanRule ? "Never worse than the 75 % rule." : "Worse than the 75 % rule at some price.");
        if (json is not null)
        {
            await File.WriteAllBytesAsync(
                json.FullName, JsonSerializer.SerializeToUtf8Bytes(report, RiskJson.Default.RiskReport), cancellationToken);
        }

        return 0;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RiskReport))]
internal sealed partial class RiskJson : JsonSerializerContext;
