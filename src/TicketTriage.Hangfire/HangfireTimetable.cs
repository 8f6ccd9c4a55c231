using Microsoft.Extensions.Hosting;

namespace TicketTriage.Hangfire;

/// <summary>Writes the timetable before the server starts.</summary>
internal sealed class HangfireTimetable(HangfireEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        engine.WriteTimetable();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
