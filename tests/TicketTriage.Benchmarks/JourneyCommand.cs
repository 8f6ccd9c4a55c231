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
        var tracing = new Option<bool>("--tracing") { Description = "Also with a collector that takes all spans and measurements, and compares." };
        var command = new Command("journey", "From webhook to finished write-back: one ticket at a time, and as many as go.");
        command.Options.Add(tickets);
        command.Options.Add(tracing);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isSmoke = options.IsSmoke(parsed);
            var atOnce = parsed.GetValue(tickets) ?? (isSmoke ? 200 : 2_000);
            var rounds = options.Rounds(parsed, usual: 3);
            var report = await RunAsync(rounds, atOnce, oneByOne: isSmoke ? 20 : 100, collector: null, cancellationToken);
            if (parsed.GetValue(tracing))
            {
                await using var collector = CollectorSink.Start();
                var traced = await RunAsync(rounds, atOnce, oneByOne: isSmoke ? 20 : 100, collector.Address, cancellationToken);
                report = Compare(report, traced, collector.Bytes);
            }

            return await options.PublishAsync(parsed, report, cancellationToken);
        });
        return command;
    }

    /// <param name="collector">Where the service sends its spans and measurements; <see langword="null"/> for nowhere.</param>
    private static async Task<Report> RunAsync(
        int rounds, int tickets, int oneByOne, Uri? collector, CancellationToken cancellationToken)
    {
        var load = Circumstances.ReadLoad();
        await using var house = await MeasuredHouse.StartAsync(cancellationToken);
        await using var service = await house.StartServiceAsync(collector, cancellationToken);
        using var sandbox = new SandboxClient(house.Sandbox.Address);
        await using var written = new TriageCount(house.Database.ConnectionString);
        var benchmark = new JourneyBenchmark(house.Database, service, house.Sandbox, sandbox, written);
        await benchmark.TriageAsync(WarmUpTickets, cancellationToken);
        var figures = new List<Figure>();
        figures.AddRange(await benchmark.MeasureOneByOneAsync(oneByOne, cancellationToken));
        figures.AddRange(await benchmark.MeasureCrowdAsync(rounds, tickets, cancellationToken));
        var rest = Circumstances.Describe(house.Database.Version, load);
        var how = string.Create(
            CultureInfo.InvariantCulture, $"{oneByOne} tickets one by one, then medians of {rounds} rounds of {tickets} at once; {rest}");
        return new Report("journey", how, figures);
    }

    private static Report Compare(Report usual, Report traced, long bytes)
    {
        if (bytes == 0)
        {
            throw new InvalidOperationException("The collector got nothing, so there is nothing to compare.");
        }

        static double CostOf(Report report) => report.Figures.Single(figure => figure.What == JourneyBenchmark.Cost).Seen;
        var more = 100 * ((CostOf(traced) / CostOf(usual)) - 1);
        return usual with
        {
            Figures =
            [
                .. usual.Figures,
                .. traced.Figures.Select(figure => figure with { What = $"traced: {figure.What}" }),
                Figure.AtMost($"{JourneyBenchmark.Cost}, more when traced", more, "%", 15),
            ],
        };
    }
}
