using TicketTriage.Chaos.Helpdesks;
using TicketTriage.Chaos.Judging;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;
using TicketTriage.Chaos.Trapdoors;
using TicketTriage.Tickets;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class Poison : IScenario
{
    private const int DeathsUntilParked = 3;
    private const double MostRise = 20;
    private const int Workers = 2;
    private const int MostForComparison = 300;

    /// <summary>Slow enough for no queue to build up by itself: what is measured is the poison's doing.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A worker may die once in each lease. A short play has shorter ones than in earnest, and so the deaths, each with a new process that
    /// gets warm, nearer together than they can be.
    /// </summary>
    private static readonly TimeSpan EarnestLease = ClaimOrder.ShippedLease;

    private static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(500);

    public string Name => "poison";

    public string Story => "A ticket kills every worker that takes it; it is parked after three deaths, and the others go on.";

    /// <summary>Its customers write slowly.</summary>
    public double Share => 0.6;

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        // The ticket that will be poison is an ordinary one first: only then does it have a number.
        var first = await site.StartWorkerAsync(cancellationToken);
        await site.Customers.WriteAsync(1, TimeSpan.Zero, cancellationToken);
        await site.SettleAsync(cancellationToken);
        await first.KillAsync();
        var poison = site.Customers.Tickets[0];
        var number = poison.Number ?? throw new InvalidOperationException("The first ticket has no number.");

        // What the first tickets wait for is that workers get warm: the same workers are measured before and after.
        var part = Math.Min(site.Deliveries / 5, MostForComparison);
        var rest = site.Deliveries - (2 * part) - 2;
        var lease = Math.Clamp((Pace * rest / (DeathsUntilParked + 1)).TotalSeconds, SiteSettings.Lease.TotalSeconds, EarnestLease.TotalSeconds);
        site.Settings["Journey:Lease"] = TimeSpan.FromSeconds((int)lease).ToString("c");
        var trapdoor = new Trapdoor(StrikePoint.AfterClaim) { Ticket = $"{SiteSettings.Helpdesk}/{number}" };
        var workers = await StartWorkersAsync(site, trapdoor, cancellationToken);
        await WriteAsync(site, part, poison, cancellationToken);
        var warm = (await site.Helpdesk.ReadJournalAsync(cancellationToken)).Changes.Count;
        await WriteAsync(site, part, poison, cancellationToken);
        var usual = (await site.Helpdesk.ReadJournalAsync(cancellationToken)).Changes;
        site.ExpectedParked.Add(number);
        await site.Customers.SayAsync(poison, cancellationToken);

        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var deaths = KeepRunningAsync(site, workers, trapdoor, watch.Token);
        await WriteAsync(site, rest, poison, cancellationToken);
        await watch.CancelAsync();

        var all = (await site.Helpdesk.ReadJournalAsync(cancellationToken)).Changes;
        var before = Delays.P95([.. usual.Skip(warm)]);
        var during = Delays.P95([.. all.Skip(usual.Count)]);
        site.Figures.Add(new Figure("deaths until it was parked", await deaths, "", DeathsUntilParked));
        site.Figures.Add(new Figure("p95 from a customer's word to its effect, before", before, "ms"));
        site.Figures.Add(new Figure("p95 of the other tickets, during", during, "ms"));
        site.Figures.Add(new Figure("rise of p95", 100 * ((during / before) - 1), "%", MostRise) { NeedsQuiet = true });
    }

    private static async Task WriteAsync(Site site, int times, CustomerTicket poison, CancellationToken cancellationToken)
    {
        await site.Customers.WriteAsync(times, Pace * times, cancellationToken, except: poison);
        await site.SettleAsync(cancellationToken);
    }

    private static async Task<List<ServiceProcess>> StartWorkersAsync(Site site, Trapdoor trapdoor, CancellationToken cancellationToken)
    {
        var workers = new List<ServiceProcess>();
        for (var worker = 0; worker < Workers; worker++)
        {
            workers.Add(await site.StartWorkerAsync(trapdoor, cancellationToken));
        }

        return workers;
    }

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
                    workers[place] = await site.StartWorkerAsync(trapdoor, CancellationToken.None);
                }
            }

            await Task.Delay(RestartPause, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return deaths;
    }
}
