namespace TicketTriage.Escalations;

/// <summary>Decides who is told of a level, how, and from when on. Whatever is missing, somebody is told.</summary>
public static class NoticePlan
{
    /// <summary>The recipient of what is written into the helpdesk.</summary>
    public const string Helpdesk = "helpdesk";

    /// <summary>Stands for the ticket itself, which gets the level's tag, priority and group without a note.</summary>
    public const string Mark = "mark";

    /// <summary>The recipient of the signed call.</summary>
    public const string Webhook = "webhook";

    /// <summary>Before an agent whose address the helpdesk knows; two helpdesks may have the same id for two people.</summary>
    private const string AgentMark = "agent:";

    /// <summary>The triage writes its own change in the moment in which something escalates at once; two writers would hinder each other.</summary>
    private static readonly TimeSpan MarkAfter = TimeSpan.FromSeconds(5);

    /// <summary>The hour, by a person's own clock, at which they are told again of what nobody has taken.</summary>
    private const int DigestHour = 6;

    /// <summary>The recipient that stands for an agent of a helpdesk: <c>agent:acme/42</c>.</summary>
    public static string AgentOf(string helpdesk, string id) => $"{AgentMark}{helpdesk}/{id}";

    /// <returns><see langword="null"/> for a recipient who is a person of the matrix, or none.</returns>
    public static (string Helpdesk, string Id)? FindAgent(string recipient) =>
        recipient.StartsWith(AgentMark, StringComparison.Ordinal) && recipient.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? (recipient[AgentMark.Length..slash], recipient[(slash + 1)..])
            : null;

    /// <param name="reach">How people can be reached.</param>
    /// <param name="isAtOnce">True where no clock is the cause, and it is the first that is told.</param>
    /// <param name="gaps">Gets the rosters on which nobody is on call.</param>
    public static LevelNotices OfLevel(OpenLevel level, EscalationMatrix matrix, Reach reach, bool isAtOnce, DateTimeOffset now, List<string> gaps)
    {
        var people = OnCall.PeopleOf(level.Rule, matrix, now, gaps).ToList();
        var notices = new List<PlannedNotice>();
        AddMessages(notices, people, level.Rule, level.Ticket, matrix, reach, now);
        var isGroupAsked = level.Rule.Who.Contains(MatrixLevel.Group);
        List<string> own = isGroupAsked ? [MatrixLevel.Group] : [];
        if (level.Rule.Who.Contains(MatrixLevel.Assignee) && level.Ticket.AssigneeId is { } assignee
            && level.Rule.By.Contains(NoticeChannel.Mail) && reach.HasMail)
        {
            var from = OnCall.MayDisturbFrom(new Responder(matrix.AgentQuietHours), level.Ticket.Priority, now);
            notices.Add(new PlannedNotice(NoticeChannel.Mail, AgentOf(level.Ticket.Id.Helpdesk, assignee), from));
            own.Add(MatrixLevel.Assignee);
        }

        // The note of an escalation reaches the group; without one nobody is told until somebody else stands in.
        if (notices.Count == 0 && (people.Count > 0 || isAtOnce || !isGroupAsked))
        {
            people.AddRange(AddStandIns(notices, isNamed: people.Count > 0, level, matrix, reach, now).Except(people, StringComparer.Ordinal));
        }

        if (level.Rule.By.Contains(NoticeChannel.Webhook) && reach.HasWebhook)
        {
            notices.Add(new PlannedNotice(NoticeChannel.Webhook, Webhook, now));
        }

        // The note is the last resort where nobody has an address. What escalates at once stands in the triage's own note, which is written in
        // the same moment; what the level does to the ticket stands in none.
        if (!isAtOnce && (notices.Count == 0 || isGroupAsked || level.Rule.By.Contains(NoticeChannel.Note)))
        {
            notices.Add(new PlannedNotice(NoticeChannel.Note, Helpdesk, now));
        }
        else if (level.Rule is not { Tag: null, RaiseTo: null, ToGroup: null })
        {
            notices.Add(new PlannedNotice(NoticeChannel.Note, Mark, isAtOnce ? now + MarkAfter : now));
        }

        return new LevelNotices([.. people, .. own], notices);
    }

    /// <summary>
    /// When the level has to be taken, counted from when the first of its people hears of it: quiet hours are nobody's failure to take it. The
    /// group hears of it at once, by the note. Its share of the target raises it to the next level all the same.
    /// </summary>
    public static DateTimeOffset AcknowledgeBy(OpenLevel level, LevelNotices notices, DateTimeOffset now)
    {
        var toldAt = notices.Notices.Where(notice => notice.Channel is NoticeChannel.Mail or NoticeChannel.Chat)
            .Select(notice => notice.NotBefore).DefaultIfEmpty(now).Min();
        return toldAt <= now || level.Rule.Who.Contains(MatrixLevel.Group)
            ? level.AcknowledgeBy
            : toldAt + TimeSpan.FromMinutes(level.Rule.AcknowledgeMinutes);
    }

