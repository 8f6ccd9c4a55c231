using System.Text.Json;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Commands;

/// <summary>The commands with which a team lead tries rules and the router out.</summary>
[CancelAfter(120_000)]
internal sealed class Rehearsing_rules
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Test]
    public async Task Simulating_writes_each_policy_with_its_difference_to_the_best(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var json = Path.Combine(folder.Path, "out.json");

        var run = await HostProcess.RunAsync(
            folder, Nothing, cancellationToken,
            "simulate-routing", "--agents", "12", "--load", "0.95", "--days", "4", "--seed", "3", "--seeds", "2", "--json", json);

        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(json, cancellationToken));
        var policies = written.RootElement.GetProperty("policies").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(run.Output, Does.Contain("least-loaded-5"));
            Assert.That(policies, Has.Count.EqualTo(13));
            Assert.That(policies[0].GetProperty("policy").GetString(), Is.EqualTo("this"));
            Assert.That(policies[0].GetProperty("differenceToBest").GetProperty("low").GetDouble(), Is.LessThan(1));
            Assert.That(written.RootElement.GetProperty("seeds").GetInt32(), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task An_unknown_policy_is_wrong_usage(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();

        var run = await HostProcess.RunAsync(folder, Nothing, cancellationToken, "simulate-routing", "--policy", "best");

        Assert.That(
            (run.ExitCode, run.Errors),
            Is.EqualTo((2, "There is no policy best; known are this, round-robin, least-loaded, longest-idle, first-match. See --help.")));
    }

    [Test]
    public async Task A_rule_file_with_faults_is_refused_with_their_lines(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        var rules = Path.Combine(folder.Path, "rules.json");
        await File.WriteAllTextAsync(
            rules,
            """
            { "fallbackGroup": "Support", "rules": [
              { "name": "a", "when": { "field": "mood", "is": "bad" }, "then": { "group": "Billing" } } ] }
            """,
            cancellationToken);

        var run = await HostProcess.RunAsync(
            folder, Nothing, cancellationToken,
            "backtest", "--rules", rules, $"--ConnectionStrings:TicketTriage={database.ConnectionString}",
                $"--DataDirectory={folder.Path}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
            Assert.That(run.Errors, Does.StartWith("Line 2: There is no field mood"));
        }
    }
}
