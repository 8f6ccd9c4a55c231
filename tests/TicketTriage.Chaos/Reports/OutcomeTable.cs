using System.Globalization;
using System.Text;
using TicketTriage.Chaos.Judging;

namespace TicketTriage.Chaos.Reports;

/// <summary>The outcomes for people: a line for each scenario, then what was measured, then what the judge has found.</summary>
internal static class OutcomeTable
{
    private const int MostFindings = 20;

    public static string Write(IReadOnlyList<Outcome> outcomes)
    {
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"\n{"scenario",-18}{"deliveries",10}{"with echoes",12}{"tickets",9}{"effects",9}");
        table.Append(CultureInfo.InvariantCulture, $"{"lost",6}{"double",8}{"wrong",7}{"seconds",9}\n");
        foreach (var outcome in outcomes)
        {
            var verdict = outcome.Verdict;
            table.Append(
                CultureInfo.InvariantCulture,
                $"{outcome.Scenario,-18}{outcome.Deliveries,10}{outcome.Letters,12}{outcome.Tickets,9}{verdict.Effects,9}");
            table.Append(
                CultureInfo.InvariantCulture,
                $"{verdict.Count(Fault.Lost),6}{verdict.Count(Fault.Double),8}{verdict.Count(Fault.Wrong),7}{outcome.Took.TotalSeconds,9:0}");
            table.Append(verdict.IsClean ? "\n" : "  FAILED\n");
        }

        table.Append(
            CultureInfo.InvariantCulture,
            $"{"",-18}{outcomes.Sum(outcome => outcome.Deliveries),10}{outcomes.Sum(outcome => outcome.Letters),12}\n\n");
        foreach (var (outcome, figure) in outcomes.SelectMany(outcome => outcome.Figures.Select(figure => (outcome, figure))))
        {
            table.Append(CultureInfo.InvariantCulture, $"{outcome.Scenario}: {figure}\n");
        }

        foreach (var outcome in outcomes.Where(outcome => !outcome.Verdict.IsClean))
        {
            table.Append(CultureInfo.InvariantCulture, $"\n{outcome.Scenario} FAILED; its processes wrote to {outcome.Logs}\n");
            foreach (var finding in outcome.Verdict.Findings.Take(MostFindings))
            {
                table.Append(CultureInfo.InvariantCulture, $"  {finding.Fault}: {finding.What}\n");
            }
        }

        return table.ToString();
    }
}
