using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TicketTriage.Storage.PrivatePostgres;

namespace TicketTriage.Benchmarks.Processes;

/// <summary>PostgreSQL's own load tool with single rows like a delivery's: what machine and disk do with a commit for each.</summary>
internal sealed class PgBench
{
    /// <summary>Enough to share the writes to disk: 128 were a tenth faster on two cores, and take seconds to connect.</summary>
    private const int Clients = 32;

    /// <summary>Its clock runs while it opens its connections; the rate leaves that time out.</summary>
    private const int SecondsToConnect = 2;

    private readonly string program;
    private readonly string script;
    private readonly NpgsqlConnectionStringBuilder database;

    private PgBench(string program, string script, NpgsqlConnectionStringBuilder database)
    {
        this.program = program;
        this.script = script;
        this.database = database;
    }

    /// <returns><see langword="null"/> where the machine has no pgbench.</returns>
    public static async Task<PgBench?> PrepareAsync(BenchmarkDatabase server, CancellationToken cancellationToken)
    {
        var binaries = await PostgresBinaries.FindAsync(server.Directory, wantedVersion: null, cancellationToken);
        var found = Path.Combine(binaries.Folder, "pgbench");
        if (!File.Exists(found))
        {
            return null;
        }

        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var table = source.CreateCommand("create table ceiling (like deliveries including all)");
        await table.ExecuteNonQueryAsync(cancellationToken);
        var inserts = Path.Combine(server.Directory, "ceiling.sql");
        // No colons in the texts: pgbench takes what follows one for a variable.
        await File.WriteAllTextAsync(
            inserts,
            """
            \set number random(1, 5000)
            insert into ceiling (helpdesk, key, number, event_type, actor_id)
            values ('sandbox', gen_random_uuid()::text, :number::int::text, 'zen-event-type-ticket.comment_added', '8447388090494');
            """,
            cancellationToken);
        return new PgBench(found, inserts, new NpgsqlConnectionStringBuilder(server.ConnectionString));
    }

    /// <returns>Transactions per second.</returns>
    public async Task<double> RunAsync(int seconds, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            program,
            [
                "--host", database.Host ?? "", "--port", Text(database.Port), "--username", database.Username ?? "",
                "--no-vacuum", "--protocol", "prepared", "--file", script,
                "--client", Text(Clients), "--jobs", "2", "--time", Text(seconds + SecondsToConnect), database.Database ?? "",
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = database.Password;
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("pgbench did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var rate = (await output).Split('\n').FirstOrDefault(line => line.StartsWith("tps = ", StringComparison.Ordinal));
        return process.ExitCode == 0 && rate is not null
            ? double.Parse(rate.Split(' ')[2], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench failed: {(await errors).Split('\n')[0]}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
