using TicketTriage.Benchmarks.Reports;

namespace TicketTriage.Benchmarks.Load;

/// <summary>How long each request took.</summary>
/// <param name="Milliseconds">Ascending.</param>
/// <param name="Took">From the first request to the last answer.</param>
internal sealed record Latencies(IReadOnlyList<double> Milliseconds, TimeSpan Took)
{
    public int Count => Milliseconds.Count;

    public double PerSecond => Count / Took.TotalSeconds;

    public double Median => Statistics.Percentile(Milliseconds, 50);

    public double P99 => Statistics.Percentile(Milliseconds, 99);
}
