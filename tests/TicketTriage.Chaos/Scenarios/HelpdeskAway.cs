using TicketTriage.Chaos.Helpdesks;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class HelpdeskAway : IScenario
{
    private static readonly TimeSpan Away = TimeSpan.FromHours(24);
    private static readonly TimeSpan Stride = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>The product leaves a helpdesk alone for so long by its own clock, which goes as usual.</summary>
    private static readonly TimeSpan BreakerPause = TimeSpan.FromSeconds(31);

    private const double MostMinutesUntilDrained = 30;

    public string Name => "helpdesk-away";

    public string Story => "The helpdesk is away for a day, by a database clock that goes faster, and comes back.";

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        await site.StartWorkerAsync(cancellationToken);
        await site.Helpdesk.PlanAsync(new PlannedFault("NoAnswer", "/**", 1), cancellationToken);
        await site.Customers.WriteAsync(site.Deliveries, site.WritingTime, cancellationToken);
        for (var passed = TimeSpan.Zero; passed < Away; passed += Stride)
        {
            await site.Database.SetClockAheadAsync(Stride, cancellationToken);
            await Task.Delay(Breath, TimeProvider.System, cancellationToken);
        }

        await site.Helpdesk.ClearFaultsAsync(cancellationToken);
        await Task.Delay(BreakerPause, TimeProvider.System, cancellationToken);
        var minutes = 0;
        // The clock goes on only when nothing is left to do: counted is what the product waits, and not what this machine takes for the work.
        while (minutes < 3 * MostMinutesUntilDrained && await site.Ledger.LookAsync(cancellationToken) is { Open: > 0 } now)
        {
            if (now.Busy == 0)
            {
                await site.Database.SetClockAheadAsync(TimeSpan.FromMinutes(1), cancellationToken);
                minutes++;
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }

        site.Figures.Add(new Figure("all written after the helpdesk's return", minutes, "min", MostMinutesUntilDrained));
        await site.SettleAsync(cancellationToken);
    }
}
