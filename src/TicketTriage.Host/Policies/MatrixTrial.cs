using System.Globalization;
using TicketTriage.Escalations;
using TicketTriage.Rehearsals;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Host.Policies;

/// <summary>Which past tickets would fall under another row of the escalation matrix, or under a row with other levels.</summary>
internal static class MatrixTrial
{
    private const string NoRow = "–";

    private static readonly (string Key, IReadOnlyList<TrialWord> Words) Outside = ("", [new TrialWord("no row", [])]);

    public static TrialFigures Run(
        IReadOnlyList<PastDecision> past, EscalationMatrix inForce, EscalationMatrix candidate, Action<int> tell,
        CancellationToken cancellationToken)
    {
        var before = inForce.Rows.ToDictionary(row => row.Name, TellRow);
        var after = candidate.Rows.ToDictionary(row => row.Name, TellRow);
        var parts = new Dictionary<string, (int Tickets, int Changes)>(StringComparer.Ordinal);
        var changes = new List<TrialChange>();
        var (done, changed) = (0, 0);
        foreach (var one in past)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var kind = new TicketKind(one.Facts.Priority, one.Facts.Segment ?? "", one.Facts.Intent);
            var old = inForce.FindRow(kind);
            var row = candidate.FindRow(kind);
            var (was, would) = (old is null ? Outside : before[old.Name], row is null ? Outside : after[row.Name]);
            var differs = was.Key != would.Key;
            var name = row?.Name ?? NoRow;
            var part = parts.GetValueOrDefault(name);
            parts[name] = (part.Tickets + 1, part.Changes + (differs ? 1 : 0));
            if (differs)
            {
                changed++;
                changes.Add(new TrialChange(one.Ticket, old?.Name ?? NoRow, name) { Words = (was.Words, would.Words) });
            }

            tell(++done);
        }

        return new TrialFigures(
            past.Count, changed, [.. parts.Select(part => new TrialPart(part.Key, part.Value.Tickets, part.Value.Changes))], changes);
    }

    private static (string Key, IReadOnlyList<TrialWord> Words) TellRow(MatrixRow row)
    {
        IReadOnlyList<TrialWord> words =
            [new("{0}", row.Name), .. row.Levels.Index().SelectMany(level => TellLevel(level.Index + 1, level.Item))];
        return (string.Join('\n', words.Select(word => $"{word.English} {string.Join(' ', word.Values)}")), words);
    }

    private static IEnumerable<TrialWord> TellLevel(int number, MatrixLevel level)
    {
        yield return new TrialWord(TrialWords.Level, number.ToString(CultureInfo.InvariantCulture));
        yield return new TrialWord("at {0} of the target", Percent(level.AtShare));
        if (level.AtRisk is { } risk)
        {
            yield return new TrialWord("or at a risk of {0}", Percent(risk));
        }

        yield return new TrialWord("{0}", [level.Direction == LevelDirection.Functional ? "functional" : "hierarchical"], IsSaid: true);
        yield return new TrialWord("told are {0}", level.Who);
        yield return new TrialWord("told by {0}", [.. level.By.Select(way => way.ToString().ToLowerInvariant())], IsSaid: true);
        yield return new TrialWord("to be taken within {0} minutes", level.AcknowledgeMinutes.ToString(CultureInfo.InvariantCulture));
        if (level.RaiseTo is { } priority)
        {
            yield return new TrialWord("raised to {0}", [priority.ToString().ToLowerInvariant()], IsSaid: true);
        }

        if (level.Tag is { Length: > 0 } tag)
        {
            yield return new TrialWord("tag {0}", tag);
        }

        if (level.ToGroup is { Length: > 0 } group)
        {
            yield return new TrialWord("to the group {0}", group);
        }
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");
}
