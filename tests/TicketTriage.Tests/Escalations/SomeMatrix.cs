using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Escalations;

/// <summary>A small matrix of three levels, a policy by which everybody is answered within 100 minutes, and tickets for them.</summary>
internal static class SomeMatrix
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static EscalationMatrix Matrix { get; } = new()
    {
        People = new Dictionary<string, Responder> { ["anna"] = new(), ["ben"] = new(), ["cleo"] = new() },
        Fallback = "cleo",
        Rows =
        [
            new MatrixRow
            {
                Name = "all",
                Levels = [Level(0.5, "anna", 20), Level(0.75, "ben", 20), Level(1, "cleo", 60)],
            },
        ],
        AtOnce =
        [
            new AtOnceRule { Cause = "wants_person", Signal = "wants_person", Level = 1, Because = "the customer asks for a person" },
            new AtOnceRule { Cause = "payment_stop", Words = ["stop payment"], Level = 2, Because = "the customer stops payment" },
        ],
        CoolDownMinutes = 30,
        MostMessages = 5,
    };

    public static MatrixInForce InForce { get; } = new(Matrix, "1");

    public static ServiceLevelHours Hours { get; } = new(
        new ServiceLevelPolicy
        {
            Calendars = new Dictionary<string, CalendarText>
            {
                ["always"] = new()
                {
                    Zone = "Etc/UTC",
                    Week = ((string[])["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
                        .ToDictionary(day => day, _ => (IReadOnlyList<string>)["00:00-24:00"]),
                },
            },
            Rules = [new TargetRule { Name = "all", Calendar = "always", FirstReply = 100 }],
        },
        "1");

    public static WatchedTicket Ticket(string number = "1") => new()
    {
        Id = new TicketId("acme", number),
        CreatedAt = Start,
        FirstSeenAt = Start,
        Status = HelpdeskStatus.New,
        Priority = TicketPriority.Normal,
        Segment = CustomerSegment.Standard,
        GroupId = "7",
        Events = [new TicketEvent(Start, TicketEventKind.Created), new TicketEvent(Start, TicketEventKind.CustomerMessage)],
    };

    public static OpenLevel Open(WatchedTicket ticket, int level = 1, string cause = "first_reply", string cycle = "first_reply@1") => new(
        ticket, cause, cycle, Matrix.Rows[0], level, Start.AddMinutes(100), Start.AddMinutes(20), "1", ["It is late."]);

    public static LevelNotices Notices(params PlannedNotice[] notices) => new(["anna"], notices);

    public static PlannedNotice Mail(string person = "anna", int minute = 0) => new(NoticeChannel.Mail, person, Start.AddMinutes(minute));

    public static MatrixLevel Level(double share, string who, int minutes) => new()
    {
        AtShare = share,
        Direction = LevelDirection.Hierarchical,
        Who = [who],
        AcknowledgeMinutes = minutes,
        By = [NoticeChannel.Note, NoticeChannel.Mail],
    };
}
