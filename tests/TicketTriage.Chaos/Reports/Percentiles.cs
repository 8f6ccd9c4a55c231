namespace TicketTriage.Chaos.Reports;

internal static class Percentiles
{
    /// <returns>The smallest value that at least <paramref name="percent"/> of all don't exceed; 0 for none.</returns>
    public static double Of(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(percent / 100 * sorted.Count) - 1)];
    }
}
