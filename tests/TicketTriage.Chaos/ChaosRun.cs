using System.Collections.Concurrent;
using Npgsql;
using TicketTriage.Chaos.Judging;
using TicketTriage.Chaos.Reports;
using TicketTriage.Chaos.Scenarios;
using TicketTriage.Chaos.Sites;
using TicketTriage.Testing;

namespace TicketTriage.Chaos;

/// <summary>Plays scenarios, each on a site of its own, and lets the judge look at each.</summary>
/// <param name="program">The product's assembly.</param>
/// <param name="earlier">An earlier version's, for scenarios that begin with it.</param>
internal sealed class ChaosRun(string program, string? earlier, int seed, Sabotage sabotage)
{
    /// <summary>The reconciliation may bring tickets back between the end and the judge's look; what stands still stays open in each.</summary>
    private const int MostLooks = 3;

    /// <param name="scenarios">What is played.</param>
    /// <param name="deliveries">How often customers write in all of them together; each has its share.</param>
    /// <param name="lanes">How many are played side by side, each lane with a database server of its own.</param>
    public async Task<IReadOnlyList<Outcome>> PlayAsync(
        IReadOnlyList<IScenario> scenarios, int deliveries, int lanes, CancellationToken cancellationToken)
    {
        using var models = new LearntModels();
        var waiting = new ConcurrentQueue<IScenario>(scenarios);
        var perShare = deliveries / scenarios.Sum(scenario => scenario.Share);
        var played = await Task.WhenAll(
            Enumerable.Range(0, Math.Min(lanes, scenarios.Count)).Select(_ => PlayLaneAsync(waiting, perShare, models, lanes > 1, cancellationToken)));
        return [.. played.SelectMany(outcomes => outcomes)];
    }

    private async Task<List<Outcome>> PlayLaneAsync(
        ConcurrentQueue<IScenario> waiting, double perShare, LearntModels models, bool isCrowded, CancellationToken cancellationToken)
    {
        await using var cluster = await ThrowawayCluster.StartAsync();
        var outcomes = new List<Outcome>();
        while (waiting.TryDequeue(out var scenario))
        {
            await Console.Out.WriteLineAsync($"{scenario.Name}: {scenario.Story}");
            var directory = Directory.CreateTempSubdirectory($"tickettriage-{scenario.Name}-").FullName;
            models.LendTo(directory);
            var deliveries = (int)Math.Ceiling(perShare * scenario.Share);
            var plan = new SitePlan(cluster, program, directory, deliveries, seed)
            {
                Earlier = earlier,
                BeginsEarlier = scenario.BeginsEarlier,
                ClockAhead = scenario.BeginsAt - TimeProvider.System.GetUtcNow() ?? TimeSpan.Zero,
            };
            var outcome = (await PlayAsync(scenario, plan, cancellationToken)) with { IsCrowded = isCrowded };
            outcomes.Add(outcome);
            await Console.Out.WriteLineAsync(OutcomeTable.Line(outcome));
            if (outcome.IsGood)
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
        var verdict = await PlayAndJudgeAsync(scenario, site, cancellationToken);
        var book = site.Postman.Book;
        return new Outcome(
            scenario.Name, book.AcceptedFromCustomers, book.Accepted, site.Customers.Tickets.Count, verdict, site.Figures,
            TimeProvider.System.GetElapsedTime(began), plan.Directory);
    }

    private async Task<Verdict> PlayAndJudgeAsync(IScenario scenario, Site site, CancellationToken cancellationToken)
    {
        try
        {
            await scenario.PlayAsync(site, cancellationToken);
            await SpoilAsync(site, cancellationToken);
            var evidence = await site.GatherAsync(cancellationToken);
            for (var looks = 1; evidence.Totals.Open > 0 && looks < MostLooks; looks++)
            {
                await site.SettleAsync(cancellationToken);
                evidence = await site.GatherAsync(cancellationToken);
            }

            return Judge.Decide(evidence);
        }
        catch (Exception e) when (e is InvalidOperationException or NpgsqlException or HttpRequestException)
        {
            return new Verdict(0, [new Finding(Fault.Wrong, $"it could not be played to its end: {e.Message}")]);
        }
    }

    private async Task SpoilAsync(Site site, CancellationToken cancellationToken)
    {
        switch (sabotage)
        {
            case Sabotage.Lose:
                site.Postman.Swallows = true;
                await site.Customers.WriteAsync(1, TimeSpan.Zero, cancellationToken);
                await site.SettleAsync(cancellationToken);
                break;
            case Sabotage.Double:
                var journal = await site.Helpdesk.ReadJournalAsync(cancellationToken);
                await site.Helpdesk.RepeatAsync(journal.Changes.First(change => change.IsEffect), cancellationToken);
                await site.SettleAsync(cancellationToken);
                break;
            case Sabotage.Misfile:
                await site.Ledger.MisfileOneAsync(cancellationToken);
                break;
            case Sabotage.None:
                break;
        }
    }
}
