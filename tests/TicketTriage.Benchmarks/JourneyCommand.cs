using System.CommandLine;
using System.Globalization;
using TicketTriage.Benchmarks.Processes;
using TicketTriage.Benchmarks.Reports;

namespace TicketTriage.Benchmarks;

/// <summary><c>journey</c>: sets up what <see cref="JourneyBenchmark"/> measures.</summary>
internal static class JourneyCommand
{
    private const int WarmUpTickets = 300;

    public static Command Create()
    {
        var options = new BenchmarkOptions();
        var tickets = new Option<int?>("--tickets") { Description = "Tickets that arrive at once in each round." };
        var command = new Command("journey", "From webhook to finished write-back: one ticket at a time, and as many as go.");
        command.Options.Add(tickets);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isSmoke = options.IsSmoke(parsed);
            var atOnce = parsed.GetValue(tickets) ?? (isSmoke ? 200 : 2_000);
            var report = await RunAsync(options.Rounds(parsed, usual: 3), atOnce, oneByOne: isSmoke ? 20 : 100, cancellationToken);
            return await options.PublishAsync(parsed, report, cancellationToken);
        });
        return command;
    }

    private static async Task<Report> RunAsync(int rounds, int tickets, int oneByOne, CancellationToken cancellationToken)
    {
        var load = Circumstances.ReadLoad();
        await using var database = await BenchmarkDatabase.StartAsync(cancellationToken);
        var serviceAddress = HostProcess.FindFreeAddress();
        var sandboxAddress = HostProcess.FindFreeAddress();
        string[] sandboxCommand =
            ["sandbox", "--url", sandboxAddress.ToString(), "--webhook", TriageSettings.WebhookTarget(serviceAddress).ToString()];
        await using var sandboxProcess = await HostProcess.StartAsync(
            sandboxCommand, sandboxAddress, "sandbox/tickets", database.Directory, TriageSettings.None, cancellationToken);
        var settings = TriageSettings.Of(serviceAddress, sandboxAddress, database.ConnectionString, database.Directory);
        await using var service = await HostProcess.StartAsync(
            ["serve", "--role", "all"], serviceAddress, "health/ready", database.Directory, settings, cancellationToken);

        using var sandbox = new SandboxClient(sandboxAddress);
        await using var written = new TriageCount(database.ConnectionString);
        var benchmark = new JourneyBenchmark(database, service, sandboxProcess, sandbox, written);
        await benchmark.TriageAsync(WarmUpTickets, cancellationToken);
        var figures = new List<Figure>();
        figures.AddRange(await benchmark.MeasureOneByOneAsync(oneByOne, cancellationToken));
        figures.AddRange(await benchmark.MeasureCrowdAsync(rounds, tickets, cancellationToken));
        var rest = Circumstances.Describe(database.Version, load);
        var how = string.Create(
            CultureInfo.InvariantCulture, $"{oneByOne} tickets one by one, then medians of {rounds} rounds of {tickets} at once; {rest}");
        return new Report("journey", how, figures);
    }
}
