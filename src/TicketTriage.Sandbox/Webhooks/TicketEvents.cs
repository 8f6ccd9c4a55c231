using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Webhooks;

/// <summary>Which of the vendor's event types an edit raises.</summary>
internal static class TicketEvents
{
    private const string Prefix = "zen:event-type:ticket.";

    /// <summary>A ticket that arrives raises its creation alone: the first message isn't an added comment.</summary>
    public static IReadOnlyList<TicketEvent> From(DeskEvent cause)
    {
        if (cause.Happening == DeskHappening.Created)
        {
            return [new(Prefix + "created", cause, null, 1)];
        }

        var events = new List<TicketEvent>();
        if (WordOf(cause.Happening) is { } word)
        {
            events.Add(new(Prefix + word, cause, null, 1));
        }

        if (cause.Audit.Comment is not null)
        {
            events.Add(new(Prefix + "comment_added", cause, null, events.Count + 1));
        }

        foreach (var change in cause.Audit.Changes)
        {
            events.Add(new(Prefix + WordOf(change.Field), cause, change, events.Count + 1));
        }

        return events;
    }

    private static string? WordOf(DeskHappening happening) => happening switch
    {
        DeskHappening.Created => "created",
        DeskHappening.Deleted => "soft_deleted",
        DeskHappening.MarkedAsSpam => "marked_as_spam",
        DeskHappening.Merged => "merged",
        DeskHappening.Edited or DeskHappening.Noted or DeskHappening.Summarised => null,
    };

    private static string WordOf(string field) => field switch
    {
        "group_id" => "group_assignment_changed",
        "assignee_id" => "agent_assignment_changed",
        _ => $"{field}_changed",
    };
}

/// <summary>One event as a webhook reports it, before it is written out.</summary>
/// <param name="Change">The changed field of a change event.</param>
/// <param name="Position">Its place among the events of one edit, from 1.</param>
internal sealed record TicketEvent(string Type, DeskEvent Cause, FieldChange? Change, int Position);
