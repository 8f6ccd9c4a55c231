using System.Globalization;

namespace TicketTriage.Chaos.Reports;

/// <summary>One measured value. With a goal it is a promise, and a run that misses it has failed; without one it only informs.</summary>
/// <param name="Most">The largest value that reaches the goal; <see langword="null"/> where there is none.</param>
internal sealed record Figure(string What, double Seen, string Unit, double? Most = null)
{
    /// <summary>The smallest value that reaches the goal; <see langword="null"/> where there is none.</summary>
    public double? Least { get; init; }

    /// <summary>
    /// True where the value shows what else the machine does: it promises something of a scenario that is played alone, and informs
    /// where others are played beside it.
    /// </summary>
    public bool NeedsQuiet { get; init; }

    public bool IsMissed => Seen > Most || Seen < Least || (double.IsNaN(Seen) && Wanted.Length > 0);

    private string Wanted => Most is { } most ? $"<= {most:0.##}" : Least is { } least ? $">= {least:0.##}" : "";

    public bool IsBroken(bool isCrowded) => IsMissed && !(NeedsQuiet && isCrowded);

    public string Say(bool isCrowded)
    {
        var verdict = !IsMissed ? "" : IsBroken(isCrowded) ? ", MISSED" : ", missed beside other scenarios";
        return string.Create(
            CultureInfo.InvariantCulture, $"{What}: {Seen:0.##} {Unit}{(Wanted.Length > 0 ? $" (wanted {Wanted}{verdict})" : "")}");
    }
}
