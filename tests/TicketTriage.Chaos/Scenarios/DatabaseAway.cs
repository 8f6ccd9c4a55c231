using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class DatabaseAway : IScenario
{
    private const int Unavailable = 503;
    private const double MostRefusalMilliseconds = 300;
    private const double MostSecondsUntilBack = 10;
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(3);

    public string Name => "database-away";

    public string Story => "The database is away for a minute; deliveries are refused quickly, and nothing has to be done when it is back.";

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        await site.StartWorkerAsync(cancellationToken);
        // Each letter comes again every few seconds, or they alone would keep the machine busy.
        site.Postman.Pause = TimeSpan.FromSeconds(5);
        var writing = site.Customers.WriteAsync(site.Deliveries, Before + Away, cancellationToken);
        await Task.Delay(Before, TimeProvider.System, cancellationToken);
        await site.Server.StopAsync(immediately: false);
        var gone = TimeProvider.System.GetUtcNow();
        await Task.Delay(Away, TimeProvider.System, cancellationToken);
        var asked = TimeProvider.System.GetUtcNow();
        await site.Server.StartAgainAsync();
        var back = TimeProvider.System.GetUtcNow();
        var progress = await site.WaitForProgressAsync(cancellationToken);
        await writing;
        await site.SettleAsync(cancellationToken);

        var handovers = site.Postman.Book.Handovers;
        var refused = handovers.Where(handover => handover.At >= gone && handover.At < asked).ToList();
        var firstAccepted = handovers.Where(handover => handover.At >= back && handover.IsAccepted).Min(handover => handover.At + handover.Took);
        site.Figures.Add(new Figure("deliveries tried while it was away", refused.Count, ""));
        site.Figures.Add(new Figure("answers other than 503", refused.Count(handover => handover.Status != Unavailable), "", 0));
        site.Figures.Add(new Figure(
            "p99 of a refusal", Percentiles.Of(refused.Select(handover => handover.Took.TotalMilliseconds), 99), "ms", MostRefusalMilliseconds));
        site.Figures.Add(new Figure("first acceptance after its return", (firstAccepted - back).TotalSeconds, "s", MostSecondsUntilBack));
        site.Figures.Add(new Figure("first ticket after its return", progress.TotalSeconds, "s", MostSecondsUntilBack));
    }
}
