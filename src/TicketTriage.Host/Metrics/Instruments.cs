using TicketTriage.Helpdesks;

namespace TicketTriage.Host.Metrics;

/// <summary>Has everything that measures stand ready before the first room works, and every count begin at 0.</summary>
internal sealed class Instruments(
    StepClock steps, RequestTraces requests, TelemetryExport export, IEnumerable<ICountedFromZero> counts, HelpdeskDirectory helpdesks)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        steps.Listen();
        requests.Listen();
        export.Listen();
        foreach (var count in counts)
        {
            count.ShowZeros(helpdesks.Names);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
