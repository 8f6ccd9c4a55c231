using System.Diagnostics;
using System.Text.Json;
using TicketTriage.Benchmarks.Reports;
using TicketTriage.Helpdesks;
using TicketTriage.Reading;
using TicketTriage.Testing;
using TicketTriage.Tickets;
using TicketTriage.Understanding.Local;
using TicketTriage.Understanding.Local.Classification;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Benchmarks.Classifier;

/// <summary>Learns most rows of a file, and asks about the rest: as they are, rewritten, and at a length of 500 characters.</summary>
internal sealed record ClassifierRun(int Learnt, int Measured, IReadOnlyList<Figure> Figures)
{
    private const int Length = 500;
    private const int TextsOfLength = 2_000;

    public static async Task<ClassifierRun> RunAsync(FileInfo file, string label, double aside, int seed, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(file, label, cancellationToken);
        new Random(seed).Shuffle(rows);
        var measured = rows.AsSpan(0, (int)(rows.Length * aside)).ToArray();
        var learnt = rows[measured.Length..];

        var start = Stopwatch.GetTimestamp();
        using var process = Process.GetCurrentProcess();
        var processorTime = process.TotalProcessorTime;
        var model = TicketModel.Learn([label], [.. learnt.Select(row => row.Row)], [], Console.Error.WriteLine, cancellationToken);
        process.Refresh();
        List<Figure> figures =
        [
            Figure.AtMost("learning", Stopwatch.GetElapsedTime(start).TotalSeconds, "s", 60),
            new Figure("learning, processor time", (process.TotalProcessorTime - processorTime).TotalSeconds, "s"),
            Figure.AtMost("memory at most", process.PeakWorkingSet64 / 1048576.0, "MiB", 1024),
        ];
        if (measured.Length > 0)
        {
            var evaluation = ModelEvaluation.Measure(model, label, [.. measured.Select(row => row.Row)]);
            figures.Add(new Figure("accuracy", evaluation.Accuracy, ""));
            figures.Add(new Figure("macro-F1", evaluation.MacroF1, ""));
            figures.Add(Figure.AtMost("calibration error", evaluation.Ece, "", 0.03));
            figures.AddRange(Flips(model, [.. measured.Select(row => row.Raw)]));
        }

        var atLength = ModelEvaluation.Measure(model, label, TextsAtLength(learnt)).LatencyMicroseconds;
        figures.Add(Figure.AtMost("500 characters, p50", atLength.P50, "µs", 150));
        figures.Add(Figure.AtMost("500 characters, p99", atLength.P99, "µs", 1000));
        return new ClassifierRun(learnt.Length, measured.Length, figures);
    }

    private static async Task<(string Raw, TicketRow Row)[]> ReadAsync(FileInfo file, string label, CancellationToken cancellationToken)
    {
        var rows = new List<(string, TicketRow)>();
        await foreach (var line in File.ReadLinesAsync(file.FullName, cancellationToken))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty(label, out _) && json.RootElement.GetProperty("text").GetString() is { Length: > 0 } text)
            {
                rows.Add((text, TicketRow.Read(json.RootElement, [label])));
            }
        }

        return [.. rows];
    }

    private static IEnumerable<Figure> Flips(TicketModel model, string[] texts)
    {
        var chance = new Random(1);
        (string Name, Func<string, HelpdeskComment> Rewrite)[] rewrites =
        [
            ("flips with umlauts spelt out", Rewrites.WithUmlautsSpeltOut),
            ("flips in capitals", Rewrites.InCapitals),
            ("flips with greeting and signature", Rewrites.WithGreetingAndSignature),
            ("flips with a quoted reply", Rewrites.WithQuotedReply),
            ("flips as markup", Rewrites.AsMarkup),
            ("flips with a slip in 100 letters", text => Rewrites.WithSlips(text, chance)),
        ];
        var before = Array.ConvertAll(texts, text => Choose(model, Rewrites.Plain(text)));
        foreach (var (name, rewrite) in rewrites)
        {
            var flips = texts.Where((text, at) => Choose(model, rewrite(text)) != before[at]).Count();
            yield return Figure.AtMost(name, 100.0 * flips / texts.Length, "%", 5);
        }
    }

    private static string Choose(TicketModel model, HelpdeskComment comment)
    {
        var ticket = TicketCleaner.Clean(new HelpdeskTicket { Number = "1", Stamp = "1" }, [comment], new TicketId("desk", "1"));
        return model.Classify(ConcernText.Of(ticket.CustomerText(TextFeatures.MostCharacters)))[0].Nearest;
    }

    private static List<TicketRow> TextsAtLength((string Raw, TicketRow Row)[] rows)
    {
        var texts = new List<TicketRow>();
        for (var at = 0; texts.Count < TextsOfLength; at++)
        {
            var row = rows[at % rows.Length].Row;
            var text = row.Text;
            for (var next = at + 1; text.Length < Length; next++)
            {
                text = $"{text} {rows[next % rows.Length].Row.Text}";
            }

            texts.Add(row with { Text = text[..Length] });
        }

        return texts;
    }
}
