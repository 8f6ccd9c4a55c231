using Microsoft.Extensions.Logging;
using TicketTriage.Policies;
using TicketTriage.Tickets;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Rehearsals;

/// <summary>
/// Brings the tickets of a trial together. For a taxonomy it understands each of them twice, by the one in force and by the candidate, both
/// with the classifier of this process: what a model has once said of a ticket can't be compared with what another reader says now.
/// </summary>
public sealed class TrialReader(
    PastDecisions past, StarterModels starters, TaxonomyInForce taxonomy, TimeProvider clock, ILogger<LocalUnderstanding> logger)
{
    /// <param name="helpdesk"><see langword="null"/> for all.</param>
    /// <param name="since">Of arrival.</param>
    /// <param name="taxonomies"><see langword="null"/> where the taxonomy stays what it is.</param>
    /// <param name="tell">Hears how many tickets have been understood anew.</param>
    /// <exception cref="InvalidOperationException">What is kept of a ticket can't be read.</exception>
    public async Task<IReadOnlyList<PastDecision>> ListAsync(
        string? helpdesk, DateTimeOffset since, TaxonomyPair? taxonomies, Action<int> tell, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (taxonomies is not var (inForce, candidate))
        {
            // An intent that was struck out since then is none that a ticket would get today.
            var known = taxonomy.Current.Content.Intents.Select(intent => intent.Name).ToHashSet(StringComparer.Ordinal);
            var asThen = await past.ListAsync(helpdesk, since, now, anew: null, cancellationToken);
            return [.. asThen.Select(one =>
                known.Contains(one.Facts.Intent) ? one : one with { Facts = one.Facts with { Intent = Finding.Unclear } })];
        }

        // Without what was learnt from the team's tickets: that knows the intents of one taxonomy and none of the other. The candidate is
        // trained for this look alone: kept on disk, drafts would push out what is in force.
        var before = new LocalUnderstanding(logger, learnt: null, starters);
        var after = new LocalUnderstanding(logger, learnt: null, starters: null);
        var done = 0;
        var twice = await past.ListAsync(
            helpdesk,
            since,
            now,
            new UnderstoodTwice(
                ticket =>
                {
                    tell(++done);
                    return before.UnderstandAsync(ticket, inForce, cancellationToken);
                },
                ticket => after.UnderstandAsync(ticket, candidate, cancellationToken)),
            cancellationToken);
        return [.. twice.Select(one => one with { Group = null })];
    }
}
