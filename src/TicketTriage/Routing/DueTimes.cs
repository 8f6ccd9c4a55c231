using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Prioritisation;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;
using TicketTriage.Understanding;

namespace TicketTriage.Routing;

/// <summary>
/// Finds out when a ticket is due: by the helpdesk's own clocks where it states them, by the service levels where they promise something,
/// else by <see cref="RoutingOptions.TargetMinutes"/>.
/// </summary>
public sealed partial class DueTimes(
    ServiceLevelsInForce serviceLevels,
    HelpdeskDirectory helpdesks,
    IOptions<RoutingOptions> options,
    TimeProvider clock,
    ILogger<DueTimes> logger)
{
    /// <param name="events">The ticket's, until now.</param>
    /// <param name="priority">As it is decided now, which the helpdesk may not have yet.</param>
    public async Task<TicketDue> FindAsync(
        TicketId id,
        HelpdeskTicket ticket,
        IReadOnlyList<TicketEvent> events,
        TicketUnderstanding understanding,
        PriorityChoice priority,
        CancellationToken cancellationToken)
    {
        var (hours, now) = (serviceLevels.Hours, clock.GetUtcNow());
        var kind = new TicketKind(priority.Value, hours.Policy.SegmentOf(ticket.Tags), understanding.Intent.Known);
        var rule = hours.Policy.FindRule(kind);

        // With another priority the helpdesk's clocks are about to be others too.
        var told = ticket.Priority == priority.Value ? await AskAsync(id, cancellationToken) : null;
        var decided = new TicketEvent(now, TicketEventKind.Changed) { Priority = priority.Value };
        TicketEvent[] until = [.. events, decided];
        var computed = TicketClocks.Compute(until, hours, kind.Segment, kind.Intent, now);
        var clocks = TicketClocks.Merge(told, computed, until, hours, kind.Segment, kind.Intent, now);
        return TicketDue.Of(clocks, rule is null ? null : (rule.Calendar, hours.CalendarOf(rule)), rule?.Name)
            ?? TicketDue.ByTarget(ticket.CreatedAt, options.Value.TargetOf(priority.Value));
    }

    private async Task<IReadOnlyList<ServiceLevelClock>?> AskAsync(TicketId id, CancellationToken cancellationToken)
    {
        if (helpdesks.Find(id.Helpdesk) is not { } connected)
        {
            return null;
        }

        try
        {
            var abilities = await connected.Helpdesk.FindAbilitiesAsync(cancellationToken);
            return abilities.ServiceLevels == ServiceLevelSource.None
                ? null
                : await connected.ServiceLevels.FindClocksAsync(id.Number, cancellationToken);
        }
        catch (Exception e) when (e is HelpdeskAwayException or HelpdeskRefusedException)
        {
            // A ticket is not kept waiting for a clock that can be computed here.
            NotTold(id, e.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Ticket {Ticket}: the helpdesk's clocks can't be asked for now; those computed here serve. {Message}")]
    private partial void NotTold(TicketId ticket, string message);
}
