namespace TicketTriage.Chaos.Judging;

/// <param name="Effects">Changes that the product has made in the helpdesk.</param>
internal sealed record Verdict(int Effects, IReadOnlyList<Finding> Findings)
{
    public bool IsClean => Findings.Count == 0;

    public int Count(Fault fault) => Findings.Count(finding => finding.Fault == fault);
}

internal sealed record Finding(Fault Fault, string What);

internal enum Fault
{
    /// <summary>Accepted, and without its effect.</summary>
    Lost,

    /// <summary>Two effects for one state, or one triage twice.</summary>
    Double,

    /// <summary>The helpdesk and the product's tables disagree, or the last word is not the newest.</summary>
    Wrong,
}
