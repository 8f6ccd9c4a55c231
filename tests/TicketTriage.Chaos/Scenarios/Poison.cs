using TicketTriage.Chaos.Judging;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;
using TicketTriage.Chaos.Trapdoors;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class Poison : IScenario
{
    private const int DeathsUntilParked = 3;
    private const double MostRise = 20;
    private const int Workers = 2;

    /// <summary>Slow enough for no queue to build up by itself: what is measured is the poison's doing.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(500);

    public string Name => "poison";

    public string Story => "A ticket kills every worker that takes it; it is parked after three deaths, and the others go on.";

    /// <summary>Its customers write slowly.</summary>
    public double Share => 0.6;

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        var ordinary = await StartWorkersAsync(site, trapdoor: null, cancellationToken);
        var third = site.Deliveries / 3;
        await site.Customers.WriteAsync(third, Pace * third, cancellationToken);
        await site.SettleAsync(cancellationToken);
        // What the first tickets wait for is that workers get warm.
        var warm = (await site.Helpdesk.ReadJournalAsync(cancellationToken)).Changes.Count;
        await site.Customers.WriteAsync(third, Pace * third, cancellationToken);
        await site.SettleAsync(cancellationToken);
        var usual = (await site.Helpdesk.ReadJournalAsync(cancellationToken)).Changes;
        foreach (var worker in ordinary)
        {
            await worker.KillAsync();
        }

        var poison = site.Customers.Tickets[0];
        var number = poison.Number ?? throw new InvalidOperationException("The first ticket has no number.");
        var trapdoor = new Trapdoor(StrikePoint.AfterClaim) { Ticket = $"{SiteSettings.Helpdesk}/{number}" };
        var workers = await StartWorkersAsync(site, trapdoor, cancellationToken);
        site.ExpectedParked.Add(number);
        await site.Customers.SayAsync(poison, cancellationToken);

        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var deaths = KeepRunningAsync(site, workers, trapdoor, watch.Token);
        var rest = site.Deliveries - (2 * third) - 1;
        await site.Customers.WriteAsync(rest, Pace * rest, cancellationToken, except: poison);
        await site.SettleAsync(cancellationToken);
        await watch.CancelAsync();

        var all = (await site.Helpdesk.ReadJournalAsync(cancellationToken)).Changes;
        var before = Delays.P95([.. usual.Skip(warm)]);
        var during = Delays.P95([.. all.Skip(usual.Count)]);
        site.Figures.Add(new Figure("deaths until it was parked", await deaths, "", DeathsUntilParked));
        site.Figures.Add(new Figure("p95 from a customer's word to its effect, before", before, "ms"));
        site.Figures.Add(new Figure("p95 of the other tickets, during", during, "ms"));
        site.Figures.Add(new Figure("rise of p95", 100 * ((during / before) - 1), "%", MostRise) { NeedsQuiet = true });
    }

    private static async Task<List<ServiceProcess>> StartWorkersAsync(Site site, Trapdoor? trapdoor, CancellationToken cancellationToken)
    {
        var workers = new List<ServiceProcess>();
        for (var worker = 0; worker < Workers; worker++)
        {
            workers.Add(await StartWorkerAsync(site, trapdoor, cancellationToken));
        }

        return workers;
    }

    private static Task<ServiceProcess> StartWorkerAsync(Site site, Trapdoor? trapdoor, CancellationToken cancellationToken) =>
        trapdoor is null ? site.StartWorkerAsync(cancellationToken) : site.StartWorkerAsync(trapdoor, cancellationToken);

    /// <summary>Starts what has died again, as a service manager does.</summary>
    /// <returns>How many have died.</returns>
    private static async Task<int> KeepRunningAsync(
        Site site, List<ServiceProcess> workers, Trapdoor trapdoor, CancellationToken cancellationToken)
    {
        var deaths = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            for (var place = 0; place < workers.Count; place++)
            {
                if (workers[place].HasEnded)
                {
                    deaths++;
                    workers[place] = await StartWorkerAsync(site, trapdoor, CancellationToken.None);
                }
            }

            await Task.Delay(RestartPause, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return deaths;
    }
}
