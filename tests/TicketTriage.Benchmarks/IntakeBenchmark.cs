using System.Globalization;
using Npgsql;
using TicketTriage.Benchmarks.Load;
using TicketTriage.Benchmarks.Processes;
using TicketTriage.Benchmarks.Reports;
using TicketTriage.Sandbox;

namespace TicketTriage.Benchmarks;

/// <summary>
/// How many deliveries a second are durable before they are answered, with commits shared (the default) and with one commit for each,
/// by turns in the same run on the same database, beside what pgbench gets out of this machine with single-row inserts.
/// </summary>
/// <param name="shared">A service as it is shipped.</param>
/// <param name="startAnother">Starts one beside it with some settings changed.</param>
/// <param name="pgBench"><see langword="null"/> where the machine has none.</param>
internal sealed class IntakeBenchmark(
    int rounds,
    int seconds,
    BenchmarkDatabase database,
    HostProcess shared,
    Func<Dictionary<string, string>, Task<HostProcess>> startAnother,
    PgBench? pgBench)
{
    private const int QuietRate = 200;
    private const int QuietConnections = 20;

    private readonly List<Figure> figures = [];

    public IReadOnlyList<Figure> Figures => figures;

    public async Task CompareAsync(int connections, CancellationToken cancellationToken)
    {
        await using var single = await startAnother(OneCommitEach(connections));
        for (var warmUp = 0; warmUp < 2; warmUp++)
        {
            await MeasureAsync(shared, connections, cancellationToken);
            await MeasureAsync(single, connections, cancellationToken);
        }

        var together = new List<Measured>();
        var each = new List<Measured>();
        var ceiling = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            // Who goes first changes: what one leaves behind (dirty pages, a checkpoint) must not always hit the same one.
            if (round % 2 == 0)
            {
                together.Add(await MeasureAsync(shared, connections, cancellationToken));
                each.Add(await MeasureAsync(single, connections, cancellationToken));
            }
            else
            {
                each.Add(await MeasureAsync(single, connections, cancellationToken));
                together.Add(await MeasureAsync(shared, connections, cancellationToken));
            }

            if (pgBench is not null)
            {
                ceiling.Add(await pgBench.RunAsync(seconds, cancellationToken));
            }

            var (fast, slow) = (together[^1].Times.PerSecond, each[^1].Times.PerSecond);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round + 1} of {rounds} at {connections} connections: {fast:N0}/s shared, {slow:N0}/s one each"));
        }

        Report(connections, together, each, ceiling);
    }

    public async Task MeasureQuietAsync(CancellationToken cancellationToken)
    {
        var load = new WebhookLoad(TriageSettings.WebhookTarget(shared.Address), SandboxCredentials.WebhookSecret);
        var measured = new List<Latencies>();
        for (var round = 0; round < rounds; round++)
        {
            measured.Add(await load.SendByTheClockAsync(QuietRate, QuietConnections, TimeSpan.FromSeconds(2 * seconds), cancellationToken));
        }

        figures.Add(Figure.AtMost($"{QuietRate} requests/s, p50", Statistics.Median(measured.Select(m => m.Median)), "ms", 5));
        figures.Add(Figure.AtMost($"{QuietRate} requests/s, p99", Statistics.Median(measured.Select(m => m.P99)), "ms", 50));
    }

    private void Report(int connections, List<Measured> together, List<Measured> each, List<double> ceiling)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"{connections} connections");
        var times = Statistics.Median(together.Zip(each, (t, e) => t.Times.PerSecond / e.Times.PerSecond));
        var cost = Statistics.Median(together.Zip(each, (t, e) => t.MillisecondsEach / e.MillisecondsEach));
        var p99 = Statistics.Median(together.Select(m => m.Times.P99));
        figures.AddRange(
        [
            new($"{at}, shared commits", Statistics.Median(together.Select(m => m.Times.PerSecond)), "/s"),
            new($"{at}, one commit each", Statistics.Median(each.Select(m => m.Times.PerSecond)), "/s"),
            Figure.AtLeast($"{at}, shared to one each", times, "×", connections == 128 ? 2 : 1),
            new($"{at}, shared, CPU per request", Statistics.Median(together.Select(m => m.MillisecondsEach)), "ms"),
            new($"{at}, one each, CPU per request", Statistics.Median(each.Select(m => m.MillisecondsEach)), "ms"),
            connections == 128
                ? Figure.AtMost($"{at}, CPU, shared to one each", cost, "×", 0.5)
                : new Figure($"{at}, CPU, shared to one each", cost, "×"),
            new($"{at}, shared, p50", Statistics.Median(together.Select(m => m.Times.Median)), "ms"),
            connections == 128 ? Figure.AtMost($"{at}, shared, p99", p99, "ms", 60) : new Figure($"{at}, shared, p99", p99, "ms"),
            new($"{at}, one each, p50", Statistics.Median(each.Select(m => m.Times.Median)), "ms"),
            new($"{at}, one each, p99", Statistics.Median(each.Select(m => m.Times.P99)), "ms"),
        ]);
        if (ceiling.Count > 0)
        {
            var share = Statistics.Median(together.Zip(ceiling, (t, c) => t.Times.PerSecond / c));
            figures.Add(new("pgbench, one row per commit", Statistics.Median(ceiling), "/s"));
            figures.Add(new($"{at}, shared commits to pgbench", share, "×"));
        }
    }

    private async Task<Measured> MeasureAsync(HostProcess service, int connections, CancellationToken cancellationToken)
    {
        var load = new WebhookLoad(TriageSettings.WebhookTarget(service.Address), SandboxCredentials.WebhookSecret);
        var before = service.ProcessorTime + database.ProcessorTime;
        var times = await load.SendAllThatGoesAsync(connections, TimeSpan.FromSeconds(seconds), cancellationToken);
        return new Measured(times, service.ProcessorTime + database.ProcessorTime - before);
    }

    /// <summary>As fast as it can be that way: a writer and a database connection for every connection of the load.</summary>
    private Dictionary<string, string> OneCommitEach(int connections) => new()
    {
        ["Intake:BatchSize"] = "1",
        ["Intake:Writers"] = connections.ToString(CultureInfo.InvariantCulture),
        ["ConnectionStrings:TicketTriage"] =
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = connections + 10 }.ConnectionString,
    };

    private sealed record Measured(Latencies Times, TimeSpan ProcessorTime)
    {
        public double MillisecondsEach => ProcessorTime.TotalMilliseconds / Times.Count;
    }
}
