using TicketTriage.Chaos.Sites;
using TicketTriage.Chaos.Trapdoors;

namespace TicketTriage.Chaos.Scenarios;

internal sealed class Everything : IScenario
{
    private static readonly StrikePoint[] Deaths = [StrikePoint.AfterClaim, StrikePoint.BeforeWriteBack, StrikePoint.AfterWriteBack];

    public string Name => "everything";

    public string Story => "Duplicates, disorder, lost answers and refusals all day; three workers and the web process die, the database restarts twice.";

    /// <summary>Three of ten calls bid everybody wait for a second.</summary>
    public double Share => Nuisance.ShareOfRefusals;

    public async Task PlayAsync(Site site, CancellationToken cancellationToken)
    {
        site.Postman.TwiceShare = 0.05;
        site.Postman.LateShare = 0.1;
        await Nuisance.LoseAnswersAsync(site, cancellationToken);
        await Nuisance.RefuseAsync(site, cancellationToken);
        await site.StartWorkerAsync(cancellationToken);
        foreach (var point in Deaths)
        {
            var doomed = await site.StartWorkerAsync(new Trapdoor(point, site.Chance.Next(20)), cancellationToken);
            await site.WriteUntilStruckAsync(doomed, site.Deliveries / 10, cancellationToken);
            await site.WaitForSuspectsAsync(cancellationToken);
        }

        var rest = Math.Max(0, site.Deliveries - site.Customers.Written);
        var writing = site.Customers.WriteAsync(rest, site.WritingTime * rest / site.Deliveries, cancellationToken);
        await site.Server.RestartAsync(immediately: false);
        await site.KillWebAsync();
        await site.StartWebAsync(cancellationToken);
        await site.WaitForProgressAsync(cancellationToken);
        await site.Server.RestartAsync(immediately: true);
        await writing;
        await site.SettleAsync(cancellationToken);
    }
}
