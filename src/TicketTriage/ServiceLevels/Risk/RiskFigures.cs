namespace TicketTriage.ServiceLevels.Risk;

/// <summary>How good foretold chances are.</summary>
public static class RiskFigures
{
    /// <summary>How often a breach was given a higher chance than a case that was met; ties count half.</summary>
    /// <returns>In [0, 1]; 0.5 is a guess, and also what comes where there is only one kind.</returns>
    public static double Auc(IReadOnlyList<double> chances, IReadOnlyList<bool> labels)
    {
        var order = Enumerable.Range(0, chances.Count).OrderBy(i => chances[i]).ToArray();
        var (ranks, breaches) = (0d, 0L);
        for (var first = 0; first < order.Length;)
        {
            var after = first;
            var inTie = 0;
            while (after < order.Length && chances[order[after]] <= chances[order[first]])
            {
                inTie += labels[order[after++]] ? 1 : 0;
            }

            ranks += inTie * ((first + after + 1) / 2d);
            breaches += inTie;
            first = after;
        }

        var met = order.Length - breaches;
        return breaches == 0 || met == 0 ? 0.5 : (ranks - (breaches * (breaches + 1) / 2d)) / (breaches * (double)met);
    }

    /// <summary>How far, on average, foretold chances lie from what came, in bins of equal width.</summary>
    public static double Ece(IReadOnlyList<double> chances, IReadOnlyList<bool> labels, int bins)
    {
        var difference = new double[bins];
        for (var i = 0; i < chances.Count; i++)
        {
            difference[Math.Min(bins - 1, (int)(chances[i] * bins))] += chances[i] - (labels[i] ? 1 : 0);
        }

        return chances.Count == 0 ? 0 : difference.Sum(Math.Abs) / chances.Count;
    }
}
