using TicketTriage.Sandbox;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Commands;

[CancelAfter(180_000)]
internal sealed class Checking
{
    [Test]
    public async Task All_that_is_well_gets_a_line_and_so_does_what_connect_would_make(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions { HasAvailability = true }, cancellationToken);
        var settings = SettingsOf.Helpdesk(sandbox.Address).With("ConnectionStrings__TicketTriage", database.ConnectionString);

        var run = await HostProcess.RunAsync(folder, settings, cancellationToken, "check");

        string[] expected =
        [
            "configuration: ok", "database: ok", "helpdesk acme: ok, as Triage Assistant (admin), 6 groups",
            .. new[] { "field-intent", "field-sentiment", "field-language", "field-product", "field-summary", "webhook" }
                .Select(step => $"helpdesk acme lacks {step}. Run connect acme."),
            "model: ok, local",
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Output.Split('\n').Where(line => !line.StartsWith("policies: ", StringComparison.Ordinal)), Is.EqualTo(expected));
            Assert.That(run.Output, Does.Match(@"policies: ok, taxonomy \w+, routing rules \w+ \(configuration\)"));
            Assert.That(run.Errors, Is.Empty);
        }
    }

    [Test]
    public async Task A_group_that_rules_name_and_the_helpdesk_lacks_is_a_fault_and_skills_as_tags_are_a_hint(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        var settings = SettingsOf.Helpdesk(sandbox.Address)
            .With("ConnectionStrings__TicketTriage", database.ConnectionString)
            .With("Routing__FallbackGroup", "Nowhere")
            .With("Routing__Modes__acme", "Skills");
        var rules = Path.Combine(folder.Path, "rules.json");
        await File.WriteAllTextAsync(
            rules,
            """
            { "fallbackGroup": "Support", "rules": [
              { "name": "refunds", "when": { "field": "intent", "is": "billing/refund" }, "then": { "group": "Elsewhere" } } ] }
            """,
            cancellationToken);

        var check = await HostProcess.RunAsync(folder, settings, cancellationToken, "check");
        var look = await HostProcess.RunAsync(folder, settings, cancellationToken, "rules", "--rules", rules);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(check.ExitCode, Is.EqualTo(1), $"{check}");
            Assert.That(check.Output, Does.Contain("policies: configuration: The helpdesk has no group Nowhere, which fallbackGroup names."));
            Assert.That(check.Output, Does.Contain("helpdesk acme: in mode Skills what is needed is written as tags triage_skill_…"));
            Assert.That((look.ExitCode, look.Errors), Is.EqualTo((1, "Line 2: Rule “refunds” names the group Elsewhere, which the helpdesk does not have.")));
        }
    }

    [Test]
    public async Task What_refuses_and_what_is_away_are_named_with_what_to_do(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        await using var model = await ScriptedModel.StartAsync();
        model.Plays(401, """{"error":{"message":"Incorrect API key provided."}}""");
        var settings = SettingsOf.Helpdesk(sandbox.Address)
            .With("ConnectionStrings__TicketTriage", database.ConnectionString)
            .With("Helpdesks__acme__ClientSecret", "mistyped")
            .With("Model__Provider", "OpenAI")
            .With("Model__Endpoint", $"{new Uri(model.Address, "v1")}")
            .With("Model__ApiKey", "mistyped")
            .With("Model__Deployment", "gpt-test");

        var run = await HostProcess.RunAsync(folder, settings, cancellationToken, "check");

        var lines = run.Output.Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), $"{run}");
            Assert.That(lines, Has.Length.EqualTo(5));
            Assert.That(lines[1], Is.EqualTo("database: ok"));
            Assert.That(lines[2], Does.StartWith("policies: ok"));
            Assert.That(lines[3], Does.StartWith("helpdesk acme: ").And.Contain("Helpdesks:acme:ClientId"));
            Assert.That(lines[4], Does.StartWith("model: ").And.Contain("Model:ApiKey"));
            Assert.That(run.Errors, Is.Empty);
        }
    }

    [Test]
    public async Task A_database_that_is_away_is_named_with_its_key(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);

        var run = await HostProcess.RunAsync(folder, SettingsOf.Helpdesk(sandbox.Address), cancellationToken, "check");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), $"{run}");
            Assert.That(run.Errors, Does.Contain("ConnectionStrings:TicketTriage"));
            Assert.That(run.Errors.Split('\n'), Has.Length.EqualTo(1));
        }
    }
}
