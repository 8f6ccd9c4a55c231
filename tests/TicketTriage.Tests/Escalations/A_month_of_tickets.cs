using NodaTime;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.Testing;
using TicketTriage.Tests.ServiceLevels;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Escalations;

/// <summary>A month over the change to summer time, watched with a clock that is sped up; what was missed is told by a walk minute by minute.</summary>
[CancelAfter(300_000)]
internal sealed class A_month_of_tickets
{
    private static readonly DateTimeOffset Start = new(2026, 3, 15, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public Task What_was_missed_is_what_the_walk_finds(CancellationToken cancellationToken) => CompareAsync(50, TimeSpan.FromMinutes(90), cancellationToken);

    [Test]
    [Explicit("Ten thousand tickets take many minutes.")]
    [CancelAfter(3_600_000)]
    public Task What_was_missed_is_what_the_walk_finds_for_ten_thousand(CancellationToken cancellationToken) =>
        CompareAsync(10_000, TimeSpan.FromMinutes(15), cancellationToken);

    private static async Task CompareAsync(int count, TimeSpan step, CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new PolicyFolder();
        var levels = folder.Write("service-levels.json", ServiceLevels);
        var clock = new ManualClock(Start);
        var watch = await TheWatch.StartAsync(
            database, clock, new EscalationOptions { MatrixFile = folder.Write("escalation.json", Matrix), ServiceLevelsFile = levels }, cancellationToken);
        var ledger = new WatchLedger(database.Pool);
        var chance = new Random(11);
        var tickets = Enumerable.Range(0, count).Select(i => Life.Of($"{i}", chance)).ToList();
        var happenings = new Queue<(DateTimeOffset At, WatchedTicket Ticket)>(
            tickets.SelectMany(ticket => ticket.Readings()).OrderBy(reading => reading.At));

        for (var end = Start.AddDays(30); clock.GetUtcNow() < end; clock.Advance(step))
        {
            while (happenings.TryPeek(out var next) && next.At <= clock.GetUtcNow())
            {
                await ledger.ObserveAsync(happenings.Dequeue().Ticket, clock.GetUtcNow(), cancellationToken);
            }

            await watch.LookAsync(cancellationToken);
        }

        var walk = new MinuteWalk(DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        var expected = tickets.SelectMany(ticket => ticket.Missed(walk, clock.GetUtcNow())).Order(StringComparer.Ordinal).ToList();
        Assert.That(expected, Has.Count.InRange(count / 10, count * 2), "a month in which something happens");
        Assert.That(await BreachLogAsync(database, clock.GetUtcNow()), Is.EqualTo(expected));
    }

    private static async Task<IReadOnlyList<string>> BreachLogAsync(TriageDatabase database, DateTimeOffset now) =>
    [
        .. (await database.AskAsync<string>(
            $"""
            select string_agg(distinct number || ' ' || cause, ';') from escalations
            where outcome = 'missed' or (outcome is null and due_at <= '{now:O}')
            """) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
    ];

    /// <summary>A ticket that waits for its customer once, and is answered and solved at some time or never.</summary>
    private sealed record Life(string Number, int CreatedAt, int PendingAt, int OpenAt, int? RepliedAt, int? SolvedAt)
    {
        public static Life Of(string number, Random chance)
        {
            var created = chance.Next(20 * 1440);
            var pending = created + chance.Next(1, 600);
            var open = pending + chance.Next(1, 2_000);
            return new Life(
                number, created, pending, open,
                chance.Next(10) == 0 ? null : created + chance.Next(1, 1_500),
                chance.Next(10) == 0 ? null : open + chance.Next(1, 4_000));
        }

        public IEnumerable<(DateTimeOffset At, WatchedTicket Ticket)> Readings()
        {
            TicketEvent[] events =
            [
                new(At(CreatedAt), TicketEventKind.Created),
                new(At(CreatedAt), TicketEventKind.CustomerMessage),
                new(At(PendingAt), TicketEventKind.Changed) { Status = HelpdeskStatus.Pending },
                new(At(OpenAt), TicketEventKind.Changed) { Status = HelpdeskStatus.Open },
                .. RepliedAt is { } replied ? [new TicketEvent(At(replied), TicketEventKind.AgentReply)] : (TicketEvent[])[],
                .. SolvedAt is { } solved ? [new TicketEvent(At(solved), TicketEventKind.Changed) { Status = HelpdeskStatus.Solved }] : (TicketEvent[])[],
            ];
            var inOrder = events.OrderBy(happened => happened.At).ToList();
            foreach (var moment in inOrder.Select(happened => happened.At).Distinct())
            {
                var known = inOrder.Where(happened => happened.At <= moment).ToList();
                yield return (moment, new WatchedTicket
                {
                    Id = new TicketId("acme", Number),
                    CreatedAt = At(CreatedAt),
                    Status = known.LastOrDefault(happened => happened.Status is not null)?.Status ?? HelpdeskStatus.New,
                    Priority = TicketPriority.Normal,
                    Segment = CustomerSegment.Standard,
                    Events = known,
                });
            }
        }

        public IEnumerable<string> Missed(MinuteWalk walk, DateTimeOffset now)
        {
            var end = (int)(now - Start).TotalMinutes;
            var replied = Math.Min(RepliedAt ?? int.MaxValue, SolvedAt ?? int.MaxValue);
            if (IsMissed(walk, 480, [], replied, end))
            {
                yield return $"{Number} first_reply";
            }

            if (IsMissed(walk, 900, [new Interval(Moment(PendingAt), Moment(OpenAt))], SolvedAt ?? int.MaxValue, end))
            {
                yield return $"{Number} requester_wait";
            }
        }

        private bool IsMissed(MinuteWalk walk, int target, Interval[] pauses, int reached, int now) =>
            walk.FindDue(OfficeHours, Moment(CreatedAt), target, pauses) is { } due && due < Moment(Math.Min(reached, now + 1)) && due <= Moment(now);

        private static DateTimeOffset At(int minute) => Start.AddMinutes(minute);

        private static Instant Moment(int minute) => Instant.FromDateTimeOffset(At(minute));
    }

    private static BusinessCalendar OfficeHours { get; } = Calendars.OfficeHours("Europe/Berlin");

    private const string ServiceLevels =
        """
        {
          "calendars": { "office": { "zone": "Europe/Berlin", "week": {
            "monday": ["09:00-17:00"], "tuesday": ["09:00-17:00"], "wednesday": ["09:00-17:00"], "thursday": ["09:00-17:00"], "friday": ["09:00-17:00"] } } },
          "rules": [{ "name": "all", "calendar": "office", "firstReply": 480, "requesterWait": 900 }]
        }
        """;

    private const string Matrix =
        """
        {
          "people": { "lead": {} }, "fallback": "lead", "coolDownMinutes": 30, "mostMessages": 5,
          "rows": [{ "name": "all", "levels": [
            { "atShare": 0.75, "direction": "functional", "who": ["lead"], "acknowledgeMinutes": 60, "by": ["mail"] },
            { "atShare": 1, "direction": "hierarchical", "who": ["lead"], "acknowledgeMinutes": 600, "by": ["mail"] }] }]
        }
        """;
}
