using TicketTriage.Chaos.Helpdesks;
using TicketTriage.Chaos.Sites;

namespace TicketTriage.Chaos.Scenarios;

/// <summary>Something that is wrong the whole day long: it is planned, and the day goes its way.</summary>
internal sealed class Nuisance(string name, string story, Func<Site, CancellationToken, Task> plan) : IScenario
{
    /// <summary>Three of ten calls bid everybody wait for a second: a delivery takes longer than a second, whatever the machine.</summary>
    public const double ShareOfRefusals = 0.15;

    public string Name => name;

    public string Story => story;

    public double Share { get; private init; } = 1;

    public static Nuisance LostAnswers { get; } = new(
        "lost-answers",
        "The helpdesk carries out a change, and in one of twenty cases its answer is lost.",
        LoseAnswersAsync);

    public static Nuisance Refusals { get; } = new(
        "refusals",
        "The helpdesk answers three of ten calls with 429 and three of a hundred with 500.",
        RefuseAsync)
    {
        Share = ShareOfRefusals,
    };

    public static Nuisance Duplicates { get; } = new(
        "duplicates",
        "One of twenty deliveries comes twice.",
        static (site, _) =>
        {
            site.Postman.TwiceShare = 0.05;
            return Task.CompletedTask;
        });

    public static Nuisance OutOfOrder { get; } = new(
        "out-of-order",
        "One of ten deliveries is overtaken by later ones.",
        static (site, _) =>
        {
            site.Postman.LateShare = 0.1;
            return Task.CompletedTask;
        });

    public static Task LoseAnswersAsync(Site site, CancellationToken cancellationToken) =>
        site.Helpdesk.PlanAsync(new PlannedFault("AnswerLost", "/api/v2/tickets/*", 0.05) { Method = "PUT" }, cancellationToken);

    public static async Task RefuseAsync(Site site, CancellationToken cancellationToken)
    {
        await site.Helpdesk.PlanAsync(new PlannedFault("Status", "/**", 0.3) { Status = 429, RetryAfter = "1" }, cancellationToken);
        // Asked only where the first has let a call through: three of a hundred of all.
        await site.Helpdesk.PlanAsync(new PlannedFault("Status", "/**", 0.03 / 0.7) { Status = 500 }, cancellationToken);
    }

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        await site.StartWorkerAsync(cancellationToken);
        await plan(site, cancellationToken);
        await site.Customers.WriteAsync(site.Deliveries, site.WritingTime, cancellationToken);
        await site.SettleAsync(cancellationToken);
    }
}
