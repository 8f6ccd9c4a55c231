using System.CommandLine;
using System.Globalization;
using TicketTriage.Benchmarks.Processes;
using TicketTriage.Benchmarks.Reports;

namespace TicketTriage.Benchmarks;

/// <summary><c>idle</c>: how soon the service is ready on a database that exists, and what it takes while nothing comes in.</summary>
internal static class IdleCommand
{
    private const int TicketsBefore = 200;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var options = new BenchmarkOptions();
        var command = new Command("idle", "Start to ready on a database that exists; memory and processor time while nothing comes in.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isSmoke = options.IsSmoke(parsed);
            var watched = isSmoke ? TimeSpan.FromSeconds(5) : Watched;
            var settled = isSmoke ? TimeSpan.FromSeconds(2) : Settled;
            var report = await RunAsync(options.Rounds(parsed, usual: 5), settled, watched, cancellationToken);
            return await options.PublishAsync(parsed, report, cancellationToken);
        });
        return command;
    }

    private static async Task<Report> RunAsync(int rounds, TimeSpan settled, TimeSpan watched, CancellationToken cancellationToken)
    {
        var load = Circumstances.ReadLoad();
        await using var house = await MeasuredHouse.StartAsync(cancellationToken);
        Task<HostProcess> StartAsync() => house.StartServiceAsync(collector: null, cancellationToken);

        // The first start makes the tables.
        await (await StartAsync()).DisposeAsync();
        var starts = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await using var service = await StartAsync();
            starts.Add(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        }

        await using var one = await StartAsync();
        await Task.Delay(settled, TimeProvider.System, cancellationToken);
        var fresh = one.ResidentMegabytes;
        using var sandbox = new SandboxClient(house.Sandbox.Address);
        await using var written = new TriageCount(house.Database.ConnectionString);
        await sandbox.AddTicketsAsync(TicketsBefore, cancellationToken);
        await written.WaitForAsync(TicketsBefore, cancellationToken);
        await Task.Delay(settled, TimeProvider.System, cancellationToken);
        var (service0, database0) = (one.ProcessorTime, house.Database.ProcessorTime);
        await Task.Delay(watched, TimeProvider.System, cancellationToken);
        var ofService = 100 * (one.ProcessorTime - service0) / watched;
        var ofDatabase = 100 * (house.Database.ProcessorTime - database0) / watched;

        var rest = Circumstances.Describe(house.Database.Version, load);
        var how = string.Create(
            CultureInfo.InvariantCulture,
            $"median of {rounds} starts; idle for {watched.TotalSeconds:N0} s, {settled.TotalSeconds:N0} s after {TicketsBefore} tickets; {rest}");
        return new Report("idle", how,
        [
            Figure.AtMost("process start to ready, on a database that exists", Statistics.Median(starts), "s", 3),
            Figure.AtMost("resident, before any ticket", fresh, "MB", 200),
            new("resident, after them", one.ResidentMegabytes, "MB"),
            Figure.AtMost("processor time while idle, service", ofService, "% of a core", 1),
            new("processor time while idle, its database", ofDatabase, "% of a core"),
        ]);
    }
}
