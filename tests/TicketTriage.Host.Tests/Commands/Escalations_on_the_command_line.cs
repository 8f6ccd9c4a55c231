using TicketTriage.Host.Tests.Escalations;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(180_000)]
internal sealed class Escalations_on_the_command_line
{
    [Test]
    public async Task They_are_listed_taken_corrected_and_counted(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await SomeEscalations.AddAsync(database);
        var settings = SettingsOf.Helpdesk(new Uri("http://127.0.0.1:1")).With("ConnectionStrings__TicketTriage", database.ConnectionString);
        Task<HostRun> RunAsync(params string[] arguments) => HostProcess.RunAsync(folder, settings, cancellationToken, ["escalations", .. arguments]);

        var open = await RunAsync();
        var take = await RunAsync("--take", $"{SomeEscalations.Open}");
        var again = await RunAsync("--take", $"{SomeEscalations.Open}");
        var all = await RunAsync("--all", "--ticket", "2");
        var correct = await RunAsync("--correct", $"{SomeEscalations.Over}", "--outcome", "neutral", "--lower-level-could", "true");
        var vague = await RunAsync("--correct", $"{SomeEscalations.Over}");
        var whose = await RunAsync("--helpdesk", "acme");
        var good = await RunAsync("--outcome", "neutral");
        var statistics = await RunAsync("--statistics", "--by", "product");

        HostRun[] runs = [open, take, again, all, correct, vague, whose, good, statistics];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(runs.Select(run => run.ExitCode), Is.EqualTo([0, 0, 1, 0, 0, 2, 2, 2, 0]), string.Join("\n", runs.Select(run => $"{run}")));
            Assert.That(open.Output, Does.Contain($"{SomeEscalations.Open}  acme/1  legal, level 2, open").And.Not.Contain("first_reply"));
            Assert.That(open.Output, Does.Contain("Told: lead."));
            Assert.That(take.Output, Is.EqualTo($"{SomeEscalations.Open} is yours."));
            Assert.That(again.Errors, Does.Contain("is not open (any more)"));
            Assert.That(all.Output, Does.Contain("first_reply, level 1, raised").And.Contain("taken by lead").And.Not.Contain("acme/1"));
            Assert.That(correct.Output, Is.EqualTo($"{SomeEscalations.Over} counts as neutral."));
            Assert.That(vague.Errors, Does.Contain("--outcome"));
            Assert.That(whose.Errors, Does.Contain("--ticket"));
            Assert.That(good.Errors, Does.Contain("--correct"));
            Assert.That(statistics.Output, Does.Match(@"\bapp +2 +1 +0 +0 +2 +1  00:04:00").And.Match(@"\bweb-shop +1 +1 +0 +0 +0 +0  "));
            Assert.That(
                statistics.Output.Split('\n').Where(line => line.Contains("app ", StringComparison.Ordinal)).Select(line => line.IndexOf("00:04:00", StringComparison.Ordinal)),
                Is.All.EqualTo(statistics.Output.IndexOf("median", StringComparison.Ordinal)), "under its head");
        }
    }

    [Test]
    public async Task The_risk_is_learned_from_a_small_log_and_told(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(Path.Combine(folder.Path, "log.csv"), Log(), cancellationToken);

        var run = await HostProcess.RunAsync(folder, new Dictionary<string, string>(), cancellationToken, "risk", "--data", "log.csv", "--json", "risk.json");
        var none = await HostProcess.RunAsync(folder, new Dictionary<string, string>(), cancellationToken, "risk", "--data", "none.csv");

        using var report = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "risk.json"), cancellationToken));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Output, Does.Contain("learned from 280 tickets").And.Contain("reported on 120"));
            Assert.That(report.RootElement.GetProperty("auc").GetDouble(), Is.GreaterThan(0.9), "The slow group misses and the quick one does not.");
            Assert.That(none.ExitCode, Is.Not.Zero);
        }
    }

    /// <summary>Of 400 tickets those of the slow group are mostly missed.</summary>
    private static IEnumerable<string> Log()
    {
        yield return "number,opened_at,closed_at,breached,priority,group";
        for (var i = 0; i < 400; i++)
        {
            var opened = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero).AddHours(i * 3);
            var (isSlow, isOdd) = (i % 2 == 0, i % 20 == 0);
            yield return FormattableString.Invariant(
                $"{i},{opened:yyyy-MM-ddTHH:mm:ssZ},{opened.AddHours(isSlow ? 90 : 5):yyyy-MM-ddTHH:mm:ssZ},{(isSlow != isOdd ? 1 : 0)},{1 + (i % 3)},{(isSlow ? "slow" : "quick")}");
        }
    }
}
