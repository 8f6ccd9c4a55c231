using System.Text.Json;

namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(180_000)]
internal sealed class Computing_due_times
{
    private const string Office = """
        {"name":"office","zone":"Europe/Berlin","start_utc":"2026-03-06T15:45:00Z","target_minutes":30,"week":{"0":[[540,1020]],"4":[[540,1020]]}}
        """;

    private static readonly Dictionary<string, string> Nothing = [];

    [Test]
    public async Task Each_row_gets_its_moment_or_null_for_never(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var never = Office.Replace("""{"0":[[540,1020]],"4":[[540,1020]]}""", "{}", StringComparison.Ordinal);
        var run = await RunAsync(folder, [Office, never], cancellationToken);

        var rows = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "due.jsonl"), cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(rows, Has.Length.EqualTo(2));
            Assert.That(Due(rows[0]), Is.EqualTo("2026-03-09T08:15:00+00:00"));
            Assert.That(Due(rows[1]), Is.Null);
        }
    }

    [Test]
    public async Task A_row_that_can_not_be_read_is_named_by_its_line_and_left_out(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        string[] many = [.. Enumerable.Repeat(Office, 30)];
        many[11] = Office.Replace("Europe/Berlin", "Europe/Atlantis", StringComparison.Ordinal);
        var run = await RunAsync(folder, many, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Errors, Does.Contain("line 12").And.Contain("Europe/Atlantis"));
            Assert.That(await File.ReadAllLinesAsync(Path.Combine(folder.Path, "due.jsonl"), cancellationToken), Has.Length.EqualTo(29));
        }
    }

    [TestCase("""{"zone":"Europe/Berlin"}""", "start_utc is missing")]
    [TestCase("""{"zone":"UTC","start_utc":"yesterday","target_minutes":1,"week":{}}""", "start_utc isn't a moment")]
    [TestCase("""{"zone":"UTC","start_utc":"2026-03-06T15:45:00Z","target_minutes":-1,"week":{}}""", "target_minutes")]
    [TestCase("""{"zone":"UTC","start_utc":"2026-03-06T15:45:00Z","target_minutes":1,"week":{"7":[[0,1]]}}""", "7 is no weekday")]
    [TestCase("""{"zone":"UTC","start_utc":"2026-03-06T15:45:00Z","target_minutes":1,"week":{"0":[[0,"x"]]}}""", "a window isn't two minutes")]
    [TestCase("""{"zone":"UTC","start_utc":"2026-03-06T15:45:00Z","target_minutes":1,"week":{"0":[[0,2000]]}}""", "closes at minute 2000")]
    [TestCase("not json", "isn't JSON")]
    public async Task A_file_of_faulty_rows_fails_and_says_why(string row, string why)
    {
        using var folder = new TemporaryFolder();

        var run = await RunAsync(folder, [row], TestContext.CurrentContext.CancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), $"{run}");
            Assert.That(run.Errors, Does.Contain(why).And.Contain("more than 5 %"));
        }
    }

    private static async Task<HostRun> RunAsync(TemporaryFolder folder, string[] rows, CancellationToken cancellationToken)
    {
        await File.WriteAllLinesAsync(Path.Combine(folder.Path, "rows.jsonl"), rows, cancellationToken);
        return await HostProcess.RunAsync(
            folder, Nothing, cancellationToken, "calendar", "--data", "rows.jsonl", "--json", "due.jsonl");
    }

    private static string? Due(string row)
    {
        using var json = JsonDocument.Parse(row);
        return json.RootElement.GetProperty("due_utc").GetString();
    }
}
