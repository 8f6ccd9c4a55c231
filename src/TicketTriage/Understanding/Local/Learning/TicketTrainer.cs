using System.Globalization;
using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Understanding.Local.Learning;

/// <summary>Trains a classifier for several labels at once: the texts are read once, and each label gets weights of its own.</summary>
internal static class TicketTrainer
{
    /// <summary>By this value a file says that a ticket belongs to none of the others.</summary>
    public const string OutsideValue = "oos";

    public static TextClassifier Train(
        IReadOnlyList<string> labels,
        IReadOnlyList<TicketRow> tickets,
        IReadOnlyList<TicketRow> unlabelled,
        TrainingOptions options,
        Action<string> warn,
        CancellationToken cancellationToken)
    {
        // A ticket that is in both files would be judged, when held back, by what its twin taught.
        var known = tickets.Select(ticket => FoldedText.Of(ticket.Text)).ToHashSet(StringComparer.Ordinal);
        var fresh = unlabelled.Where(ticket => known.Add(FoldedText.Of(ticket.Text))).ToArray();
        var features = TextFeatures.Fit([.. tickets.Concat(fresh).Select(ticket => ticket.Text)], new MoodWords(WordLists.LoadMoods().Content));
        var heads = new LabelHead[labels.Count];
        var desk = new ReadingDesk();
        for (var at = 0; at < labels.Count; at++)
        {
            var learnt = Choose(labels[at], at, tickets, warn);
            var rows = new FeatureRows();
            foreach (var ticket in learnt.Concat(fresh))
            {
                rows.Add(features.Read(ticket.Text, desk));
            }

            string?[] values = [.. learnt.Select(ticket => ticket.Labels[at] == OutsideValue ? null : ticket.Labels[at])];
            heads[at] = HeadTrainer.Train(labels[at], features, rows, values, new HashSet<int>(), options, cancellationToken);
        }

        return new TextClassifier(features, heads);
    }

    // A value that one ticket alone has can be learnt but not measured, and nobody could say how far to trust it.
    private static TicketRow[] Choose(string label, int at, IReadOnlyList<TicketRow> tickets, Action<string> warn)
    {
        var given = tickets.Where(ticket => ticket.Labels[at] is not null).ToArray();
        var once = given.CountBy(ticket => ticket.Labels[at] ?? "").Where(value => value.Value == 1).Select(value => value.Key).ToHashSet();
        var learnt = given.Where(ticket => !once.Contains(ticket.Labels[at] ?? "")).ToArray();
        var values = learnt.Select(ticket => ticket.Labels[at]).Where(value => value != OutsideValue).Distinct().ToArray();
        if (values.Length < 2)
        {
            throw new LearningException(
                (values.Length == 0 ? $"No value of {label} stands in two rows" : $"All rows have the same {label}, {values[0]}")
                + "; learning needs two values with at least two rows each.");
        }

        if (once.Count > 0)
        {
            var named = string.Join(", ", once.Order(StringComparer.Ordinal).Take(10));
            warn(string.Create(
                CultureInfo.InvariantCulture,
                $"Left out, for a single row each: {once.Count} {(once.Count == 1 ? "value" : "values")} of {label} ({named}); add rows to learn them."));
        }

        return learnt;
    }
}
