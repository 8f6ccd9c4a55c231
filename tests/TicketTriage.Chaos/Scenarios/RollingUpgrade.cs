using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class RollingUpgrade : IScenario
{
    private const double MostSecondsToStop = 30;

    public string Name => "rolling-upgrade";

    public string Story => "An earlier version is replaced by this one while customers write, process by process, and then a worker by the earlier one again.";

    public bool BeginsEarlier => true;

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        var stops = new List<TimeSpan>();
        var earlier = new[] { await site.StartWorkerAsync(cancellationToken), await site.StartWorkerAsync(cancellationToken) };
        var writing = site.Customers.WriteAsync(site.Deliveries, site.WritingTime, cancellationToken);
        await site.WaitForProgressAsync(cancellationToken);

        site.RunsEarlier = false;
        await site.MigrateAsync(cancellationToken);
        var later = await site.StartWorkerAsync(cancellationToken);
        await Task.Delay(site.WritingTime / 4, TimeProvider.System, cancellationToken);
        stops.Add(await site.ReplaceWebAsync(cancellationToken));
        foreach (var worker in earlier)
        {
            stops.Add(await worker.StopAsync(cancellationToken));
        }

        await Task.Delay(site.WritingTime / 4, TimeProvider.System, cancellationToken);
        site.RunsEarlier = true;
        await site.StartWorkerAsync(cancellationToken);
        stops.Add(await later.StopAsync(cancellationToken));
        await writing;
        await site.SettleAsync(cancellationToken);

        var handovers = site.Postman.Book.Handovers;
        site.Figures.Add(new Figure("deliveries not accepted at once", handovers.Count(handover => !handover.IsAccepted), "", 0));
        site.Figures.Add(new Figure("longest stop in good order", stops.Max().TotalSeconds, "s", MostSecondsToStop));
    }
}
