using System.Text.Json;

namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(180_000)]
internal sealed class Learning
{
    private static readonly Dictionary<string, string> Nothing = [];

    private static readonly string[] Rows =
    [
        .. Enumerable.Range(0, 20).Select(n => $$"""{"text": "Where is my parcel {{n}}? It has not arrived.", "intent": "delivery"}"""),
        .. Enumerable.Range(0, 20).Select(n => $$"""{"subject": "Invoice {{n}}", "body": "The amount is wrong.", "intent": "billing"}"""),
    ];

    [Test]
    public async Task What_learn_writes_evaluate_measures(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "tickets.jsonl", [.. Rows, "not JSON"]);

        var learnt = await RunAsync(folder, cancellationToken, "learn", "--data", "tickets.jsonl", "--label", "intent", "--model", "model");
        var measured = await RunAsync(
            folder, cancellationToken, "evaluate", "--data", "tickets.jsonl", "--label", "intent", "--model", "model", "--json", "out.json");

        using var figures = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "out.json"), cancellationToken));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(learnt.ExitCode, Is.Zero, $"{learnt}");
            Assert.That(learnt.Errors, Is.EqualTo("tickets.jsonl, line 41: this is not JSON."));
            Assert.That(measured.ExitCode, Is.Zero, $"{measured}");
            Assert.That(measured.Output, Does.StartWith("rows 40\naccuracy 1.0000\nmacro-F1 1.0000\n"));
            Assert.That(figures.RootElement.GetProperty("rows").GetInt32(), Is.EqualTo(40));
            Assert.That(figures.RootElement.GetProperty("accuracy").GetDouble(), Is.EqualTo(1));
            Assert.That(figures.RootElement.GetProperty("macroF1").GetDouble(), Is.EqualTo(1));
            Assert.That(figures.RootElement.GetProperty("ece").GetDouble(), Is.InRange(0, 0.2));
            Assert.That(figures.RootElement.GetProperty("coverageAt95").GetDouble(), Is.EqualTo(1));
            Assert.That(figures.RootElement.GetProperty("latencyMicroseconds").GetProperty("p50").GetDouble(), Is.Positive);
            Assert.That(figures.RootElement.GetProperty("latencyMicroseconds").GetProperty("p99").GetDouble(), Is.Positive);
            Assert.That(figures.RootElement.GetProperty("classes").GetProperty("billing").GetProperty("precision").GetDouble(), Is.EqualTo(1));
            Assert.That(figures.RootElement.GetProperty("classes").GetProperty("billing").GetProperty("recall").GetDouble(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_file_that_is_mostly_unreadable_fails(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "tickets.jsonl", [.. Rows, .. Enumerable.Repeat("?", 40)]);

        var run = await RunAsync(folder, cancellationToken, "learn", "--data", "tickets.jsonl", "--label", "intent", "--model", "model");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), $"{run}");
            Assert.That(run.Errors, Does.Contain("20 more rows").And.Contain("40 of 80 rows of tickets.jsonl can't be read"));
            Assert.That(Directory.Exists(Path.Combine(folder.Path, "model")), Is.False);
        }
    }

    [TestCase("learn --data none.jsonl --label intent --model model", "There is no file none.jsonl.")]
    [TestCase("learn --data tickets.jsonl --label topic --model model", "No row of tickets.jsonl has the label topic")]
    [TestCase("evaluate --data tickets.jsonl --label intent --model model", "There is no model in model; train one with learn.")]
    public async Task What_is_missing_is_one_sentence(string command, string expected)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "tickets.jsonl", Rows);

        var run = await RunAsync(folder, TestContext.CurrentContext.CancellationToken, command.Split(' '));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), $"{run}");
            Assert.That(run.Errors, Does.StartWith(expected).And.Not.Contain("\n"));
        }
    }

    private static Task<HostRun> RunAsync(TemporaryFolder folder, CancellationToken cancellationToken, params string[] arguments) =>
        HostProcess.RunAsync(folder, Nothing, cancellationToken, arguments);

    private static Task WriteAsync(TemporaryFolder folder, string name, string[] lines) =>
        File.WriteAllLinesAsync(Path.Combine(folder.Path, name), lines);
}
