using System.Globalization;

namespace TicketTriage.Chaos.Reports;

/// <summary>One measured value, and what is wanted of it where something is.</summary>
/// <param name="Most">The largest value that reaches the goal; <see langword="null"/> for what is only reported.</param>
internal sealed record Figure(string What, double Seen, string Unit, double? Most = null)
{
    public bool IsMissed => Seen > Most;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{What}: {Seen:0.##} {Unit}{(Most is { } most ? $" (wanted <= {most:0.##}{(IsMissed ? ", MISSED" : "")})" : "")}");
}
