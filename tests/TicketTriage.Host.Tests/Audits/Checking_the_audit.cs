using Npgsql;
using TicketTriage.Host.Tests.Commands;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Audits;

[CancelAfter(180_000)]
internal sealed class Checking_the_audit
{
    [Test]
    public async Task A_line_that_was_changed_and_an_end_that_was_cut_off_are_named_on_the_command_line(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        await WriteAsync(database);
        var settings = SettingsOf.Database(database.ConnectionString);

        var unexported = await HostProcess.RunAsync(folder, settings, cancellationToken, "audit", "verify");
        var export = await HostProcess.RunAsync(folder, settings, cancellationToken, "audit", "export");
        var whole = await HostProcess.RunAsync(folder, settings, cancellationToken, "audit", "verify");
        await TamperAsync(database);
        var broken = await HostProcess.RunAsync(folder, settings, cancellationToken, "audit", "verify", "--helpdesk", "acme");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unexported.ExitCode, Is.Zero, $"{unexported}");
            Assert.That(unexported.Output, Does.Contain("everything is as it was written").And.Contain("Without an exported head"));
            Assert.That(export.ExitCode, Is.Zero, $"{export}");
            Assert.That(whole.ExitCode, Is.Zero, $"{whole}");
            Assert.That(whole.Output, Does.Contain("1 exported heads").And.Not.Contain("Without an exported head"));
            Assert.That(broken.ExitCode, Is.EqualTo(1), $"{broken}");
            Assert.That(broken.Output, Does.Contain("acme: What stands at position 3 (entry").And.Contain("acme: Positions 9 to 10 are gone"));
        }
    }

    [Test]
    public async Task The_services_own_role_can_add_to_the_audit_and_nothing_else(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var database = await TriageDatabase.CreateAsync();
        var role = $"service_{Environment.ProcessId}";
        await database.AskAsync<string>($"create role {role} login password 'for-this-test'");
        var settings = SettingsOf.Database(database.ConnectionString);

        var migrated = await HostProcess.RunAsync(folder, settings, cancellationToken, "migrate", "--application-role", role);
        await using var service = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Username = role, Password = "for-this-test", Pooling = false,
        });
        var refused = new List<string?>();
        await TryAsync(service, "insert into audit_entries (helpdesk, action, subject) values ('acme', 'tried', 'ticket 1')", refused);
        await TryAsync(service, "insert into audit_entries (helpdesk, action, subject, person) values ('acme', 'tried', 'ticket 1', audit_person('Ada'))", refused);
        await TryAsync(service, "select prune_audit_people(10)", refused);
        await TryAsync(service, "insert into sign_in_keys (name, key) values ('key-1', 'k')", refused);
        await TryAsync(service, "insert into tickets (helpdesk, number, wanted, next_at) values ('acme', '1', 1, now()); update tickets set wanted = 2", refused);
        foreach (var attempt in (string[])[
            "update audit_entries set subject = 'x'", "delete from audit_entries", "truncate audit_links",
            "update audit_links set position = 9",
            "delete from audit_links", "alter table audit_entries disable trigger all", "set session_replication_role = replica",
            "update audit_people set name = 'x'"])
        {
            await TryAsync(service, attempt, refused);
        }

        await database.AskAsync<string>($"drop owned by {role}; drop role {role}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(migrated.ExitCode, Is.Zero, $"{migrated}");
            Assert.That(refused, Is.EqualTo((string?[])[.. Enumerable.Repeat<string?>(null, 5), .. Enumerable.Repeat("42501", 8)]));
        }
    }

    private static async Task TryAsync(NpgsqlDataSource service, string sql, List<string?> refused)
    {
        try
        {
            await using var command = service.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
            refused.Add(null);
        }
        catch (PostgresException e)
        {
            refused.Add(e.SqlState);
        }
    }

    private static Task<long> WriteAsync(TriageDatabase database) => database.AskAsync<long>(
        """
        with written as (
            insert into audit_entries (helpdesk, action, person, subject)
            select 'acme', 'decision.corrected', audit_person('Ada'), 'ticket ' || n from generate_series(1, 10) n returning 1)
        select count(*) from written
        """);

    private static Task<string?> TamperAsync(TriageDatabase database) => database.AskAsync<string>(
        """
        set session_replication_role = replica;
        update audit_entries set subject = 'ticket 99' where subject = 'ticket 3';
        delete from audit_entries where subject in ('ticket 9', 'ticket 10');
        delete from audit_links where position >= 9 and helpdesk = 'acme';
        reset session_replication_role;
        select 'done'
        """);
}
