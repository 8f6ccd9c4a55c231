namespace TicketTriage.Routing.Matching;

/// <summary>What a ticket is worth by the minute of an agent's time.</summary>
internal static class TardinessIndex
{
    /// <summary>The median of handling times by their mean: they spread by a factor of two and more (0.8 of the logarithm).</summary>
    internal const double MedianOfMean = 0.73;

    /// <param name="minutes">How long the agent is likely to take.</param>
    /// <param name="left">Working minutes until it is due.</param>
    /// <param name="reach">For how many minutes of slack the worth falls to a third.</param>
    public static double Of(double weight, double minutes, double left, double reach, RouterTuning tuning)
    {
        var slack = Math.Max(0, left - (minutes * tuning.Margin));
        return weight / minutes * (tuning.Lost + ((1 - tuning.Lost) * ChanceOf(minutes, left))) * Math.Exp(-slack / reach);
    }

    /// <summary>
    /// The same at most, without the powers: as if it were due now and sure to be in time; exact where it is late already.
    /// </summary>
    public static double MostOf(double weight, double minutes, double left, RouterTuning tuning) =>
        weight / minutes * (left <= 0 ? tuning.Lost : Math.Max(1, tuning.Lost));

    /// <summary>
    /// The chance of being in time. A log-logistic curve follows the spread of handling times closely enough.
    /// </summary>
    private static double ChanceOf(double minutes, double left)
    {
        const double Steepness = 2.1;
        return left <= 0 ? 0 : 1 / (1 + Math.Pow(minutes * MedianOfMean / left, Steepness));
    }
}
