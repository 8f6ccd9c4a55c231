using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;
using TicketTriage.Chaos.Trapdoors;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class KillWorker : IScenario
{
    /// <summary>Each round strikes at every point once, and needs its share of tickets.</summary>
    private const int DeliveriesPerRound = 400;

    public string Name => "kill-worker";

    public string Story => "A worker is killed right after each step of a ticket's way, and another goes on.";

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        var writing = site.Customers.WriteAsync(site.Deliveries, site.WritingTime, cancellationToken);
        var orphans = new List<(DateTimeOffset Since, IReadOnlyList<long> Tickets)>();
        for (var round = 0; round < Math.Max(1, site.Deliveries / DeliveriesPerRound); round++)
        {
            foreach (var point in Enum.GetValues<StrikePoint>())
            {
                await using var doomed = await site.StartWorkerAsync(new Trapdoor(point, site.Chance.Next(5)), cancellationToken);
                await doomed.WaitUntilStruckAsync(cancellationToken);
                orphans.Add((TimeProvider.System.GetUtcNow(), await site.Ledger.ListHeldAsync(cancellationToken)));
            }
        }

        await site.StartWorkerAsync(cancellationToken);
        await writing;
        await site.SettleAsync(cancellationToken);

        var effects = (await site.Helpdesk.ReadJournalAsync(cancellationToken)).Changes.Where(change => change.IsEffect).ToList();
        var slowest = orphans.Max(death => death.Tickets
            .Select(ticket => effects.Where(effect => effect.Ticket == ticket && effect.At > death.Since).Min(effect => (DateTimeOffset?)effect.At))
            .Max(at => (at - death.Since)?.TotalSeconds));
        site.Figures.Add(new Figure(
            "last ticket of a killed worker written after", slowest ?? 0, "s", (SiteSettings.Lease + TimeSpan.FromSeconds(10)).TotalSeconds));
    }
}
