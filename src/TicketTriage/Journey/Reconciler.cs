using Microsoft.Extensions.Logging;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Insights;
using TicketTriage.Intake;

namespace TicketTriage.Journey;

/// <summary>
/// Compares what a helpdesk says has changed with what was heard of, so that a webhook that never came is found. Helpdesks deliver
/// as best they can and promise nothing. What has ended is of concern where it is still watched: an agent who solves, merges or deletes a
/// ticket and writes nothing may be told of by no webhook, and nobody shall be called to a ticket that is done.
/// </summary>
public sealed partial class Reconciler(
    HelpdeskDirectory helpdesks,
    ReconciliationLedger ledger,
    WatchLedger watch,
    HelpdeskFailures kept,
    TimeProvider clock,
    ILogger<Reconciler> logger)
{
    /// <summary>How far back the very first look goes. What is older was there before this service was, and is left alone.</summary>
    public static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(15);

    /// <summary>Pages in one go; Zendesk allows ten a minute, and the next run goes on from there.</summary>
    private const int MostPages = 8;

    /// <returns>What came of it, in one line for the history.</returns>
    /// <exception cref="AggregateException">At least one helpdesk could not be asked; the others were.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var found = 0;
        var failures = new List<Exception>();
        foreach (var name in helpdesks.Names)
        {
            try
            {
                found += await ReconcileAsync(helpdesks.GetForBackground(name), cancellationToken);
            }
            catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
            {
                NotAsked(name, e.Message);
                failures.Add(e);
                await kept.KeepAsync(name, e, cancellationToken);
            }
        }

        return failures.Count == 0
            ? $"{found} tickets found that no webhook had told of"
            : throw new AggregateException(string.Join(" ", failures.Select(e => e.Message)), failures);
    }

    private async Task<int> ReconcileAsync(IHelpdesk helpdesk, CancellationToken cancellationToken)
    {
        var began = clock.GetUtcNow();
        var place = await ledger.FindPlaceAsync(helpdesk.Name, cancellationToken) ?? new ReconciliationPlace(null, began - FirstLook);
        var found = 0;
        for (var page = 0; page < MostPages; page++)
        {
            var changed = await helpdesk.ListChangedAsync(place.Cursor, place.ReadUntil, cancellationToken);
            var tickets = changed.Tickets.DistinctBy(ticket => (ticket.Number, ticket.Stamp)).ToLookup(ticket => ticket.Status.IsEnd());
            found += await ledger.RaiseMissedAsync(helpdesk.Name, [.. tickets[false]], cancellationToken);
            found += await RaiseEndedAsync(helpdesk.Name, [.. tickets[true]], cancellationToken);
            place = new ReconciliationPlace(changed.Cursor ?? place.Cursor, began);
            await ledger.KeepPlaceAsync(helpdesk.Name, place, cancellationToken);
            if (changed.IsEnd)
            {
                break;
            }
        }

        if (found > 0)
        {
            Found(helpdesk.Name, found);
        }

        return found;
    }

    private async Task<int> RaiseEndedAsync(string helpdesk, IReadOnlyList<ChangedTicket> ended, CancellationToken cancellationToken)
    {
        if (ended.Count == 0)
        {
            return 0;
        }

        var watched = await watch.FindOpenAsync(helpdesk, [.. ended.Select(ticket => ticket.Number)], cancellationToken);
        return watched.Count == 0
            ? 0
            : await ledger.RaiseEndedAsync(helpdesk, [.. ended.Where(ticket => watched.Contains(ticket.Number))], cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "{Count} tickets of {Helpdesk} were found that no webhook had told of.")]
    private partial void Found(string helpdesk, int count);

    [LoggerMessage(LogLevel.Warning, "What has changed in {Helpdesk} could not be asked. {Message}")]
    private partial void NotAsked(string helpdesk, string message);
}
