using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Reading;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Escalations;

/// <summary>Where the journey leaves word of a ticket: as it was read, and as it was understood. Each has it looked at.</summary>
public sealed class TicketWatch(WatchLedger ledger, EscalationPolicies policies, IOptions<EscalationOptions> options, TimeProvider clock)
{
    /// <summary>Understanding follows reading in a moment: one look then sees both.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Freshdesk shows the times that were due before for some seconds after a change.</summary>
    private static readonly TimeSpan ClocksSettle = TimeSpan.FromSeconds(15);

    /// <summary>Keeps a ticket as it was just read.</summary>
    /// <param name="comments">Empty where none were read.</param>
    /// <returns>What is kept of it; <see langword="null"/> where it is not watched.</returns>
    public async Task<WatchedTicket?> ObserveAsync(
        TicketId id, HelpdeskTicket ticket, IReadOnlyList<HelpdeskComment> comments, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return null;
        }

        var known = await ledger.FindAsync(id, cancellationToken);
        var events = TicketEvents.Extend(known?.Events ?? [], ticket, comments);
        var watched = new WatchedTicket
        {
            Id = id,
            CreatedAt = ticket.CreatedAt,
            Status = ticket.Status,
            Priority = ticket.Priority,
            Segment = policies.Hours.Policy.SegmentOf([.. ticket.Tags]),
            GroupId = ticket.GroupId,
            AssigneeId = ticket.AssigneeId,
            Events = events,
            Causes = known?.Causes ?? [],
            Told = known is not null && StillHolds(known, events) ? known.Told : null,
        };
        if (known is null && watched.IsEnded)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        await ledger.ObserveAsync(watched, now, now + Pause, cancellationToken);
        return watched;
    }

    /// <summary>Whether a ticket is watched as one that somebody has to work on.</summary>
    public async Task<bool> IsOpenAsync(TicketId id, CancellationToken cancellationToken) =>
        options.Value.Enabled && await ledger.FindAsync(id, cancellationToken) is { IsEnded: false };

    /// <summary>
    /// Keeps what this service has just changed itself, of which it hears in no other way: its own events raise nothing. Whom it gave the
    /// ticket to has taken no escalation by that.
    /// </summary>
    /// <remarks>A ticket that isn't watched stays so.</remarks>
    public Task WrittenAsync(TicketId id, HelpdeskChange sent, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return ledger.KeepWrittenAsync(id, sent, now, askAt: now + ClocksSettle, lookAt: now + Pause, cancellationToken);
    }

    /// <summary>The helpdesk no longer has the ticket: whatever runs is over.</summary>
    public async Task ForgetAsync(TicketId id, CancellationToken cancellationToken)
    {
        if (options.Value.Enabled && await ledger.FindAsync(id, cancellationToken) is { IsEnded: false } known)
        {
            var now = clock.GetUtcNow();
            var gone = new TicketEvent(now, TicketEventKind.Changed) { Status = HelpdeskStatus.Deleted };
            await ledger.ObserveAsync(known with { Status = HelpdeskStatus.Deleted, Events = [.. known.Events, gone] }, now, cancellationToken);
        }
    }

    /// <summary>Keeps what a ticket is about, and what of it escalates at once.</summary>
    /// <param name="watched">As it was read.</param>
    /// <param name="problem">The problem that the helpdesk ties it to.</param>
    public async Task UnderstoodAsync(
        WatchedTicket watched, CleanTicket ticket, TicketUnderstanding understanding, string? problem, CancellationToken cancellationToken)
    {
        var causes = AtOnce.Find(policies.Matrix.Matrix, ticket, understanding.Signals, watched.Segment, watched.Causes);
        var bundle = problem is not null ? $"problem {problem}"
            : understanding.Signals.Contains(UrgencySignals.Outage)
                ? $"outage{(understanding.Product.Value == Finding.Unclear ? "" : $" of {understanding.Product.Value}")}"
            : null;
        await ledger.UnderstandAsync(
            watched.Id, understanding.Intent.Value, understanding.Product.Value, bundle, causes,
            lookAt: causes.Count > 0 ? clock.GetUtcNow() : null, cancellationToken);
    }

    /// <summary>What the helpdesk said of its clocks holds while only the customer has spoken since; anything else may stop one.</summary>
    private static bool StillHolds(WatchedTicket known, IReadOnlyList<TicketEvent> events) =>
        known.AskAt is null && events.Except(known.Events).All(happened => happened.Kind == TicketEventKind.CustomerMessage);
}
