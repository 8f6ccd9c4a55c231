using Npgsql;
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
    public async Task A_group_that_rules_name_and_the_helpdesk_lacks_is_a_fault_and_where_skills_are_written_is_a_hint(CancellationToken cancellationToken)
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
            Assert.That(check.Output, Does.Contain("helpdesk acme: in mode Skills what is needed is set as skills of the ticket"));
            Assert.That((look.ExitCode, look.Errors), Is.EqualTo((1, "Line 2: Rule “refunds” names the group Elsewhere, which the helpdesk does not have.")));
        }
    }

    [Test]
    public async Task Groups_that_assign_by_themselves_are_named_where_this_service_picks_agents_too(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(
            new SandboxOptions { Kind = SandboxKind.Freshdesk, AssigningGroups = ["Billing", "Orders"] }, cancellationToken);
        var settings = SettingsOf.Helpdesk(sandbox.Address)
            .With("ConnectionStrings__TicketTriage", database.ConnectionString)
            .With("Helpdesks__acme__Kind", "Freshdesk").With("Helpdesks__acme__ApiToken", SandboxCredentials.ApiToken)
            .With("Helpdesks__acme__ClientId", null).With("Helpdesks__acme__ClientSecret", null)
            .With("Routing__Modes__acme", "Agent");

        var check = await HostProcess.RunAsync(folder, settings, cancellationToken, "check");

        Assert.That(
            check.Output,
            Does.Contain("in mode Agent this service picks agents, and so does the helpdesk in Billing, Orders; turn the groups'"), $"{check}");
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

    [Test]
    public async Task A_database_of_the_version_before_is_left_as_it_is_and_the_steps_to_come_are_named(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        var last = await database.AskAsync<string>(
            """
            delete from "__EFMigrationsHistory" where "MigrationId" = (select max("MigrationId") from "__EFMigrationsHistory")
            returning "MigrationId"
            """);
        var settings = SettingsOf.Helpdesk(sandbox.Address).With("ConnectionStrings__TicketTriage", database.ConnectionString);
        var before = await database.AskAsync<string>(RowsOfEachTable);

        var run = await HostProcess.RunAsync(folder, settings, cancellationToken, "check");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Output.Split('\n'), Does.Contain($"database: ok, 1 schema step will run at the start: {last}"));
            Assert.That(run.Output, Does.Contain("policies: ok").And.Contain("helpdesk acme: ok"), "the rest is looked at all the same");
            Assert.That(await database.AskAsync<string>(RowsOfEachTable), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task An_empty_database_stays_empty(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await PostgresForTests.CreateDatabaseAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        var settings = SettingsOf.Helpdesk(sandbox.Address).With("ConnectionStrings__TicketTriage", database.ConnectionString);

        var run = await HostProcess.RunAsync(folder, settings, cancellationToken, "check");

        await using var pool = NpgsqlDataSource.Create(database.ConnectionString);
        await using var tables = pool.CreateCommand("select count(*) from pg_tables where schemaname = 'public'");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Output, Does.Match(@"database: ok, \d+ schema steps will run at the start: 20261122000001_FirstTables, .* and so on"));
            Assert.That(run.Output, Does.Contain("policies: ok, taxonomy"));
            Assert.That(await tables.ExecuteScalarAsync(cancellationToken), Is.Zero);
        }
    }

    [Test]
    public async Task Where_no_database_is_configured_none_is_made(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        var settings = SettingsOf.Helpdesk(sandbox.Address).With("ConnectionStrings__TicketTriage", null).With("DataDirectory", folder.Path);

        var run = await HostProcess.RunAsync(folder, settings, cancellationToken, "check");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, $"{run}");
            Assert.That(run.Output, Does.Contain("database: none is configured; a private PostgreSQL will be made at the start."));
            Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
        }
    }

    [Test]
    public async Task What_a_start_would_fail_at_is_told_before_it(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await using var sandbox = await SandboxHelpdesk.StartAsync(new SandboxOptions(), cancellationToken);
        await database.AskAsync<string>(
            "insert into signing_keys (name, key) values ('acknowledge', convert_to('tt-box1:' || repeat('x', 60), 'UTF8'))");
        await database.AskAsync<string>(
            """
            insert into policies (kind, version, body, author, note) values ('taxonomy', 'feedfeedfeed', '{"from":"a later version"}', 'lea', '');
            insert into policy_publications (kind, version, author, note, based_on) values ('taxonomy', 'feedfeedfeed', 'lea', '', 0)
            """);
        var settings = SettingsOf.Helpdesk(sandbox.Address).With("ConnectionStrings__TicketTriage", database.ConnectionString);

        var run = await HostProcess.RunAsync(folder, settings, cancellationToken, "check", "--Logging:LogLevel:Default=None");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), $"{run}");
            Assert.That(run.Output, Does.Contain("secrets: The secret of acknowledge is encrypted: name the file of its key in Secrets:KeyFile."));
            Assert.That(run.Output, Does.Contain("policies: The published taxonomy document of version feedfeedfeed can't be used."));
        }
    }

    /// <summary>Each table with its number of rows, in one text.</summary>
    private const string RowsOfEachTable =
        """
        select string_agg(format('%s %s', tablename, (xpath('/row/rows/text()',
            query_to_xml(format('select count(*) as rows from %I', tablename), false, true, '')))[1]), E'\n' order by tablename)
        from pg_tables where schemaname = 'public'
        """;
}
