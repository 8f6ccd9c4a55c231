using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using Npgsql;
using TicketTriage.Benchmarks.Processes;
using TicketTriage.Benchmarks.Reports;
using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Benchmarks;

/// <summary><c>claim</c>: how long a worker waits for its next tickets, however many are waiting.</summary>
internal static class ClaimCommand
{
    private const int Workers = 4;
    private const int TicketsOfClaim = 16;

    public static Command Create()
    {
        var options = new BenchmarkOptions();
        var command = new Command("claim", "Four workers that claim and finish tickets while 1,000,000 are waiting.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isSmoke = options.IsSmoke(parsed);
            var report = await RunAsync(isSmoke ? 10_000 : 1_000_000, isSmoke ? 40 : 2_000, cancellationToken);
            return await options.PublishAsync(parsed, report, cancellationToken);
        });
        return command;
    }

    private static async Task<Report> RunAsync(int waiting, int claims, CancellationToken cancellationToken)
    {
        var load = Circumstances.ReadLoad();
        await using var database = await BenchmarkDatabase.StartAsync(cancellationToken);
        await TriageDatabase.MigrateAsync(database.ConnectionString);
        await using var pool = NpgsqlDataSource.Create(database.ConnectionString);
        await FillAsync(pool, waiting, cancellationToken);

        var times = new ConcurrentBag<double>();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(pool, claims / Workers, times, cancellationToken)));

        double[] sorted = [.. times.Order()];
        return new Report(
            "claim",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{sorted.Length} claims of {TicketsOfClaim} by {Workers} workers, {waiting} tickets waiting at first; ")
                + Circumstances.Describe(database.Version, load),
            [
                Figure.AtMost("a claim, p50", sorted[sorted.Length / 2], "ms", 50),
                Figure.AtMost("a claim, p95", sorted[sorted.Length * 95 / 100], "ms", 50),
                Figure.AtMost("a claim, the longest", sorted[^1], "ms", 1_000),
            ]);
    }

    private static async Task WorkAsync(NpgsqlDataSource pool, int claims, ConcurrentBag<double> times, CancellationToken cancellationToken)
    {
        var queue = new TicketQueue(pool, TimeProvider.System);
        for (var round = 0; round < claims; round++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var claimed = await queue.ClaimAsync(new ClaimOrder(TicketsOfClaim), cancellationToken);
            times.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            foreach (var claim in claimed)
            {
                await queue.FinishAsync(claim, TicketOutcome.Written, reason: null, stamp: "1", contentHash: "h", cancellationToken);
            }
        }
    }

    private static async Task FillAsync(NpgsqlDataSource pool, int waiting, CancellationToken cancellationToken)
    {
        await using var command = pool.CreateCommand(
            """
            insert into tickets (helpdesk, number, wanted, next_at)
            select 'acme', n::text, 1, now() - interval '1 millisecond' * n from generate_series(1, $1) n
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = waiting });
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
