using TicketTriage.Chaos.Judging;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;
using TicketTriage.Chaos.Trapdoors;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class KillWorker : IScenario
{
    /// <summary>Enough for the doomed worker to get its share beside the other.</summary>
    private const int DeliveriesPerDeath = 60;

    private const int MostPassings = 3;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    public string Name => "kill-worker";

    public string Story => "A worker is killed right after each step of a ticket's way; another has to finish what it had in hand.";

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        await site.StartWorkerAsync(cancellationToken);
        var points = Enum.GetValues<StrikePoint>();
        var deaths = points.Length * Math.Max(1, site.Deliveries / (points.Length * DeliveriesPerDeath));
        var orphans = new List<Orphans>();
        for (var death = 0; death < deaths; death++)
        {
            var trapdoor = new Trapdoor(points[death % points.Length], site.Chance.Next(MostPassings));
            var doomed = await site.StartWorkerAsync(trapdoor, cancellationToken);
            orphans.Add(await site.WriteUntilStruckAsync(doomed, site.Deliveries / deaths, cancellationToken));
            await site.WaitForSuspectsAsync(cancellationToken);
        }

        await site.SettleAsync(cancellationToken);
        var journal = (await site.Helpdesk.ReadJournalAsync(cancellationToken)).Changes;
        var slowest = orphans.SelectMany(left => left.Waits(journal)).Max();
        var standstill = orphans.Max(left => left.Standstill(journal));
        site.Figures.Add(new Figure("workers killed", deaths, ""));
        site.Figures.Add(new Figure("nothing written after a worker's death", standstill.TotalSeconds, "s", (SiteSettings.Lease + Margin).TotalSeconds)
        {
            NeedsQuiet = true,
        });
        // With the lease, and with the queue that it stands at the end of then.
        site.Figures.Add(new Figure("last orphan written after its worker's death", slowest.TotalSeconds, "s"));
    }
}