    /// <summary>
    /// What follows when nobody has taken the last level: the mark in the helpdesk and the signed call at once, and all such tickets in each
    /// person's morning, after their quiet hours: a list of what waits wakes nobody.
    /// </summary>
    public static IReadOnlyList<PlannedNotice> OfRepeat(EscalationMatrix matrix, MatrixLevel level, Reach reach, DateTimeOffset now)
    {
        // Who is on call then, and not now in the night.
        var morning = OnCall.MorningOf(matrix.Fallback, matrix, DigestHour, now);
        var people = OnCall.PeopleOf(level, matrix, morning, []).Append(matrix.Fallback).Distinct(StringComparer.Ordinal);
        return
        [
            new PlannedNotice(NoticeChannel.Note, Helpdesk, now),
            .. level.By.Contains(NoticeChannel.Webhook) && reach.HasWebhook ? [new(NoticeChannel.Webhook, Webhook, now)] : (PlannedNotice[])[],
            .. people.SelectMany(person => reach.ChannelsOf(person).Take(1).Select(channel =>
                new PlannedNotice(channel, person, OnCall.MorningOf(person, matrix, DigestHour, now)))),
        ];
    }

    /// <summary>Another way for what could not be delivered.</summary>
    /// <returns><see langword="null"/> for what has no other way: it is tried again and again.</returns>
    public static PlannedNotice? Instead(NoticeChannel channel, string recipient, Reach reach, DateTimeOffset now) =>
        channel == NoticeChannel.Note ? null
        : reach.ChannelsOf(recipient).FirstOrDefault(other => other != channel, NoticeChannel.Note) is var other and not NoticeChannel.Note
            ? new PlannedNotice(other, recipient, now)
        : new PlannedNotice(NoticeChannel.Note, Helpdesk, now);

    /// <summary>Who is told in place of a level that reaches nobody: the next level that reaches somebody, else the fallback.</summary>
    /// <param name="isNamed">True where the level names people, who have no address: for these the fallback stands in.</param>
    private static IReadOnlyList<string> AddStandIns(
        List<PlannedNotice> notices, bool isNamed, OpenLevel level, EscalationMatrix matrix, Reach reach, DateTimeOffset now)
    {
        foreach (var higher in isNamed ? [] : level.Row.Levels.Skip(level.Level))
        {
            var people = OnCall.PeopleOf(higher, matrix, now, []);
            AddMessages(notices, people, higher, level.Ticket, matrix, reach, now);
            if (notices.Count > 0)
            {
                return people;
            }
        }

        AddMessages(notices, [matrix.Fallback], level.Rule, level.Ticket, matrix, reach, now);
        return notices.Count > 0 ? [matrix.Fallback] : [];
    }

    private static void AddMessages(
        List<PlannedNotice> notices, IReadOnlyList<string> people, MatrixLevel level, WatchedTicket ticket, EscalationMatrix matrix, Reach reach,
        DateTimeOffset now)
    {
        foreach (var person in people)
        {
            var from = OnCall.MayDisturbFrom(matrix.People.GetValueOrDefault(person), ticket.Priority, now);
            var channels = reach.ChannelsOf(person);
            var wanted = channels.Where(level.By.Contains).ToList();
            notices.AddRange((wanted.Count > 0 ? wanted : channels).Select(channel => new PlannedNotice(channel, person, from)));
        }
    }
}

/// <param name="NotBefore">The end of the recipient's quiet hours, or now.</param>
public sealed record PlannedNotice(NoticeChannel Channel, string Recipient, DateTimeOffset NotBefore);

/// <param name="People">Who is to take it, by their names in the matrix; the ticket's own assignee and group by these words.</param>
public sealed record LevelNotices(IReadOnlyList<string> People, IReadOnlyList<PlannedNotice> Notices);

/// <summary>How people can be reached, as the installation is configured.</summary>
public sealed record Reach(IReadOnlyDictionary<string, IReadOnlyList<NoticeChannel>> Channels)
{
    public bool HasMail { get; init; }

    public bool HasWebhook { get; init; }

    /// <summary>Mail or chat or both; empty for somebody who has no address.</summary>
    public IReadOnlyList<NoticeChannel> ChannelsOf(string person) => Channels.GetValueOrDefault(person, []);
}
