using System.Diagnostics;
using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Understanding.Local.Learning;

/// <summary>How a model fares on tickets whose right values are known. Shares lie in [0, 1].</summary>
/// <param name="Rows">Tickets whose value the model knows; the next four figures are about these, by the nearest value.</param>
/// <param name="Accuracy">Share that is right.</param>
/// <param name="MacroF1">The mean over the values.</param>
/// <param name="Ece">The mean distance between stated and true chance, over 15 bins of equal width.</param>
/// <param name="CoverageAt95">The largest share of rows, most confident first, that is at least 95 % right.</param>
/// <param name="LatencyMicroseconds">Of one classification on one thread, the fastest of three for each ticket.</param>
/// <param name="Unknown">How the model tells what fits none of its values.</param>
/// <param name="Classes">By value.</param>
public sealed record ModelEvaluation(
    string Label,
    int Rows,
    double Accuracy,
    double MacroF1,
    double Ece,
    double CoverageAt95,
    Latency LatencyMicroseconds,
    UnknownFigures Unknown,
    IReadOnlyDictionary<string, ClassFigures> Classes)
{
    private static readonly TimeSpan warmUp = TimeSpan.FromMilliseconds(500);

    /// <param name="label">The label to look at.</param>
    /// <param name="tickets">With the right value of that label alone.</param>
    /// <exception cref="LearningException">The model was trained for other labels, or knows the value of no ticket.</exception>
    public static ModelEvaluation Measure(TicketModel model, string label, IReadOnlyList<TicketRow> tickets)
    {
        var at = model.NumberOf(label);
        var values = model.ValuesOf(label);
        var numbers = values.Select((value, number) => (value, number)).ToDictionary(one => one.value, one => one.number, StringComparer.Ordinal);
        WarmUp(model, tickets);
        var tally = new Tally(values.Count);
        var bins = new ChanceBins();
        var sure = new List<(double Chance, bool IsRight)>();
        var ticks = new long[tickets.Count];
        var refused = 0;
        var outside = new Dictionary<string, (int Rows, int Refused)>(StringComparer.Ordinal);
        for (var row = 0; row < tickets.Count; row++)
        {
            var guess = Look(model, tickets[row].Text, out ticks[row])[at];
            var value = tickets[row].Labels[0] ?? "";
            if (numbers.TryGetValue(value, out var number))
            {
                var isRight = guess.Nearest == value;
                tally.Count(number, numbers[guess.Nearest]);
                bins.Count(guess.Confidence, isRight);
                sure.Add((guess.Confidence, isRight));
                refused += guess.Label is null ? 1 : 0;
            }
            else
            {
                var (rows, caught) = outside.GetValueOrDefault(value);
                outside[value] = (rows + 1, caught + (guess.Label is null ? 1 : 0));
            }
        }

        var caughtOutside = outside.Values.Sum(figures => figures.Refused);
        var classes = Enumerable.Range(0, values.Count).ToDictionary(
            number => values[number], number => new ClassFigures(tally.RowsOf(number), tally.PrecisionOf(number), tally.RecallOf(number)));
        foreach (var (value, figures) in outside)
        {
            classes[value] = new ClassFigures(
                figures.Rows, Share(figures.Refused, refused + caughtOutside), Share(figures.Refused, figures.Rows));
        }

        Array.Sort(ticks);
        return new ModelEvaluation(
            label,
            tally.Rows,
            tally.Accuracy,
            tally.MacroF1,
            bins.Error,
            CoverageOf(sure, 0.95),
            new Latency(MicrosecondsAt(ticks, 0.5), MicrosecondsAt(ticks, 0.99)),
            new UnknownFigures(
                Share(refused, tally.Rows), outside.Values.Sum(figures => figures.Rows), Share(caughtOutside, tickets.Count - tally.Rows)),
            classes);
    }

    // The fastest of a few looks: what else the machine does meanwhile is not the model's.
    private static LabelGuess[] Look(TicketModel model, string text, out long ticks)
    {
        const int Looks = 3;
        ticks = long.MaxValue;
        LabelGuess[] guesses = [];
        for (var look = 0; look < Looks; look++)
        {
            var start = Stopwatch.GetTimestamp();
            guesses = model.Classify(text);
            ticks = Math.Min(ticks, Stopwatch.GetTimestamp() - start);
        }

        return guesses;
    }

    // The first calls are compiled while they run; a service has long left that behind.
    private static void WarmUp(TicketModel model, IReadOnlyList<TicketRow> tickets)
    {
        var start = Stopwatch.GetTimestamp();
        for (var row = 0; Stopwatch.GetElapsedTime(start) < warmUp; row++)
        {
            model.Classify(tickets[row % tickets.Count].Text);
        }
    }

    internal static double CoverageOf(IReadOnlyCollection<(double Chance, bool IsRight)> rows, double precision)
    {
        var right = 0;
        var covered = 0;
        var count = 0;
        foreach (var (_, isRight) in rows.OrderByDescending(row => row.Chance))
        {
            count++;
            right += isRight ? 1 : 0;
            covered = right >= precision * count ? count : covered;
        }

        return Share(covered, rows.Count);
    }

    private static double MicrosecondsAt(long[] sorted, double share) =>
        sorted[Math.Min((int)(share * sorted.Length), sorted.Length - 1)] * 1e6 / Stopwatch.Frequency;

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

public sealed record Latency(double P50, double P99);

/// <param name="InScopeRefused">Share of the rows with a known value that were called unknown all the same.</param>
/// <param name="OutOfScopeRows">Rows with a value that the model never learnt.</param>
/// <param name="OutOfScopeRecall">Share of those that were called unknown; 0 without such rows.</param>
public sealed record UnknownFigures(double InScopeRefused, int OutOfScopeRows, double OutOfScopeRecall);

/// <summary>For a value that the model never learnt, "unknown" is the right answer.</summary>
public sealed record ClassFigures(int Rows, double Precision, double Recall);
