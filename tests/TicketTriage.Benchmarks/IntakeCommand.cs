using System.CommandLine;
using System.Globalization;
using TicketTriage.Benchmarks.Processes;
using TicketTriage.Benchmarks.Reports;

namespace TicketTriage.Benchmarks;

/// <summary><c>intake</c>: sets up what <see cref="IntakeBenchmark"/> measures.</summary>
internal static class IntakeCommand
{
    public static Command Create()
    {
        var options = new BenchmarkOptions();
        var seconds = new Option<int?>("--seconds") { Description = "Length of each measurement." };
        var command = new Command("intake", "Deliveries per second, durable before the answer: shared commits against one for each.");
        command.Options.Add(seconds);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var length = parsed.GetValue(seconds) ?? (options.IsSmoke(parsed) ? 1 : 4);
            var report = await RunAsync(options.Rounds(parsed, usual: 5), length, cancellationToken);
            return await options.PublishAsync(parsed, report, cancellationToken);
        });
        return command;
    }

    private static async Task<Report> RunAsync(int rounds, int seconds, CancellationToken cancellationToken)
    {
        var load = Circumstances.ReadLoad();
        await using var database = await BenchmarkDatabase.StartAsync(cancellationToken);
        var address = HostProcess.FindFreeAddress();
        await using var sandbox = await HostProcess.StartAsync(
            ["sandbox", "--url", $"{address}"], address, "sandbox/tickets", database.Directory, TriageSettings.None, cancellationToken);
        await using var shared = await StartServiceAsync(database, sandbox, [], cancellationToken);
        var pgBench = await PgBench.PrepareAsync(database, cancellationToken);
        var benchmark = new IntakeBenchmark(
            rounds, seconds, database, shared, changed => StartServiceAsync(database, sandbox, changed, cancellationToken), pgBench);
        await benchmark.CompareAsync(connections: 128, cancellationToken);
        await benchmark.CompareAsync(connections: 32, cancellationToken);
        await benchmark.MeasureQuietAsync(cancellationToken);
        var rest = Circumstances.Describe(database.Version, load);
        var how = string.Create(CultureInfo.InvariantCulture, $"medians of {rounds} rounds of {seconds} s; {rest}");
        return new Report("intake", how, benchmark.Figures);
    }

    private static Task<HostProcess> StartServiceAsync(
        BenchmarkDatabase database, HostProcess sandbox, Dictionary<string, string> changed, CancellationToken cancellationToken)
    {
        var address = HostProcess.FindFreeAddress();
        var settings = TriageSettings.Of(address, sandbox.Address, database.ConnectionString, database.Directory);
        foreach (var (key, value) in changed)
        {
            settings[key] = value;
        }

        return HostProcess.StartAsync(["serve", "--role", "web"], address, "health/ready", database.Directory, settings, cancellationToken);
    }
}
