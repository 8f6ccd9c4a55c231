using TicketTriage.Chaos.Judging;

namespace TicketTriage.Chaos.Reports;

/// <summary>What became of one scenario.</summary>
/// <param name="Letters">All that the product has accepted, the echoes of its own changes among them.</param>
/// <param name="Logs">Where its processes have written.</param>
internal sealed record Outcome(
    string Scenario, int Deliveries, int Letters, int Tickets, Verdict Verdict, IReadOnlyList<Figure> Figures, TimeSpan Took, string Logs)
{
    /// <summary>Whether other scenarios were played beside it.</summary>
    public bool IsCrowded { get; init; }

    /// <summary>Promises that were missed.</summary>
    public IReadOnlyList<Figure> Broken => [.. Figures.Where(figure => figure.IsBroken(IsCrowded))];

    public bool IsGood => Verdict.IsClean && Broken.Count == 0;
}
