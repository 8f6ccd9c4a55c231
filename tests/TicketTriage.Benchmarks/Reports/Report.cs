using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TicketTriage.Benchmarks.Reports;

/// <summary>What one benchmark has found, for people and for programs.</summary>
/// <param name="How">The circumstances in one line: without them the figures mean nothing.</param>
internal sealed record Report(string Benchmark, string How, IReadOnlyList<Figure> Figures)
{
    public string ToTable()
    {
        var what = Figures.Max(figure => figure.What.Length);
        var table = new StringBuilder().Append(CultureInfo.InvariantCulture, $"\n{Benchmark}: {How}\n\n");
        foreach (var figure in Figures)
        {
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{figure.What.PadRight(what)}  {Number(figure.Seen),10} {figure.Unit,-4}  {Wanted(figure),-13}  {figure.Verdict}");
            table.Append(line.TrimEnd()).Append('\n');
        }

        return table.ToString();
    }

    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.Report);

    private static string Wanted(Figure figure) => figure.Wanted is { } wanted ? $"wanted {wanted}" : "";

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) switch { >= 100 => "N0", >= 10 => "N1", >= 1 => "N2", _ => "N3" }, CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJson : JsonSerializerContext;
