using TicketTriage.Helpdesks;

namespace TicketTriage.ServiceLevels;

/// <summary>
/// Makes a ticket's list of events from what its helpdesk shows. Messages carry their own time; helpdesks show a ticket's status and
/// priority only as they are now, so a change of these counts from the moment at which the helpdesk last changed the ticket.
/// </summary>
public static class TicketEvents
{
    /// <param name="known">What was known before; empty for a ticket that is new here.</param>
    /// <param name="comments">Oldest first. Where none were read, those that are known stay.</param>
    /// <returns>All events in the order of their time.</returns>
    public static IReadOnlyList<TicketEvent> Extend(
        IReadOnlyList<TicketEvent> known, HelpdeskTicket ticket, IReadOnlyList<HelpdeskComment> comments)
    {
        var messages = comments.Count > 0
            ? comments.Select(comment => new TicketEvent(comment.CreatedAt, KindOf(comment)))
            : known.Where(IsMessage);
        var changes = known.Where(happened => happened.Kind == TicketEventKind.Changed).ToList();
        var status = changes.LastOrDefault(change => change.Status is not null)?.Status ?? HelpdeskStatus.New;
        var priority = changes.LastOrDefault(change => change.Priority is not null)?.Priority;
        if (priority is null)
        {
            // Nobody saw the ticket without it, so it counts from the beginning.
            changes.Insert(0, new TicketEvent(ticket.CreatedAt, TicketEventKind.Changed) { Priority = ticket.Priority });
        }

        if (status != ticket.Status || (priority is { } before && before != ticket.Priority))
        {
            changes.Add(new TicketEvent(ticket.UpdatedAt < ticket.CreatedAt ? ticket.CreatedAt : ticket.UpdatedAt, TicketEventKind.Changed)
            {
                Status = status == ticket.Status ? null : ticket.Status,
                Priority = priority == ticket.Priority ? null : ticket.Priority,
            });
        }

        return
        [
            new TicketEvent(ticket.CreatedAt, TicketEventKind.Created),
            .. messages.Concat(changes).OrderBy(happened => happened.At),
        ];
    }

    public static bool IsMessage(TicketEvent happened) =>
        happened.Kind is TicketEventKind.CustomerMessage or TicketEventKind.AgentReply or TicketEventKind.AgentNote;

    private static TicketEventKind KindOf(HelpdeskComment comment) =>
        comment.IsFromCustomer ? TicketEventKind.CustomerMessage
        : comment.IsPublic ? TicketEventKind.AgentReply
        : TicketEventKind.AgentNote;
}
