using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;
using TicketTriage.WriteBack;

namespace TicketTriage.Escalations;

/// <summary>
/// Writes an escalation into the helpdesk: tag, priority, group and, where it is to have one, a note, in one change that carries the message's
/// id. After a lost answer the helpdesk is asked whether it is there; a ticket that has moved on is read again and never overwritten. The
/// watch hears of it at once, since the service's own changes raise no event.
/// </summary>
public sealed partial class HelpdeskMark(
    HelpdeskDirectory helpdesks,
    NoticeLedger ledger,
    EscalationPolicies policies,
    EscalationNote notes,
    GroupList groups,
    TicketWatch watch,
    IOptions<WriteBackOptions> writeBack,
    TimeProvider clock,
    ILogger<HelpdeskMark> logger)
{
    /// <summary>The tag of what nobody has taken.</summary>
    public const string UnansweredTag = "escalation_unanswered";

    private const int MostConflicts = 3;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);

    /// <param name="message">All that there is to tell of one ticket.</param>
    public async Task WriteAsync(EscalationMessage message, CancellationToken cancellationToken)
    {
        var (now, id) = (clock.GetUtcNow(), message.Lines[0].Ticket);
        if (helpdesks.FindHelpdesk(id.Helpdesk) is not { } helpdesk)
        {
            await ledger.EndNoteAsync(message.Id, "dropped", "No such helpdesk is configured any more.", now, now, cancellationToken);
            return;
        }

        try
        {
            var why = await WriteAsync(helpdesk, message, cancellationToken);
            await ledger.EndNoteAsync(message.Id, why is null ? "sent" : "dropped", why, now, now, CancellationToken.None);
        }
        catch (HelpdeskAwayException e)
        {
            var tries = message.Lines.Max(line => line.Tries);
            var wait = e.RetryAfter ?? TimeSpan.FromTicks(Math.Min(FirstRetry.Ticks << Math.Min(tries - 1, 10), LongestRetry.Ticks));
            await ledger.EndNoteAsync(message.Id, "waiting", e.Message, now + wait, now, CancellationToken.None);
        }
        catch (HelpdeskRefusedException e)
        {
            Refused(id, e.Message);
            await ledger.EndNoteAsync(message.Id, "dropped", e.Message, now, now, CancellationToken.None);
        }
    }

    /// <returns><see langword="null"/> where it is written, else why there is nothing to write.</returns>
    private async Task<string?> WriteAsync(IHelpdesk helpdesk, EscalationMessage message, CancellationToken cancellationToken)
    {
        var id = message.Lines[0].Ticket;
        var number = id.Number;
        var levels = new List<MatrixLevel>();
        foreach (var line in message.Lines)
        {
            levels.Add(await LevelOfAsync(line, cancellationToken));
        }

        var told = message.Lines.Where(line => !line.IsMarkOnly).ToList();
        var note = told.Count == 0
            ? null
            : await notes.WriteAsync(message with { Lines = told }, writeBack.Value.TeamLanguage, cancellationToken);
        for (var conflicts = 0; ; conflicts++)
        {
            var ticket = await helpdesk.FindTicketAsync(number, cancellationToken);
            if (ticket is null || ticket.Status.IsEnd())
            {
                return "The ticket has ended meanwhile.";
            }

            var known = levels.TrueForAll(level => level.ToGroup is null) ? [] : await groups.OfAsync(helpdesk, cancellationToken);
            var change = Plan(ticket, message, levels, known, writeBack.Value, note);

            // Asked after reading: what arrives later makes the stamp that was read an old one.
            if (message.Lines.Any(line => line.Tries > 1) && await helpdesk.FindAppliedAsync(number, message.Id, cancellationToken) is not null)
            {
                // It stands in the ticket already.
                await watch.WrittenAsync(id, change with { Priority = ticket.Priority, GroupId = ticket.GroupId }, CancellationToken.None);
                return null;
            }

            try
            {
                if (change.PrivateNoteHtml is not null || HasEffect(change, ticket))
                {
                    var sent = await ApplyAsync(helpdesk, change, cancellationToken);
                    await watch.WrittenAsync(id, sent, CancellationToken.None);
                }

                return null;
            }
            catch (HelpdeskConflictException e)
            {
                // Somebody was faster; on what they left it is decided again.
                if (conflicts + 1 >= MostConflicts)
                {
                    throw new HelpdeskAwayException(e.Message, retryAfter: null, mayHaveArrived: false, e);
                }
            }
        }
    }

    /// <summary>Decides what may be changed: a priority only upwards, a group only where nobody has the ticket.</summary>
    /// <param name="levels">The levels of the message's lines.</param>
    /// <param name="note"><see langword="null"/> where the ticket is only marked.</param>
    internal static HelpdeskChange Plan(
        HelpdeskTicket ticket,
        EscalationMessage message,
        IReadOnlyList<MatrixLevel> levels,
        IReadOnlyList<HelpdeskGroup> groups,
        WriteBackOptions options,
        string? note)
    {
        var marks = levels.Select(level => level.Tag).Append(message.Lines.Any(line => line.IsUnanswered) ? UnansweredTag : null).OfType<string>();
        var raiseTo = levels.Max(level => level.RaiseTo);
        var group = groups.FirstOrDefault(group => levels.Any(level => string.Equals(group.Name, level.ToGroup, StringComparison.OrdinalIgnoreCase)));
        return new HelpdeskChange
        {
            Number = ticket.Number,
            TriageId = message.Id,
            Stamp = ticket.Stamp,
            Tags = [.. ticket.Tags.Union(marks.Select(mark => options.TagPrefix + ChangePlan.Slug(mark)), StringComparer.Ordinal)],
            Priority = options.SetPriority && raiseTo > ticket.Priority ? raiseTo : null,
            GroupId = options.SetGroup && ticket.AssigneeId is null && group is not null && group.Id != ticket.GroupId ? group.Id : null,
            PrivateNoteHtml = note,
        };
    }

    private static bool HasEffect(HelpdeskChange change, HelpdeskTicket ticket) =>
        change.Priority is not null || change.GroupId is not null || change.Tags?.Except(ticket.Tags, StringComparer.Ordinal).Any() == true;

    /// <summary>A helpdesk that refuses a field still gets the note.</summary>
    /// <returns>What was written.</returns>
    private static async Task<HelpdeskChange> ApplyAsync(IHelpdesk helpdesk, HelpdeskChange change, CancellationToken cancellationToken)
    {
        try
        {
            await helpdesk.ApplyAsync(change, cancellationToken);
            return change;
        }
        catch (HelpdeskRefusedException e) when (change.PrivateNoteHtml is not null && e is { IsFieldRefused: true, IsTicketClosed: false })
        {
            var noteAlone = change with { Tags = null, Priority = null, GroupId = null };
            await helpdesk.ApplyAsync(noteAlone, cancellationToken);
            return noteAlone;
        }
    }

    private async Task<MatrixLevel> LevelOfAsync(MessageLine line, CancellationToken cancellationToken)
    {
        var matrix = await policies.MatrixOfAsync(line.MatrixVersion, cancellationToken);
        var row = matrix.Rows.FirstOrDefault(row => row.Name == line.RowName) ?? matrix.Rows[^1];
        return row.Levels[Math.Min(line.Level, row.Levels.Count) - 1];
    }

    [LoggerMessage(LogLevel.Error, "Ticket {Ticket}: the helpdesk refused the note of an escalation. {Message}")]
    private partial void Refused(TicketId ticket, string message);
}
