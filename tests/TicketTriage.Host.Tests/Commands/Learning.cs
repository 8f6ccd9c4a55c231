using System.Text.Json;
using TicketTriage.Testing;

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
            Assert.That(learnt.Errors, Is.EqualTo("tickets.jsonl, line 41: left out, since it isn't JSON."));
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
            Assert.That(run.Errors, Does.Contain("20 more rows left out").And.Contain("40 of 80 rows of tickets.jsonl can't be read"));
            Assert.That(Directory.Exists(Path.Combine(folder.Path, "model")), Is.False);
        }
    }

    [TestCase("learn --data none.jsonl --label intent --model model", 2, "File does not exist: 'none.jsonl'")]
    [TestCase("learn --data nothing.jsonl --label intent --model model", 1, "nothing.jsonl holds no row; expected a JSON object on each line.")]
    [TestCase("learn --data same.jsonl --label intent --model model", 1, "All rows have the same intent, a; learning needs two values")]
    [TestCase("learn --data once.jsonl --label intent --model model", 1, "No value of intent stands in two rows; learning needs two values")]
    [TestCase("evaluate --data tickets.jsonl --label intent --model model", 1, "There is no model in model; train one with learn.")]
    [TestCase("evaluate --data tickets.jsonl --label intent --model later", 1, "The model in later has format 99, and this program reads format")]
    [TestCase("evaluate --data tickets.jsonl --label intent --model broken", 1, "The model in broken is damaged: manifest.json can't be read")]
    public async Task What_cannot_be_learnt_or_measured_is_one_sentence(string command, int exitCode, string expected)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "tickets.jsonl", Rows);
        await WriteAsync(folder, "nothing.jsonl", []);
        await WriteAsync(folder, "same.jsonl", """{"text": "Hello", "intent": "a"}""", """{"text": "Good day", "intent": "a"}""");
        await WriteAsync(folder, "once.jsonl", """{"text": "Hello", "intent": "a"}""", """{"text": "Good day", "intent": "b"}""");
        Directory.CreateDirectory(Path.Combine(folder.Path, "later"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "broken"));
        await WriteAsync(
            folder,
            "later/manifest.json",
            """{"kind": "tickettriage-classifier", "version": 99, "labels": [], "weights": "w.bin", "bytes": 0, "sha256": ""}""");
        await WriteAsync(folder, "broken/manifest.json", "{");

        var run = await RunAsync(folder, TestContext.CurrentContext.CancellationToken, command.Split(' '));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(exitCode), $"{run}");
            Assert.That(run.Errors, Does.StartWith(expected).And.Not.Contain("\n"));
        }
    }

    [Test]
    public async Task Rows_without_the_label_say_what_they_have(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "tickets.jsonl", """{"text": "Hello", "topic": "a"}""");

        var run = await RunAsync(folder, cancellationToken, "learn", "--data", "tickets.jsonl", "--label", "intent", "--model", "model");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), $"{run}");
            Assert.That(
                run.Errors.Split('\n'),
                Is.EqualTo(
                [
                    "tickets.jsonl, line 1: left out, since it has no value for intent, only for text, topic.",
                    "1 of 1 rows of tickets.jsonl can't be read, more than 5 %; correct the file and start again.",
                ]));
        }
    }

    [Test]
    public async Task A_cascade_asks_the_model_where_the_local_one_is_unsure_and_says_what_that_costs(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModel.StartAsync();
        server.Otherwise(_ => """
            {
              "summary": "", "intent": { "value": "billing", "confidence": 0.9 }, "product": { "value": "unclear", "confidence": 0.9 },
              "sentiment": { "value": "neutral", "confidence": 0.9 }, "language": { "value": "en", "confidence": 0.9 }, "signals": []
            }
            """);
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "tickets.jsonl", Rows);
        await WriteAsync(
            folder,
            "new.jsonl",
            """{"text": "Where is my parcel 7? It has not arrived.", "intent": "delivery"}""",
            """{"text": "Wherefore art thou Romeo", "intent": "billing"}""",
            """{"text": "Quite another matter", "intent": "billing"}""",
            """{"text": "My lawyer says the amount on invoice 3 is wrong.", "intent": "billing"}""");
        await RunAsync(folder, cancellationToken, "learn", "--data", "tickets.jsonl", "--label", "intent", "--model", "model");

        var run = await RunAsync(
            folder, cancellationToken, "evaluate", "--data", "new.jsonl", "--label", "intent", "--model", "model", "--provider", "cascade",
            "--json", "out.json", "--Model:Provider=OpenAI", $"--Model:Endpoint={server.Address}v1", "--Model:ApiKey=k", "--Model:Deployment=m",
            "--Model:InputPrice=2", "--Model:OutputPrice=10", "--Understanding:Bar=0.5");

        Assert.That(run.ExitCode, Is.Zero, $"{run}");
        using var figures = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "out.json"), cancellationToken));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Calls, Has.Count.EqualTo(3));
            Assert.That(run.Output, Does.Contain("accuracy 1.0000").And.Contain("asked the model 0.7500, in vain 0.0000"));
            Assert.That(run.Output, Does.Contain("tokens 2700 in, 180 out\ncost per 1,000 tickets 1.80"));
            Assert.That(figures.RootElement.GetProperty("askedShare").GetDouble(), Is.EqualTo(0.75));
            Assert.That(figures.RootElement.GetProperty("costPer1000").GetDouble(), Is.EqualTo(1.8).Within(1e-9));
        }
    }

    [Test]
    public async Task Without_a_model_to_ask_that_is_said(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "tickets.jsonl", Rows);
        await RunAsync(folder, cancellationToken, "learn", "--data", "tickets.jsonl", "--label", "intent", "--model", "model");

        var run = await RunAsync(
            folder, cancellationToken, "evaluate", "--data", "tickets.jsonl", "--label", "intent", "--model", "model", "--provider", "model");

        Assert.That((run.ExitCode, run.Errors.StartsWith("Model:Provider is Local", StringComparison.Ordinal)), Is.EqualTo((2, true)), $"{run}");
    }

    private static Task<HostRun> RunAsync(TemporaryFolder folder, CancellationToken cancellationToken, params string[] arguments) =>
        HostProcess.RunAsync(folder, Nothing, cancellationToken, arguments);

    private static Task WriteAsync(TemporaryFolder folder, string name, params string[] lines) =>
        File.WriteAllLinesAsync(Path.Combine(folder.Path, name), lines);
}
