using System.Text.Json;

namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(180_000)]
internal sealed class Redacting_a_file
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Test]
    public async Task Each_row_comes_back_in_its_order_with_what_was_masked(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var data = await WriteAsync(
            folder,
            """{"id": 7, "text": "😀 IBAN DE02120300000000202051", "lang": "de"}""",
            """{"subject": "Hi", "body": "write to a@x.example"}""");
        var json = Path.Combine(folder.Path, "out.jsonl");

        var run = await HostProcess.RunAsync(folder, Nothing, cancellationToken, "redact", "--data", data, "--json", json);

        var rows = (await File.ReadAllLinesAsync(json, cancellationToken)).Select(row => JsonDocument.Parse(row).RootElement).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Output, Does.StartWith("2 rows are in ").And.EndWith("masked: 1 EMAIL_ADDRESS, 1 IBAN_CODE."));
            Assert.That(rows[0].GetProperty("id").GetInt32(), Is.EqualTo(7));
            Assert.That(rows[0].GetProperty("spans").GetRawText(), Is.EqualTo("""[{"start":8,"end":30,"type":"IBAN_CODE"}]"""));
            Assert.That(rows[0].GetProperty("redacted").GetString(), Is.EqualTo("😀 IBAN [IBAN_1]"));
            Assert.That(rows[1].GetProperty("text").GetString(), Is.EqualTo("Hi\nwrite to a@x.example"));
            Assert.That(rows[1].GetProperty("redacted").GetString(), Is.EqualTo("Hi\nwrite to [EMAIL_1]"));
        }
    }

    [Test]
    public async Task Against_known_places_it_says_what_was_found_and_what_was_not(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var data = await WriteAsync(
            folder,
            """
            {"text": "write to a@x.example, order 4711", "pii": [{"entity_type": "EMAIL_ADDRESS", "start": 9, "end": 20},
             {"entity_type": "PERSON", "start": 0, "end": 5}], "hard_negatives": [{"entity_type": "ORDER", "start": 28, "end": 32}]}
            """.ReplaceLineEndings(" "));

        var run = await HostProcess.RunAsync(folder, Nothing, cancellationToken, "redact", "--data", data, "--evaluate");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Output, Does.Contain("EMAIL_ADDRESS: 1 of 1 masked whole, recall 1.0000"));
            Assert.That(run.Output, Does.Contain("PERSON: 0 of 1 masked whole, recall 0.0000"));
            Assert.That(run.Output, Does.Contain("look-alikes: 0 of 1 masked, share 0.0000"));
        }
    }

    [Test]
    public async Task A_row_that_cannot_be_read_is_named_and_left_out(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var data = await WriteAsync(folder, [.. Enumerable.Repeat("""{"text": "ok"}""", 19), "{\"text\": "]);

        var run = await HostProcess.RunAsync(folder, Nothing, cancellationToken, "redact", "--data", data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Output.Split('\n'), Has.Length.EqualTo(19));
            Assert.That(run.Errors, Does.Contain("line 20"));
        }
    }

    [TestCase("""{"txt": "ok"}""", 1, "it has neither text nor subject and body")]
    [TestCase("", 1, "holds no row")]
    public async Task Too_many_such_rows_fail(string row, int exitCode, string sentence, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var data = await WriteAsync(folder, row);

        var run = await HostProcess.RunAsync(folder, Nothing, cancellationToken, "redact", "--data", data);

        Assert.That((run.ExitCode, run.Errors.Contains(sentence, StringComparison.Ordinal)), Is.EqualTo((exitCode, true)), $"{run}");
    }

    [Test]
    public async Task A_file_that_is_not_there_is_wrong_usage(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();

        var run = await HostProcess.RunAsync(folder, Nothing, cancellationToken, "redact", "--data", "nowhere.jsonl");

        Assert.That((run.ExitCode, run.Errors.Contains("nowhere.jsonl", StringComparison.Ordinal)), Is.EqualTo((2, true)), $"{run}");
    }

    private static async Task<string> WriteAsync(TemporaryFolder folder, params string[] rows)
    {
        var path = Path.Combine(folder.Path, "data.jsonl");
        await File.WriteAllLinesAsync(path, rows);
        return path;
    }
}
