using TicketTriage.Escalations;
using TicketTriage.Rehearsals;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Host.Policies;

/// <summary>Which past tickets would fall under another row of the escalation matrix, or under a row with other levels.</summary>
internal static class MatrixTrial
{
    private const string NoRow = "–";

    public static TrialFigures Run(
        IReadOnlyList<PastDecision> past, EscalationMatrix inForce, EscalationMatrix candidate, Action<int> tell,
        CancellationToken cancellationToken)
    {
        var before = inForce.Rows.ToDictionary(row => row.Name, Tell);
        var after = candidate.Rows.ToDictionary(row => row.Name, Tell);
        var parts = new Dictionary<string, (int Tickets, int Changes)>(StringComparer.Ordinal);
        var changes = new List<TrialChange>();
        var (done, changed) = (0, 0);
        foreach (var one in past)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var kind = new TicketKind(one.Facts.Priority, one.Facts.Segment ?? "", one.Facts.Intent);
            var was = inForce.FindRow(kind) is { } old ? before[old.Name] : NoRow;
            var row = candidate.FindRow(kind);
            var would = row is null ? NoRow : after[row.Name];
            var differs = was != would;
            var name = row?.Name ?? NoRow;
            var part = parts.GetValueOrDefault(name);
            parts[name] = (part.Tickets + 1, part.Changes + (differs ? 1 : 0));
            if (differs)
            {
                changed++;
                if (changes.Count < TrialFigures.MostChanges)
                {
                    changes.Add(new TrialChange(one.Ticket, was, would));
                }
            }

            tell(++done);
        }

        return new TrialFigures(
            past.Count, changed, [.. parts.Select(part => new TrialPart(part.Key, part.Value.Tickets, part.Value.Changes))], changes);
    }

    private static string Tell(MatrixRow row) => $"{row.Name}: " + string.Join(" → ", row.Levels.Select(level =>
        FormattableString.Invariant($"{level.AtShare:0.##} {string.Join("+", level.Who)} {level.AcknowledgeMinutes} min")
        + (level.AtRisk is { } risk ? FormattableString.Invariant($" {risk:0.##}") : "")
        + $" {string.Join("+", level.By)}{level.RaiseTo}{level.Tag}{level.ToGroup}"));
}
