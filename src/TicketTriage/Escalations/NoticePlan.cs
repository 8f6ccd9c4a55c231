namespace TicketTriage.Escalations;

/// <summary>Decides who is told of a level, how, and from when on. Whatever is missing, somebody is told.</summary>
public static class NoticePlan
{
    /// <summary>The recipient of what is written into the helpdesk.</summary>
    public const string Helpdesk = "helpdesk";

    /// <summary>The recipient of the signed call.</summary>
    public const string Webhook = "webhook";

    /// <summary>Before the id of an agent whose address the helpdesk knows.</summary>
    public const string AgentMark = "agent:";

    /// <summary>The hour, in UTC, at which people are told again of what nobody has taken.</summary>
    private const int DigestHour = 6;

    /// <param name="reach">How people can be reached.</param>
    /// <param name="isAtOnce">True where no clock is the cause, and it is the first that is told.</param>
    /// <param name="gaps">Gets the rosters on which nobody is on call.</param>
    public static LevelNotices OfLevel(OpenLevel level, EscalationMatrix matrix, Reach reach, bool isAtOnce, DateTimeOffset now, List<string> gaps)
    {
        var people = OnCall.PeopleOf(level.Rule, matrix, now, gaps);
        var notices = new List<PlannedNotice>();
        AddMessages(notices, people, level, matrix, reach, now);
        if (level.Rule.Who.Contains(MatrixLevel.Assignee) && level.Ticket.AssigneeId is { } assignee
            && level.Rule.By.Contains(NoticeChannel.Mail) && reach.HasMail)
        {
            notices.Add(new PlannedNotice(NoticeChannel.Mail, AgentMark + assignee, now));
        }

        if (people.Count > 0 && notices.Count == 0)
        {
            AddMessages(notices, [matrix.Fallback], level, matrix, reach, now);
        }

        if (level.Rule.By.Contains(NoticeChannel.Webhook) && reach.HasWebhook)
        {
            notices.Add(new PlannedNotice(NoticeChannel.Webhook, Webhook, now));
        }

        // The note reaches the group, and is the last resort where nobody has an address. What escalates at once stands in the triage's own
        // note, which is written in the same moment.
        if (!isAtOnce && (level.Rule.By.Contains(NoticeChannel.Note) || level.Rule.Who.Contains(MatrixLevel.Group) || notices.Count == 0))
        {
            notices.Add(new PlannedNotice(NoticeChannel.Note, Helpdesk, now));
        }

        return new LevelNotices([.. people, .. level.Rule.Who.Contains(MatrixLevel.Group) ? [MatrixLevel.Group] : (string[])[]], notices);
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

    /// <summary>What follows when nobody has taken the last level: the mark in the helpdesk at once, and all such tickets in the morning.</summary>
    public static IReadOnlyList<PlannedNotice> OfRepeat(EscalationMatrix matrix, MatrixLevel level, Reach reach, DateTimeOffset now)
    {
        var morning = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(DigestHour);
        var at = morning > now ? morning : morning.AddDays(1);
        var people = OnCall.PeopleOf(level, matrix, at, []).Append(matrix.Fallback).Distinct(StringComparer.Ordinal);
        return
        [
            new PlannedNotice(NoticeChannel.Note, Helpdesk, now),
            .. people.SelectMany(person => reach.ChannelsOf(person).Take(1).Select(channel => new PlannedNotice(channel, person, at))),
        ];
    }

    /// <summary>Another way for what could not be delivered.</summary>
    /// <returns><see langword="null"/> for what has no other way: it is tried again and again.</returns>
    public static PlannedNotice? Instead(NoticeChannel channel, string recipient, Reach reach, DateTimeOffset now) =>
        channel == NoticeChannel.Note ? null
        : reach.ChannelsOf(recipient).FirstOrDefault(other => other != channel, NoticeChannel.Note) is var other and not NoticeChannel.Note
            ? new PlannedNotice(other, recipient, now)
        : new PlannedNotice(NoticeChannel.Note, Helpdesk, now);

    private static void AddMessages(
        List<PlannedNotice> notices, IReadOnlyList<string> people, OpenLevel level, EscalationMatrix matrix, Reach reach, DateTimeOffset now)
    {
        foreach (var person in people)
        {
            var from = OnCall.MayDisturbFrom(matrix.People.GetValueOrDefault(person), level.Ticket.Priority, now);
            var channels = reach.ChannelsOf(person);
            var wanted = channels.Where(level.Rule.By.Contains).ToList();
            notices.AddRange((wanted.Count > 0 ? wanted : channels).Select(channel => new PlannedNotice(channel, person, from)));
        }
    }
}

/// <param name="NotBefore">The end of the recipient's quiet hours, or now.</param>
public sealed record PlannedNotice(NoticeChannel Channel, string Recipient, DateTimeOffset NotBefore);

/// <param name="People">Who is to take it, by their names in the matrix.</param>
public sealed record LevelNotices(IReadOnlyList<string> People, IReadOnlyList<PlannedNotice> Notices);

/// <summary>How people can be reached, as the installation is configured.</summary>
public sealed record Reach(IReadOnlyDictionary<string, IReadOnlyList<NoticeChannel>> Channels)
{
    public bool HasMail { get; init; }

    public bool HasWebhook { get; init; }

    /// <summary>Mail or chat or both; empty for somebody who has no address.</summary>
    public IReadOnlyList<NoticeChannel> ChannelsOf(string person) => Channels.GetValueOrDefault(person, []);
}
