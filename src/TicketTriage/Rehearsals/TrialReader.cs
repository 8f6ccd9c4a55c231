using Microsoft.Extensions.Logging;
using TicketTriage.Policies;
using TicketTriage.Reading;
using TicketTriage.Understanding;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Rehearsals;

/// <summary>
/// Brings the tickets of a trial together. For a taxonomy it understands each of them twice, by the one in force and by the candidate, both
/// with the classifier of this process: what a model has once said of a ticket can't be compared with what another reader says now.
/// </summary>
public sealed class TrialReader(PastDecisions past, StarterModels starters, TimeProvider clock, ILogger<LocalUnderstanding> logger)
{
    internal async Task<IReadOnlyList<PastDecision>> ListAsync(Trial trial, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (trial.Plan.Taxonomies is not var (inForce, candidate))
        {
            return await past.ListAsync(trial.Plan.Helpdesk, trial.Plan.Since, now, understand: null, cancellationToken);
        }

        trial.Understand(0);
        var before = await ListAsync(trial, inForce, starters, now, cancellationToken);
        trial.Understand(before.Count);
        // Trained for this look alone: kept on disk, drafts would push out what is in force.
        var after = await ListAsync(trial, candidate, starters: null, now, cancellationToken);
        var anew = after.ToDictionary(one => one.Ticket, one => one.Facts);
        return [.. before.Where(one => anew.ContainsKey(one.Ticket)).Select(one => one with { Group = null, Anew = anew[one.Ticket] })];
    }

    private Task<IReadOnlyList<PastDecision>> ListAsync(
        Trial trial, Taxonomy taxonomy, StarterModels? starters, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Without what was learnt from the team's tickets: that knows the intents of one taxonomy and none of the other.
        var local = new LocalUnderstanding(logger, learnt: null, starters);
        var done = 0;
        return past.ListAsync(trial.Plan.Helpdesk, trial.Plan.Since, now, UnderstandAsync, cancellationToken);

        Task<TicketUnderstanding> UnderstandAsync(CleanTicket ticket)
        {
            trial.Tell(++done);
            return local.UnderstandAsync(ticket, taxonomy, cancellationToken);
        }
    }
}
