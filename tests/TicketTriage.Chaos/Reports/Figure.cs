using System.Globalization;

namespace TicketTriage.Chaos.Reports;

/// <summary>One measured value, and what is wanted of it where something is.</summary>
/// <param name="Most">The largest value that reaches the goal; <see langword="null"/> where there is none.</param>
internal sealed record Figure(string What, double Seen, string Unit, double? Most = null)
{
    /// <summary>The smallest value that reaches the goal; <see langword="null"/> where there is none.</summary>
    public double? Least { get; init; }

    public bool IsMissed => Seen > Most || Seen < Least;

    private string Wanted => Most is { } most ? $"<= {most:0.##}" : Least is { } least ? $">= {least:0.##}" : "";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{What}: {Seen:0.##} {Unit}{(Wanted.Length > 0 ? $" (wanted {Wanted}{(IsMissed ? ", MISSED" : "")})" : "")}");
}
