using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class RestartDatabase : IScenario
{
    private const double MostSecondsUntilProgress = 15;

    public string Name => "restart-database";

    public string Story => "The database is restarted in the middle of work: once in good order, once as by a power cut.";

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        await site.StartWorkerAsync(cancellationToken);
        var writing = site.Customers.WriteAsync(site.Deliveries, site.WritingTime, cancellationToken);
        foreach (var (immediately, how) in new[] { (false, "fast"), (true, "immediate") })
        {
            await site.WaitForProgressAsync(cancellationToken);
            await site.Server.RestartAsync(immediately);
            var wait = await site.WaitForProgressAsync(cancellationToken);
            site.Figures.Add(new Figure($"first ticket after a restart ({how})", wait.TotalSeconds, "s", MostSecondsUntilProgress)
            {
                NeedsQuiet = true,
            });
        }

        await writing;
        await site.SettleAsync(cancellationToken);
    }
}
