using TicketTriage.Chaos.Judging;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;
using TicketTriage.Chaos.Trapdoors;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class PauseWorker : IScenario
{
    private static readonly StrikePoint[] Points =
        [StrikePoint.AfterClaim, StrikePoint.AfterUnderstanding, StrikePoint.BeforeWriteBack, StrikePoint.AfterWriteBack];

    /// <summary>For others to take the tickets up and write them.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(3);

    public string Name => "pause-worker";

    public string Story => "Workers stand still until their leases have ended and others have their tickets, then go on as if nothing were.";

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        var sleepers = new List<ServiceProcess>();
        var orphans = new List<Orphans>();
        foreach (var point in Points)
        {
            var sleeper = await site.StartWorkerAsync(new Trapdoor(point, site.Chance.Next(5)) { Stops = true }, cancellationToken);
            sleepers.Add(sleeper);
            orphans.Add(await site.WriteUntilStruckAsync(sleeper, site.Deliveries / Points.Length, cancellationToken));
        }

        await site.StartWorkerAsync(cancellationToken);
        await Task.Delay(SiteSettings.Lease + Margin, TimeProvider.System, cancellationToken);
        var meanwhile = (await site.Helpdesk.ReadJournalAsync(cancellationToken)).Changes;
        foreach (var sleeper in sleepers)
        {
            await sleeper.WakeAsync();
        }

        await site.SettleAsync(cancellationToken);
        site.Figures.Add(new Figure("workers that stood still", sleepers.Count, ""));
        site.Figures.Add(new Figure("tickets written by others before they woke", orphans.Sum(sleep => sleep.Waits(meanwhile).Count()), ""));
    }
}
