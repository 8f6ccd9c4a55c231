namespace TicketTriage.Benchmarks.Reports;

internal static class Statistics
{
    public static double Median(IEnumerable<double> values) => Percentile([.. values.Order()], 50);

    /// <param name="sorted">Ascending, at least one.</param>
    /// <returns>The smallest value that at least <paramref name="percent"/> of all don't exceed.</returns>
    public static double Percentile(IReadOnlyList<double> sorted, double percent) =>
        sorted[Math.Max(0, (int)Math.Ceiling(percent / 100 * sorted.Count) - 1)];
}
