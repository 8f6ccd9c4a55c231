using System.Globalization;
using TicketTriage.Chaos.Judging;

namespace TicketTriage.Chaos.Reports;

/// <summary>The outcomes for people: a line for each scenario, then what was measured, then what the judge has found.</summary>
internal static class OutcomeTable
{
    private const int MostFindings = 20;

    private static readonly string Head = string.Create(
        CultureInfo.InvariantCulture,
        $"{"scenario",-18}{"deliveries",10}{"with echoes",12}{"tickets",9}{"effects",9}{"lost",6}{"double",8}{"wrong",7}{"seconds",9}");

    public static string Write(IReadOnlyList<Outcome> outcomes)
    {
        var lines = new List<string> { "", Head };
        lines.AddRange(outcomes.Select(Line));
        lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{"",-18}{outcomes.Sum(outcome => outcome.Deliveries),10}{outcomes.Sum(outcome => outcome.Letters),12}"));
        lines.Add("");
        lines.AddRange(outcomes.SelectMany(outcome => outcome.Figures.Select(figure => $"{outcome.Scenario}: {figure.Say(outcome.IsCrowded)}")));
        foreach (var outcome in outcomes.Where(outcome => !outcome.IsGood))
        {
            lines.Add("");
            lines.Add($"{outcome.Scenario} FAILED; its processes wrote to {outcome.Logs}");
            lines.AddRange(outcome.Verdict.Findings.Take(MostFindings).Select(finding => $"  {finding.Fault}: {finding.What}"));
            lines.AddRange(outcome.Broken.Select(figure => $"  Missed: {figure.Say(outcome.IsCrowded)}"));
        }

        return string.Join('\n', lines);
    }

    public static string Line(Outcome outcome)
    {
        var verdict = outcome.Verdict;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Scenario,-18}{outcome.Deliveries,10}{outcome.Letters,12}{outcome.Tickets,9}{verdict.Effects,9}"
            + $"{verdict.Count(Fault.Lost),6}{verdict.Count(Fault.Double),8}{verdict.Count(Fault.Wrong),7}{outcome.Took.TotalSeconds,9:0}"
            + $"{(outcome.IsGood ? "" : "  FAILED")}");
    }
}
