using Microsoft.Extensions.Hosting;
using TicketTriage.Policies;

namespace TicketTriage.Understanding.Local;

/// <summary>Trains for the shipped taxonomy beside the start of the host, so that the first ticket need not wait.</summary>
internal sealed class LocalTraining(LocalUnderstanding understanding, PolicyDocument<Taxonomy> taxonomy) : BackgroundService
{
    // The host runs this off the thread that starts it.
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        understanding.Prepare(taxonomy.Content);
        return Task.CompletedTask;
    }
}
