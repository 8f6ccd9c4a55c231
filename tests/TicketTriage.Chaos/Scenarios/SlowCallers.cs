using TicketTriage.Chaos.Post;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class SlowCallers : IScenario
{
    private const int Idle = 500;
    private const int Dripping = 500;
    private const double MostMilliseconds = 500;

    public string Name => "slow-callers";

    public string Story => "A thousand callers hold connections open, half of them silent, half sending a byte a second.";

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        await site.StartWorkerAsync(cancellationToken);
        await using var callers = SlowConnections.Open(site.WebAddress, Idle, Dripping);
        await callers.WaitUntilOpenAsync(cancellationToken);
        await site.Customers.WriteAsync(site.Deliveries, site.WritingTime, cancellationToken);
        await site.SettleAsync(cancellationToken);

        var genuine = site.Postman.Book.Handovers;
        site.Figures.Add(new Figure("connections opened", callers.Opened, ""));
        site.Figures.Add(new Figure(
            "p99 of genuine deliveries", Percentiles.Of(genuine.Select(handover => handover.Took.TotalMilliseconds), 99), "ms", MostMilliseconds));
        site.Figures.Add(new Figure("genuine deliveries that were not accepted", genuine.Count(handover => !handover.IsAccepted), "", 0));
    }
}
