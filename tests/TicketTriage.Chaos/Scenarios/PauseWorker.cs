using TicketTriage.Chaos.Sites;
using TicketTriage.Chaos.Trapdoors;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class PauseWorker : IScenario
{
    private static readonly StrikePoint[] Points =
        [StrikePoint.AfterClaim, StrikePoint.AfterUnderstanding, StrikePoint.BeforeWriteBack, StrikePoint.AfterWriteBack];

    public string Name => "pause-worker";

    public string Story => "Workers stand still until their leases have ended and others have their tickets, then go on as if nothing were.";

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        var writing = site.Customers.WriteAsync(site.Deliveries, site.WritingTime, cancellationToken);
        var sleepers = new List<ServiceProcess>();
        foreach (var point in Points)
        {
            var sleeper = await site.StartWorkerAsync(new Trapdoor(point, site.Chance.Next(5)) { Stops = true }, cancellationToken);
            await sleeper.WaitUntilStruckAsync(cancellationToken);
            sleepers.Add(sleeper);
        }

        await site.StartWorkerAsync(cancellationToken);
        await Task.Delay(SiteSettings.Lease, TimeProvider.System, cancellationToken);
        foreach (var sleeper in sleepers)
        {
            await sleeper.WakeAsync();
        }

        await writing;
        await site.SettleAsync(cancellationToken);
    }
}
