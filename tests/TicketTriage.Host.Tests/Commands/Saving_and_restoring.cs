using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TicketTriage.Host.Tests.Deploy;
using TicketTriage.Host.Tests.Journey;
using TicketTriage.Journey;
using TicketTriage.Storage;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Commands;

/// <summary>The scripts that an operator saves and restores with, around a service that goes on working in between.</summary>
[CancelAfter(180_000)]
internal sealed class Saving_and_restoring
{
    [Test]
    public async Task After_an_older_backup_everything_is_caught_up_with_and_no_note_comes_twice(CancellationToken cancellationToken)
    {
        if (FindTools() is not { } tools)
        {
            Assert.Ignore("pg_dump is not on this machine; it comes with PostgreSQL's client programs.");
            return;
        }

        using var folder = new TemporaryFolder();
        await using var first = await TriageDatabase.CreateAsync();
        await using var triage = await TriageUnderTest.StartAsync(
            cancellationToken, new TriageSetUp { ConnectionString = first.ConnectionString });
        var before = await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        await triage.Services.GetRequiredService<Reconciler>().RunAsync(cancellationToken);
        // The service may connect as somebody whom another server doesn't know.
        var role = $"service_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        await first.AskAsync<int>($"create role {role}");
        await ApplicationRole.GrantAsync(first.Pool, role, cancellationToken);
        var rows = await first.AskAsync<string>(RowsOfEachTable);
        var file = (await RunAsync(tools, "backup.sh", first.ConnectionString, cancellationToken, folder.Path)).Trim();
        await first.AskAsync<int>($"drop owned by {role}; drop role {role}");
        var after = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        await using var second = await PostgresForTests.CreateDatabaseAsync(_ => Task.CompletedTask);
        await RunAsync(tools, "restore.sh", second.ConnectionString, cancellationToken, file);
        await using var pool = NpgsqlDataSource.Create(second.ConnectionString);
        await using var count = pool.CreateCommand(RowsOfEachTable);
        var restored = await count.ExecuteScalarAsync(cancellationToken);
        await triage.MoveAsync(second.ConnectionString, cancellationToken);
        var missed = triage.AddUnheard(Mail.LateOrder);
        await triage.Services.GetRequiredService<Reconciler>().RunAsync(cancellationToken);
        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(restored, Is.EqualTo(rows), "every row of every table and every month");
            foreach (var number in new[] { before.Number, after.Number, missed.Number })
            {
                Assert.That(triage.Sandbox.Journal.ApiChanges.Count(change => change.Ticket == number), Is.EqualTo(1), $"ticket {number}");
                Assert.That((await triage.GetRecordAsync(number, cancellationToken)).State, Is.EqualTo("written"), $"ticket {number}");
            }

            Assert.That(
                () => RunAsync(tools, "restore.sh", second.ConnectionString, cancellationToken, file),
                Throws.InvalidOperationException.With.Message.Contains("has tables already"));
        }
    }

    [Test]
    public async Task The_files_are_saved_beside_the_database_without_a_private_one()
    {
        using var folder = await MachineAsync();
        var data = Path.Combine(folder.Path, "data");
        Directory.CreateDirectory(Path.Combine(data, "postgres"));
        Directory.CreateDirectory(Path.Combine(data, "secrets"));
        await File.WriteAllTextAsync(Path.Combine(data, "secrets", "Helpdesks__acme__WebhookSecret"), "0123");

        var run = await BackUpAsync(folder, data);

        using var list = Process.Start(new ProcessStartInfo("tar", ["-tzf", run.Output.Replace(".dump", ".files.tgz", StringComparison.Ordinal)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("tar did not start.");
        var files = await list.StandardOutput.ReadToEndAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((run.ExitCode, run.Errors), Is.EqualTo((0, "")), $"{run}");
            Assert.That(files, Does.Contain("./secrets/Helpdesks__acme__WebhookSecret").And.Not.Contain("postgres"));
        }
    }

    [Test]
    public async Task A_backup_without_files_says_so()
    {
        using var folder = await MachineAsync();

        var elsewhere = await BackUpAsync(folder, Path.Combine(folder.Path, "nowhere"));
        var unsaid = await BackUpAsync(folder, dataDirectory: "");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(elsewhere.Errors, Does.StartWith($"There is no directory {folder.Path}/nowhere, so the database alone is saved"), $"{elsewhere}");
            // Whoever runs the service on this machine, too, has it.
            Assert.That(unsaid.Errors.Contains(" /var/lib/tickettriage,", StringComparison.Ordinal), Is.Not.EqualTo(Directory.Exists("/var/lib/tickettriage")));
            Assert.That((elsewhere.ExitCode, unsaid.ExitCode), Is.EqualTo((0, 0)));
        }
    }

    private static async Task<TemporaryFolder> MachineAsync()
    {
        var folder = new TemporaryFolder();
        await folder.AddProgramAsync("pg_dump", """for word; do [[ $word != --file=* ]] || touch "${word#--file=}"; done""");
        return folder;
    }

    private static Task<HostRun> BackUpAsync(TemporaryFolder folder, string dataDirectory) => Script.RunAsync(
        Path.Combine(Repository.Root, "deploy", "backup.sh"),
        new Dictionary<string, string>
        {
            ["PATH"] = $"{folder.Path}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["PGDATABASE"] = "tickettriage",
            ["DataDirectory"] = dataDirectory,
        },
        Path.Combine(folder.Path, "backups"));

    /// <summary>
    /// Each table with its number of rows and the table that it is a part of, in one text. Without the audit's links, which are made in
    /// their own time.
    /// </summary>
    private const string RowsOfEachTable =
        """
        select string_agg(format('%s %s %s', c.relname, i.inhparent::regclass, (xpath('/row/rows/text()',
            query_to_xml(format('select count(*) as rows from %I', c.relname), false, true, '')))[1]), E'\n' order by c.relname)
        from pg_class c left join pg_inherits i on i.inhrelid = c.oid
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> 'audit_links'
        """;

    /// <returns>The directory of PostgreSQL's client programs; <see langword="null"/> where there are none.</returns>
    private static string? FindTools()
    {
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")) : []);
        return places.FirstOrDefault(place => new[] { "pg_dump", "pg_restore", "psql" }.All(tool => File.Exists(Path.Combine(place, tool))));
    }

    private static async Task<string> RunAsync(
        string tools, string script, string connectionString, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "deploy", script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{tools}{Path.PathSeparator}{start.Environment["PATH"]}";
        start.Environment["ConnectionStrings__TicketTriage"] = connectionString;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{script} did not start.");
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{script}: {await errors}");
    }
}
