using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Sites;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class Storm : IScenario
{
    private const int MessagesPerTicket = 10;
    private const int Accepted = 202;

    public string Name => "storm";

    public string Story => "Everybody writes ten times before anything is delivered, and then all of it comes at once.";

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        await site.StartWorkerAsync(cancellationToken);
        site.Postman.HoldsBack = true;
        var tickets = Math.Max(1, site.Deliveries / MessagesPerTicket);
        await site.Customers.InsistAsync(site.Deliveries, tickets, cancellationToken);
        site.Postman.HoldsBack = false;
        await site.SettleAsync(cancellationToken);

        var answers = site.Postman.Book.Handovers;
        site.Figures.Add(new Figure("answers other than 202 or 503", answers.Count(answer => answer.Status is not (Accepted or 503)), "", 0));
        site.Figures.Add(new Figure(
            "p99 of an acceptance", Percentiles.Of(answers.Where(answer => answer.IsAccepted).Select(answer => answer.Took.TotalMilliseconds), 99), "ms"));
    }
}
