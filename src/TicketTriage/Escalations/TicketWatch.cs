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
    /// <summary>Keeps a ticket as it was just read.</summary>
    /// <param name="comments">Empty where none were read.</param>
    public async Task ObserveAsync(
        TicketId id, HelpdeskTicket ticket, IReadOnlyList<HelpdeskComment> comments, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        var known = await ledger.FindAsync(id, cancellationToken);
        var watched = new WatchedTicket
        {
            Id = id,
            CreatedAt = ticket.CreatedAt,
            Status = ticket.Status,
            Priority = ticket.Priority,
            Segment = policies.Hours.Policy.SegmentOf([.. ticket.Tags]),
            GroupId = ticket.GroupId,
            AssigneeId = ticket.AssigneeId,
            Events = TicketEvents.Extend(known?.Events ?? [], ticket, comments),
        };
        if (known is null && watched.IsEnded)
        {
            return;
        }

        await ledger.ObserveAsync(watched, clock.GetUtcNow(), cancellationToken);
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
    /// <param name="problem">The problem that the helpdesk ties it to.</param>
    public async Task UnderstoodAsync(
        TicketId id, CleanTicket ticket, TicketUnderstanding understanding, string? problem, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        var known = await ledger.FindAsync(id, cancellationToken);
        var segment = policies.Hours.Policy.SegmentOf([.. ticket.Tags]);
        var causes = AtOnce.Find(policies.Matrix.Matrix, ticket, understanding.Signals, segment, known?.Causes ?? []);
        var bundle = problem is not null ? $"problem {problem}"
            : understanding.Signals.Contains(UrgencySignals.Outage)
                ? $"outage{(understanding.Product.Value == Finding.Unclear ? "" : $" of {understanding.Product.Value}")}"
            : null;
        await ledger.UnderstandAsync(
            id, understanding.Intent.Value, understanding.Product.Value, bundle, causes, clock.GetUtcNow(), cancellationToken);
    }
}
