using System.Globalization;
using TicketTriage.Benchmarks.Processes;
using TicketTriage.Benchmarks.Reports;

namespace TicketTriage.Benchmarks;

/// <summary>
/// The whole way: the sandbox gets a ticket and sends its webhook; the service takes it in, reads, decides and writes back; the echoes
/// of that come in too. Times are the sandbox's own, from the ticket's arrival to the change that was applied.
/// </summary>
internal sealed class JourneyBenchmark(
    BenchmarkDatabase database, HostProcess service, HostProcess helpdesk, SandboxClient sandbox, TriageCount written)
{
    public const string Cost = "crowd, CPU per ticket";

    public async Task<IEnumerable<Figure>> MeasureOneByOneAsync(int tickets, CancellationToken cancellationToken)
    {
        for (var i = 0; i < tickets; i++)
        {
            await TriageAsync(1, cancellationToken);
        }

        var journeys = await sandbox.ListJourneysAsync(cancellationToken);
        var times = journeys.TakeLast(tickets).Select(journey => journey.Took.TotalMilliseconds).Order().ToList();
        return
        [
            Figure.AtMost("idle, webhook to write-back, p50", Statistics.Percentile(times, 50), "ms", 120),
            Figure.AtMost("idle, webhook to write-back, p95", Statistics.Percentile(times, 95), "ms", 300),
        ];
    }

    public async Task<IEnumerable<Figure>> MeasureCrowdAsync(int rounds, int tickets, CancellationToken cancellationToken)
    {
        var measured = new List<(double PerSecond, double Service, double Database, double Helpdesk)>();
        for (var round = 0; round < rounds; round++)
        {
            var serviceBefore = service.ProcessorTime;
            var databaseBefore = database.ProcessorTime;
            var helpdeskBefore = helpdesk.ProcessorTime;
            await TriageAsync(tickets, cancellationToken);
            var ofService = (service.ProcessorTime - serviceBefore).TotalMilliseconds / tickets;
            var ofDatabase = (database.ProcessorTime - databaseBefore).TotalMilliseconds / tickets;
            var ofHelpdesk = (helpdesk.ProcessorTime - helpdeskBefore).TotalMilliseconds / tickets;

            var journeys = (await sandbox.ListJourneysAsync(cancellationToken)).TakeLast(tickets).ToList();
            var took = journeys.Max(j => j.WrittenAt) - journeys.Min(j => j.ArrivedAt);
            measured.Add((tickets / took.TotalSeconds, ofService, ofDatabase, ofHelpdesk));
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round + 1} of {rounds}: {measured[^1].PerSecond:N0} tickets/s, "
                + $"CPU {ofService:0.00} + {ofDatabase:0.00} ms each, sandbox {ofHelpdesk:0.00} ms"));
        }

        return
        [
            Figure.AtLeast("crowd, tickets per second", Statistics.Median(measured.Select(m => m.PerSecond)), "/s", 80),
            Figure.AtMost(Cost, Statistics.Median(measured.Select(m => m.Service + m.Database)), "ms", 12),
            new("crowd, CPU per ticket, service", Statistics.Median(measured.Select(m => m.Service)), "ms"),
            new("crowd, CPU per ticket, database", Statistics.Median(measured.Select(m => m.Database)), "ms"),
            new("crowd, CPU per ticket, sandbox, not counted", Statistics.Median(measured.Select(m => m.Helpdesk)), "ms"),
        ];
    }

    /// <summary>Returns when all are written and their echoes have come back.</summary>
    public async Task TriageAsync(int tickets, CancellationToken cancellationToken)
    {
        var before = await written.CountAsync(cancellationToken);
        await sandbox.AddTicketsAsync(tickets, cancellationToken);
        await written.WaitForAsync(before + tickets, cancellationToken);
    }
}
