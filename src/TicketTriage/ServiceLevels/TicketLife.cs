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

    public bool IsEnded => Ends(chapters[^1].Status);

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

    public static bool Ends(HelpdeskStatus status) =>
        status is HelpdeskStatus.Solved or HelpdeskStatus.Closed or HelpdeskStatus.Deleted or HelpdeskStatus.Spam;

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

    /// <summary>From the oldest message of the customer's that no agent has answered; else the last such wait that there was.</summary>
    public (Instant From, Instant? To)? FindNextReply()
    {
        Instant? asked = null;
        (Instant From, Instant? To)? last = null;
        var hasAgentSpoken = false;
        foreach (var message in messages)
        {
            var at = Instant.FromDateTimeOffset(message.At);
            if (asked is { } since && FirstEnd(since) is { } end && end <= at)
            {
                (last, asked) = ((since, end), null);
            }

            if (message.Kind == TicketEventKind.AgentReply)
            {
                last = asked is { } question ? (question, at) : last;
                asked = null;
                hasAgentSpoken = true;
            }
            else if (message.Kind == TicketEventKind.CustomerMessage && hasAgentSpoken)
            {
                asked ??= at;
            }
        }

        return asked is { } open ? (open, FirstEnd(open)) : last;
    }

    /// <summary>An agent's last reply, or the reopening after it.</summary>
    public Instant? FindLastUpdate()
    {
        if (messages.LastOrDefault(message => message.Kind == TicketEventKind.AgentReply) is not { } reply)
        {
            return null;
        }

        var at = Instant.FromDateTimeOffset(reply.At);
        for (var i = chapters.Count - 1; i > 0 && chapters[i].From > at; i--)
        {
            if (Ends(chapters[i - 1].Status) && !Ends(chapters[i].Status))
            {
                return chapters[i].From;
            }
        }

        return at;
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

    /// <summary>A ticket that is solved without an answer waits for none any more.</summary>
    private Instant? FirstEnd(Instant since)
    {
        foreach (var chapter in chapters)
        {
            if (chapter.From > since && Ends(chapter.Status))
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
