using TicketTriage.Chaos.Sites;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class KillWeb : IScenario
{
    private const int Deaths = 3;

    public string Name => "kill-web";

    public string Story => "The web process is killed while deliveries come in, and started again.";

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        await site.StartWorkerAsync(cancellationToken);
        var writing = site.Customers.WriteAsync(site.Deliveries, site.WritingTime, cancellationToken);
        for (var death = 0; death < Deaths; death++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5 + site.Chance.NextDouble()), TimeProvider.System, cancellationToken);
            await site.KillWebAsync();
            await site.StartWebAsync(cancellationToken);
        }

        await writing;
        await site.SettleAsync(cancellationToken);
    }
}
