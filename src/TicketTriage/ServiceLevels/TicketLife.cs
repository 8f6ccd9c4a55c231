using NodaTime;
using TicketTriage.Helpdesks;

namespace TicketTriage.ServiceLevels;

/// <summary>A ticket's events until now, as the clocks ask for them.</summary>
internal sealed class TicketLife
{
    private readonly IReadOnlyList<TicketEvent> messages;
    private readonly IReadOnlyList<Chapter> chapters;

    private TicketLife(Instant createdAt, IReadOnlyList<TicketEvent> messages, IReadOnlyList<Chapter> chapters)
    {
        CreatedAt = createdAt;
        this.messages = messages;
        this.chapters = chapters;
    }

    public Instant CreatedAt { get; }

    public TicketPriority Priority => chapters[^1].Priority;

    public bool IsEnded => EndedAt is not null;

    /// <summary>When nobody had to work on it any more; <see langword="null"/> while somebody has to.</summary>
    public Instant? EndedAt
    {
        get
        {
            var first = chapters.Count;
            while (first > 0 && chapters[first - 1].Status.IsEnd())
            {
                first--;
            }

            return first < chapters.Count ? chapters[first].From : null;
        }
    }

    /// <returns><see langword="null"/> where it isn't created yet.</returns>
    public static TicketLife? Of(IReadOnlyList<TicketEvent> events, DateTimeOffset now)
    {
        var past = events.Where(happened => happened.At <= now).ToList();
        if (past.Find(happened => happened.Kind == TicketEventKind.Created) is not { } created)
        {
            return null;
        }

        var createdAt = Instant.FromDateTimeOffset(created.At);
        var chapters = new List<Chapter> { new(createdAt, HelpdeskStatus.New, TicketPriority.None) };
        foreach (var change in past.Where(happened => happened.Status is not null || happened.Priority is not null))
        {
            var last = chapters[^1];
            var next = new Chapter(
                Instant.Max(Instant.FromDateTimeOffset(change.At), last.From), change.Status ?? last.Status, change.Priority ?? last.Priority);
            if (next.From == last.From)
            {
                chapters.RemoveAt(chapters.Count - 1);
            }

            chapters.Add(next);
        }

        return new TicketLife(createdAt, [.. past.Where(TicketEvents.IsMessage)], chapters);
    }

    /// <summary>
    /// From the beginning to an agent's first reply. Where an agent opened the ticket, that message is no reply to anybody; where it was
    /// opened out of the customer's sight, a note answers it.
    /// </summary>
    public (Instant From, Instant? To)? FindFirstReply()
    {
        if (messages.Count == 0)
        {
            return (CreatedAt, FirstEnd(CreatedAt));
        }

        var isPrivate = messages[0].Kind == TicketEventKind.AgentNote;
        var reply = messages.Skip(1).FirstOrDefault(message =>
            message.Kind == TicketEventKind.AgentReply || (isPrivate && message.Kind == TicketEventKind.AgentNote));
        return (CreatedAt, Earlier(reply is null ? null : Instant.FromDateTimeOffset(reply.At), FirstEnd(CreatedAt)));
    }

    /// <summary>
    /// Each wait for a next reply, in order: from the oldest message of the customer's that no agent has answered. A message is owed one once
    /// the first wait is over, be it by an answer or, unanswered, by the end of a ticket that was opened again; only the last may be open.
    /// </summary>
    public IEnumerable<(Instant From, Instant? To)> NextReplies()
    {
        Instant? asked = null;
        var firstIsOver = FindFirstReply()?.To;
        var hasAgentSpoken = false;
        foreach (var message in messages)
        {
            var at = Instant.FromDateTimeOffset(message.At);
            if (asked is { } since && FirstEnd(since) is { } end && end <= at)
            {
                yield return (since, end);
                asked = null;
            }

            if (message.Kind == TicketEventKind.AgentReply)
            {
                if (asked is { } question)
                {
                    yield return (question, at);
                }

                asked = null;
                hasAgentSpoken = true;
            }
            else if (message.Kind == TicketEventKind.CustomerMessage && (hasAgentSpoken || firstIsOver < at))
            {
                asked ??= at;
            }
        }

        if (asked is { } open)
        {
            yield return (open, FirstEnd(open));
        }
    }

    /// <summary>The wait for a next reply that runs; else the last that there was.</summary>
    public (Instant From, Instant? To)? FindNextReply() =>
        NextReplies().Select(wait => ((Instant From, Instant? To)?)wait).LastOrDefault();

    /// <summary>
    /// Each wait for an update, in order: from an agent's reply, or the reopening after one, to the next reply or the end. Only the last may
    /// be open.
    /// </summary>
    public IEnumerable<(Instant From, Instant? To)> Updates()
    {
        Instant? since = null;
        var hasAgentSpoken = false;
        foreach (var (at, isReply, ends) in UpdateMoments())
        {
            if (since is { } from && (isReply || ends))
            {
                yield return (from, at);
                since = null;
            }

            hasAgentSpoken |= isReply;
            if (hasAgentSpoken && !ends)
            {
                since ??= at;
            }
        }

        if (since is { } open)
        {
            yield return (open, null);
        }
    }

    /// <summary>The stretches of a clock that runs by status.</summary>
    public IEnumerable<ClockStretch> Stretches(
        Instant since, Func<HelpdeskStatus, bool> runs, Func<TicketPriority, BusinessCalendar> calendarAt)
    {
        for (var i = 0; i < chapters.Count; i++)
        {
            Instant? end = i + 1 < chapters.Count ? chapters[i + 1].From : null;
            var from = Instant.Max(chapters[i].From, since);
            if (runs(chapters[i].Status) && (end is null || end > from))
            {
                yield return new ClockStretch(from, end, calendarAt(chapters[i].Priority));
            }
        }
    }

    /// <summary>Agents' replies, ends and reopenings. A reply in the moment of the end comes before it.</summary>
    private IEnumerable<(Instant At, bool IsReply, bool Ends)> UpdateMoments()
    {
        var replies = messages.Where(message => message.Kind == TicketEventKind.AgentReply)
            .Select(reply => (At: Instant.FromDateTimeOffset(reply.At), IsReply: true, Ends: false));
        var turns = chapters.Skip(1).Zip(chapters, (later, before) => (later, before))
            .Where(turn => turn.later.Status.IsEnd() != turn.before.Status.IsEnd())
            .Select(turn => (At: turn.later.From, IsReply: false, Ends: turn.later.Status.IsEnd()));
        return replies.Concat(turns).OrderBy(moment => moment.At);
    }

    /// <summary>A ticket that is solved without an answer waits for none any more.</summary>
    private Instant? FirstEnd(Instant since)
    {
        foreach (var chapter in chapters)
        {
            if (chapter.From > since && chapter.Status.IsEnd())
            {
                return chapter.From;
            }
        }

        return null;
    }

    private static Instant? Earlier(Instant? one, Instant? other) =>
        one is { } first && other is { } second ? Instant.Min(first, second) : one ?? other;

    private sealed record Chapter(Instant From, HelpdeskStatus Status, TicketPriority Priority);
}
