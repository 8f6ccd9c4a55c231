using System.Globalization;
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

    [TestCase(false)]
    [TestCase(true)]
    public Task What_was_missed_is_what_the_walk_finds(bool byHelpdesk) =>
        CompareAsync(50, TimeSpan.FromMinutes(90), byHelpdesk, TestContext.CurrentContext.CancellationToken);

    [TestCase(false)]
    [TestCase(true)]
    [Explicit("Ten thousand tickets take many minutes.")]
    [CancelAfter(3_600_000)]
    public Task What_was_missed_is_what_the_walk_finds_for_ten_thousand(bool byHelpdesk) =>
        CompareAsync(10_000, TimeSpan.FromMinutes(15), byHelpdesk, TestContext.CurrentContext.CancellationToken);

    /// <param name="byHelpdesk">The helpdesk tells when what is due, and the policy here promises nothing.</param>
    private static async Task CompareAsync(int count, TimeSpan step, bool byHelpdesk, CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new PolicyFolder();
        var promises = byHelpdesk ? ", \"resolution\": 5000000" : ", \"firstReply\": 480, \"nextReply\": 480, \"periodicUpdate\": 700, \"requesterWait\": 900";
        var levels = folder.Write("service-levels.json", ServiceLevels.Replace(", \"promises\": 0", promises, StringComparison.Ordinal));
        var clock = new ManualClock(Start);
        var watch = await TheWatch.StartAsync(
            database, clock, new EscalationOptions { MatrixFile = folder.Write("escalation.json", Matrix), ServiceLevelsFile = levels }, cancellationToken);
        var ledger = new WatchLedger(database.Pool);
        var walk = new MinuteWalk(DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        var chance = new Random(11);
        var tickets = Enumerable.Range(0, count).Select(i => Life.Of($"{i}", chance)).ToList();
        var happenings = new Queue<(DateTimeOffset At, WatchedTicket Ticket)>(
            tickets.SelectMany(ticket => ticket.Readings()).OrderBy(reading => reading.At));

        for (var end = Start.AddDays(30); clock.GetUtcNow() < end; clock.Advance(step))
        {
            while (happenings.TryPeek(out var next) && next.At <= clock.GetUtcNow())
            {
                var ticket = happenings.Dequeue().Ticket;
                await ledger.ObserveAsync(ticket, clock.GetUtcNow(), cancellationToken);
                if (byHelpdesk)
                {
                    var told = tickets[int.Parse(ticket.Id.Number, CultureInfo.InvariantCulture)].Told(walk, next.At);
                    await ledger.KeepToldAsync(ticket.Id, told, null, clock.GetUtcNow(), cancellationToken);
                }
            }

            await watch.LookAsync(cancellationToken);
        }

        var expected = tickets.SelectMany(ticket => ticket.Missed(walk, clock.GetUtcNow())).Order(StringComparer.Ordinal).ToList();
        Assert.That(expected, Has.Count.InRange(count / 10, count * 4), "a month in which something happens");
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

    /// <summary>
    /// A ticket that waits for its customer once, is answered and solved at some time or never, and asked of once more and answered again.
    /// </summary>
    private sealed record Life(
        string Number, int CreatedAt, int PendingAt, int OpenAt, int? RepliedAt, int? AskedAt, int? AnsweredAt, int? SolvedAt)
    {
        public static Life Of(string number, Random chance)
        {
            var created = chance.Next(20 * 1440);
            var pending = created + chance.Next(1, 600);
            var open = pending + chance.Next(1, 2_000);
            int? solved = chance.Next(10) == 0 ? null : open + chance.Next(1, 4_000);
            int? replied = chance.Next(10) == 0 ? null : created + chance.Next(1, 1_500);
            int? asked = replied + chance.Next(1, 1_500) is { } question && !(question >= solved) ? question : null;
            int? answered = chance.Next(10) > 0 && asked + chance.Next(1, 1_500) is { } answer && !(answer >= solved) ? answer : null;
            return new Life(number, created, pending, open, replied, asked, answered, solved);
        }

        public IEnumerable<(DateTimeOffset At, WatchedTicket Ticket)> Readings()
        {
            TicketEvent[] events =
            [
                new(At(CreatedAt), TicketEventKind.Created),
                new(At(CreatedAt), TicketEventKind.CustomerMessage),
                new(At(PendingAt), TicketEventKind.Changed) { Status = HelpdeskStatus.Pending },
                new(At(OpenAt), TicketEventKind.Changed) { Status = HelpdeskStatus.Open },
                .. AskedAt is { } asked ? [new TicketEvent(At(asked), TicketEventKind.CustomerMessage)] : (TicketEvent[])[],
                .. AnsweredAt is { } answered ? [new TicketEvent(At(answered), TicketEventKind.AgentReply)] : (TicketEvent[])[],
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
            if (IsMissed(walk, CreatedAt, 480, replied, end))
            {
                yield return $"{Number} first_reply";
            }

            Interval[] pause = [new Interval(Moment(PendingAt), Moment(OpenAt))];
            if (IsMissed(walk.FindDue(OfficeHours, Moment(CreatedAt), 900, pause), SolvedAt ?? int.MaxValue, end))
            {
                yield return $"{Number} requester_wait";
            }

            if (AskedAt is { } asked && IsMissed(walk, asked, 480, Math.Min(AnsweredAt ?? int.MaxValue, SolvedAt ?? int.MaxValue), end))
            {
                yield return $"{Number} next_reply";
            }

            if (Updates().Any(update => IsMissed(walk, update.From, 700, update.To, end)))
            {
                yield return $"{Number} periodic_update";
            }
        }

        /// <summary>The helpdesk's clocks, as it tells of them once it has seen what happened until then.</summary>
        public List<ServiceLevelClock> Told(MinuteWalk walk, DateTimeOffset at)
        {
            var now = (int)(at - Start).TotalMinutes;
            var clocks = new List<ServiceLevelClock>
            {
                Clock(ServiceLevelMetric.FirstReplyTime, Due(walk, CreatedAt, 480), Math.Min(RepliedAt ?? int.MaxValue, SolvedAt ?? int.MaxValue), now),
            };
            var unpaused = Due(walk, CreatedAt, 900);
            Interval[] pause = now < PendingAt ? [] : [new Interval(Moment(PendingAt), Moment(OpenAt))];
            var wait = Clock(
                ServiceLevelMetric.RequesterWaitTime, walk.FindDue(OfficeHours, Moment(CreatedAt), 900, pause), SolvedAt ?? int.MaxValue, now);
            var rests = now >= PendingAt && now < OpenAt && !(unpaused < Moment(PendingAt));
            clocks.Add(rests ? wait with { Stage = ServiceLevelStage.Paused, BreachAt = null } : wait);
            if (AskedAt <= now)
            {
                clocks.Add(Clock(
                    ServiceLevelMetric.NextReplyTime, Due(walk, AskedAt.Value, 480), Math.Min(AnsweredAt ?? int.MaxValue, SolvedAt ?? int.MaxValue), now));
            }

            if (Updates().LastOrDefault(update => update.From <= now) is { From: > 0 } last)
            {
                clocks.Add(Clock(ServiceLevelMetric.PeriodicUpdateTime, Due(walk, last.From, 700), last.To, now));
            }

            return clocks;
        }

        private IEnumerable<(int From, int To)> Updates()
        {
            var end = SolvedAt ?? int.MaxValue;
            if (RepliedAt < end)
            {
                yield return (RepliedAt.Value, Math.Min(AnsweredAt ?? int.MaxValue, end));
            }

            if (AnsweredAt < end)
            {
                yield return (AnsweredAt.Value, end);
            }
        }

        private static ServiceLevelClock Clock(ServiceLevelMetric metric, Instant? due, int reached, int now)
        {
            var stage = reached <= now ? ServiceLevelStage.Achieved
                : due <= Moment(now) ? ServiceLevelStage.Breached
                : ServiceLevelStage.Active;
            return new ServiceLevelClock(metric, stage, due?.ToDateTimeOffset(), ServiceLevelSource.WithTicket);
        }

        private static Instant? Due(MinuteWalk walk, int from, int target) => walk.FindDue(OfficeHours, Moment(from), target, []);

        private static bool IsMissed(MinuteWalk walk, int from, int target, int reached, int now) =>
            IsMissed(Due(walk, from, target), reached, now);

        private static bool IsMissed(Instant? dueAt, int reached, int now) =>
            dueAt is { } due && due < Moment(Math.Min(reached, now + 1)) && due <= Moment(now);

        private static DateTimeOffset At(int minute) => Start.AddMinutes(minute);

        private static Instant Moment(int minute) => Instant.FromDateTimeOffset(At(minute));
    }

    private static BusinessCalendar OfficeHours { get; } = Calendars.OfficeHours("Europe/Berlin");

    private const string ServiceLevels =
        """
        {
          "calendars": { "office": { "zone": "Europe/Berlin", "week": {
            "monday": ["09:00-17:00"], "tuesday": ["09:00-17:00"], "wednesday": ["09:00-17:00"], "thursday": ["09:00-17:00"], "friday": ["09:00-17:00"] } } },
          "rules": [{ "name": "all", "calendar": "office", "promises": 0 }]
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
