using TicketTriage.Chaos.Judging;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Scenarios;
using TicketTriage.Chaos.Sites;
using TicketTriage.Testing;

namespace TicketTriage.Chaos;

/// <summary>Plays scenarios one after the other, each on a site of its own, and lets the judge look at each.</summary>
internal sealed class ChaosRun(string program, int seed, Sabotage sabotage)
{
    /// <param name="scenarios">What is played.</param>
    /// <param name="deliveries">Shared out evenly among them.</param>
    public async Task<IReadOnlyList<Outcome>> PlayAsync(IReadOnlyList<IScenario> scenarios, int deliveries, CancellationToken cancellationToken)
    {
        await using var cluster = await ThrowawayCluster.StartAsync();
        var outcomes = new List<Outcome>();
        foreach (var scenario in scenarios)
        {
            await Console.Out.WriteLineAsync($"{scenario.Name}: {scenario.Story}");
            var directory = Directory.CreateTempSubdirectory($"tickettriage-{scenario.Name}-").FullName;
            var outcome = await PlayAsync(
                scenario, new SitePlan(cluster, program, directory, deliveries / scenarios.Count, seed), cancellationToken);
            outcomes.Add(outcome);
            if (outcome.Verdict.IsClean)
            {
                Directory.Delete(directory, recursive: true);
            }
        }

        return outcomes;
    }

    private async Task<Outcome> PlayAsync(IScenario scenario, SitePlan plan, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var site = await Site.OpenAsync(plan, cancellationToken);
        if (sabotage == Sabotage.Lose)
        {
            site.Postman.SwallowOne();
        }

        await scenario.PlayAsync(site, cancellationToken);
        await SpoilAsync(site, cancellationToken);
        var evidence = await site.GatherAsync(cancellationToken);
        return new Outcome(
            scenario.Name, site.Postman.Book.AcceptedFromCustomers, site.Postman.Book.Accepted, evidence.Tickets.Count,
            Judge.Decide(evidence), site.Figures, TimeProvider.System.GetElapsedTime(began), plan.Directory);
    }

    private async Task SpoilAsync(Site site, CancellationToken cancellationToken)
    {
        switch (sabotage)
        {
            case Sabotage.Double:
                var journal = await site.Helpdesk.ReadJournalAsync(cancellationToken);
                await site.Helpdesk.RepeatAsync(journal.Changes.First(change => change.IsEffect), cancellationToken);
                await site.SettleAsync(cancellationToken);
                break;
            case Sabotage.Misfile:
                await site.Ledger.MisfileOneAsync(cancellationToken);
                break;
            case Sabotage.None:
            case Sabotage.Lose:
                break;
        }
    }
}
