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
    public async Task A_trace_is_replayed_with_its_own_tickets(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var (trace, json) = (Path.Combine(folder.Path, "trace.jsonl"), Path.Combine(folder.Path, "out.json"));

        // Two agents who know one skill: what comes at once and takes a working day is late for the third and all after it.
        await File.WriteAllLinesAsync(
            trace,
            Enumerable.Range(0, 8).Select(_ => """{"arrived": 0, "skill": "refunds", "priority": "normal", "minutes": 470}"""),
            cancellationToken);

        var run = await HostProcess.RunAsync(
            folder, Nothing, cancellationToken, "simulate-routing", "--trace", trace, "--agents", "2", "--seeds", "1", "--policy", "this", "--json", json);

        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(json, cancellationToken));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(written.RootElement.GetProperty("policies")[0].GetProperty("breachRate").GetDouble(), Is.GreaterThanOrEqualTo(0.75));
        }
    }

    [TestCase("""{"arrived": 0, "skill": "refunds", "priority": "soon", "minutes": 5}""", "priority isn't one of urgent, high, normal, low")]
    [TestCase("""{"arrived": -1, "skill": "refunds", "priority": "low", "minutes": 5}""", "arrived is missing or no number from 0")]
    [TestCase("""{"arrived": 1e12, "skill": "refunds", "priority": "low", "minutes": 5}""", "arrived is missing or no number from 0 to 4800000")]
    public async Task A_row_of_a_trace_that_is_none_is_named_with_its_line(string row, string why)
    {
        using var folder = new TemporaryFolder();
        var trace = Path.Combine(folder.Path, "trace.jsonl");
        await File.WriteAllLinesAsync(trace, ["""{"arrived": 0, "skill": "a", "priority": "low", "minutes": 5}""", row]);

        var run = await HostProcess.RunAsync(folder, Nothing, CancellationToken.None, "simulate-routing", "--trace", trace);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
            Assert.That(run.Errors, Does.Contain(why).And.Contain("2"));
        }
    }

    [Test]
    public async Task Another_taxonomy_has_past_tickets_understood_anew(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        var (rules, taxonomy, json) = (Path.Combine(folder.Path, "rules.yaml"), Path.Combine(folder.Path, "taxonomy.json"), Path.Combine(folder.Path, "out.json"));
        await File.WriteAllTextAsync(
            rules,
            """
            fallbackGroup: Support
            rules:
              - { name: parcels, when: { field: intent, is: shipping/parcel }, then: { group: Shipping } }
            """,
            cancellationToken);
        await File.WriteAllTextAsync(taxonomy, Taxonomy, cancellationToken);
        await database.AskAsync<int?>(
            """
            insert into past_tickets (helpdesk, number, stamp, status, priority, tags, fields, language, subject, messages, created_at, updated_at)
            select 'acme', n::text, '', 'solved', 'normal', array[]::text[], '{}', 'en',
                   case n % 2 when 0 then 'Where is my parcel' else 'I want my money back' end,
                   jsonb_build_array(jsonb_build_object(
                       'isFromCustomer', true, 'isPublic', true, 'at', '2026-11-02T08:00:00Z', 'attachments', '[]'::jsonb, 'text',
                       case n % 2 when 0 then 'My parcel has not arrived, the tracking shows nothing.' else 'Please refund the money that I paid twice.' end)),
                   timestamptz '2026-11-02T08:00:00Z' + n * interval '20 minutes', now()
            from generate_series(0, 19) n
            """);

        var run = await HostProcess.RunAsync(
            folder, Nothing, cancellationToken,
            "backtest", "--rules", rules, "--taxonomy", taxonomy, "--json", json,
                $"--ConnectionStrings:TicketTriage={database.ConnectionString}", $"--DataDirectory={folder.Path}");

        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(json, cancellationToken));
        var parcels = written.RootElement.GetProperty("rules")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(parcels.GetProperty("fires").GetInt32(), Is.EqualTo(10));
            Assert.That(parcels.GetProperty("moves")[0].GetProperty("to").GetString(), Is.EqualTo("Shipping"));
        }
    }

    private const string Taxonomy =
        """
        { "intents": [
          { "name": "shipping/parcel", "skill": "shipping", "risk": "low",
            "title": { "de": "Paket", "en": "Parcel" }, "description": { "de": "Ein Paket fehlt.", "en": "A parcel is late." },
            "examples": {
              "de": [ "Wo ist mein Paket?", "Das Paket ist nicht angekommen.", "Die Sendung kommt nicht.", "Wann kommt das Paket?" ],
              "en": [ "Where is my parcel?", "My parcel has not arrived.", "The tracking shows nothing.", "When does the parcel come?",
                "The parcel is late.", "Has my parcel been sent?", "The tracking of my parcel has stopped.", "I am waiting for my parcel." ] },
            "words": [ "parcel", "tracking" ], "reply": { "de": "Guten Tag.", "en": "Hello." } },
          { "name": "money/back", "skill": "billing", "risk": "high",
            "title": { "de": "Geld zurück", "en": "Money back" }, "description": { "de": "Geld soll zurück.", "en": "Money is wanted back." },
            "examples": {
              "de": [ "Ich will mein Geld zurück.", "Bitte erstatten Sie den Betrag.", "Ich habe doppelt bezahlt.", "Wo bleibt die Erstattung?" ],
              "en": [ "I want my money back.", "Please refund the money.", "You took the money twice.", "When do I get the refund?",
                "I paid twice.", "Give me the money back.", "The refund has not come.", "I ask for a refund of what I paid." ] },
            "words": [ "refund", "money" ], "reply": { "de": "Guten Tag.", "en": "Hello." } } ] }
        """;

    [Test]
    public async Task An_unknown_policy_is_wrong_usage(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();

        var run = await HostProcess.RunAsync(folder, Nothing, cancellationToken, "simulate-routing", "--policy", "best");

        Assert.That(
            (run.ExitCode, run.Errors),
            Is.EqualTo((2, "There is no policy best; known are this, round-robin, least-loaded, longest-idle, first-match. See --help.")));
    }

    [TestCase("--policy", "this")]
    [TestCase("--load", "0.95")]
    public async Task What_the_forty_set_ups_would_not_look_at_is_refused_together_with_them(string option, string value)
    {
        using var folder = new TemporaryFolder();

        var run = await HostProcess.RunAsync(folder, Nothing, CancellationToken.None, "simulate-routing", "--stress", option, value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
            Assert.That(run.Errors, Does.Contain($"leave out {option}"));
            Assert.That(run.Errors.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        }
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
