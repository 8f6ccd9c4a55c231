using NodaTime;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Tests.ServiceLevels;

public sealed class Clocks_of_a_ticket
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public void The_first_public_reply_ends_the_first_wait_and_a_note_does_not()
    {
        TicketEvent[] events = [Created(), Customer(0), Note(10), Agent(25), Agent(90)];

        var clock = ClockOf(ServiceLevelMetric.FirstReplyTime, events, at: 200);

        Assert.That(
            (clock?.Stage, clock?.Elapsed, clock?.EndedAt),
            Is.EqualTo((ServiceLevelStage.Achieved, TimeSpan.FromMinutes(25), Monday.AddMinutes(25))));
    }

    [Test]
    public void Where_an_agent_opened_the_ticket_the_second_public_message_is_the_first_reply() => Assert.That(
        ClockOf(ServiceLevelMetric.FirstReplyTime, [Created(), Agent(0), Agent(40)], at: 50)?.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(40)));

    [Test]
    public void Where_it_was_opened_out_of_sight_a_note_is_a_reply() => Assert.That(
        ClockOf(ServiceLevelMetric.FirstReplyTime, [Created(), Note(0), Note(15)], at: 50)?.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(15)));

    [Test]
    public void A_next_reply_is_owed_since_the_oldest_question_that_nobody_answered()
    {
        TicketEvent[] events = [Created(), Customer(0), Agent(10), Customer(60), Customer(100)];

        var clock = ClockOf(ServiceLevelMetric.NextReplyTime, events, at: 110);

        Assert.That((clock?.StartedAt, clock?.DueAt), Is.EqualTo((Monday.AddMinutes(60), Monday.AddMinutes(180))));
    }

    [Test]
    public void A_next_reply_begins_anew_with_the_next_question()
    {
        TicketEvent[] events = [Created(), Customer(0), Agent(10), Customer(60), Agent(170), Customer(200)];

        var clock = ClockOf(ServiceLevelMetric.NextReplyTime, events, at: 210);

        Assert.That((clock?.Elapsed, clock?.Stage), Is.EqualTo((TimeSpan.FromMinutes(10), ServiceLevelStage.Active)));
    }

    [Test]
    public void A_question_before_the_first_reply_owes_no_next_reply() =>
        Assert.That(ClockOf(ServiceLevelMetric.NextReplyTime, [Created(), Customer(0), Customer(5)], at: 10), Is.Null);

    [Test]
    public void Waiting_for_the_customer_rests_the_wait_and_not_the_resolution()
    {
        TicketEvent[] events = [Created(), Customer(0), Status(30, HelpdeskStatus.Pending), Status(100, HelpdeskStatus.Open)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ClockOf(ServiceLevelMetric.RequesterWaitTime, events, at: 90)?.Stage, Is.EqualTo(ServiceLevelStage.Paused));
            Assert.That(ClockOf(ServiceLevelMetric.RequesterWaitTime, events, at: 90)?.DueAt, Is.Null);
            Assert.That(ClockOf(ServiceLevelMetric.RequesterWaitTime, events, at: 110)?.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(40)));
            Assert.That(ClockOf(ServiceLevelMetric.RequesterWaitTime, events, at: 110)?.DueAt, Is.EqualTo(Monday.AddMinutes(310)));
            Assert.That(ClockOf(ServiceLevelMetric.ResolutionTime, events, at: 110)?.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(110)));
        }
    }

    [Test]
    public void On_hold_the_customer_waits_and_no_agent_works()
    {
        TicketEvent[] events = [Created(), Customer(0), Status(30, HelpdeskStatus.OnHold)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ClockOf(ServiceLevelMetric.RequesterWaitTime, events, at: 90)?.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(90)));
            Assert.That(ClockOf(ServiceLevelMetric.AgentWorkTime, events, at: 90)?.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(30)));
        }
    }

    [Test]
    public void An_update_is_owed_from_reply_to_reply_and_after_a_reopening()
    {
        TicketEvent[] events =
        [
            Created(), Customer(0), Agent(10), Agent(100), Status(120, HelpdeskStatus.Solved), Status(300, HelpdeskStatus.Open),
        ];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ClockOf(ServiceLevelMetric.PeriodicUpdateTime, events, at: 110)?.StartedAt, Is.EqualTo(Monday.AddMinutes(100)));
            Assert.That(ClockOf(ServiceLevelMetric.PeriodicUpdateTime, events, at: 310)?.StartedAt, Is.EqualTo(Monday.AddMinutes(300)));
        }
    }

    [Test]
    public void A_ticket_that_is_solved_unanswered_owes_no_reply_any_more()
    {
        TicketEvent[] events = [Created(), Customer(0), Status(20, HelpdeskStatus.Solved)];

        Assert.That(ClockOf(ServiceLevelMetric.FirstReplyTime, events, at: 600)?.Stage, Is.EqualTo(ServiceLevelStage.Achieved));
    }

    [Test]
    public void Solved_time_counts_for_nothing_after_a_reopening()
    {
        TicketEvent[] events = [Created(), Customer(0), Status(20, HelpdeskStatus.Solved), Status(500, HelpdeskStatus.Open)];

        Assert.That(ClockOf(ServiceLevelMetric.ResolutionTime, events, at: 510)?.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(30)));
    }

    [Test]
    public void A_reply_at_the_very_moment_it_is_due_is_in_time_and_a_second_later_is_not()
    {
        TicketEvent late = new(Monday.AddMinutes(60).AddSeconds(1), TicketEventKind.AgentReply);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ClockOf(ServiceLevelMetric.FirstReplyTime, [Created(), Customer(0), Agent(60)], at: 90)?.Stage,
                Is.EqualTo(ServiceLevelStage.Achieved));
            Assert.That(
                ClockOf(ServiceLevelMetric.FirstReplyTime, [Created(), Customer(0), late], at: 90)?.Stage,
                Is.EqualTo(ServiceLevelStage.Breached));
        }
    }

    [Test]
    public void A_reply_after_closing_time_is_late_where_the_day_was_all_that_was_promised()
    {
        var created = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
        TicketEvent[] events =
        [
            new(created, TicketEventKind.Created),
            new(created, TicketEventKind.Changed) { Priority = TicketPriority.Low },
            new(created.AddHours(10), TicketEventKind.Changed) { Status = HelpdeskStatus.Solved },
        ];
        var hours = new ServiceLevelHours(
            RoundTheClock with { Rules = [new TargetRule { Name = "a day", Calendar = "office", Resolution = 480 }] }, "1");

        var clock = TicketClocks.Compute(events, hours, "standard", null, created.AddDays(1)).Single();

        Assert.That(clock.Stage, Is.EqualTo(ServiceLevelStage.Breached));
    }

    [Test]
    public void A_status_clock_keeps_the_hours_of_the_priority_that_each_stretch_had()
    {
        // Until 10:00 by office hours in Berlin (from 9:00 there, 8:00 UTC); the urgent rest round the clock.
        TicketEvent[] events =
        [
            new(Monday.AddHours(-3), TicketEventKind.Created),
            new(Monday.AddHours(-3), TicketEventKind.Changed) { Priority = TicketPriority.Low },
            new(Monday.AddHours(1), TicketEventKind.Changed) { Status = HelpdeskStatus.Open, Priority = TicketPriority.Urgent },
        ];

        var clock = Compute(events, at: 120).Single(clock => clock.Metric == ServiceLevelMetric.AgentWorkTime);

        Assert.That(clock.Elapsed, Is.EqualTo(TimeSpan.FromHours(3)));
    }

    [Test]
    public void Used_and_left_make_the_target_at_every_moment()
    {
        var chance = new Random(7);
        HelpdeskStatus[] statuses = [HelpdeskStatus.Open, HelpdeskStatus.Pending, HelpdeskStatus.OnHold, HelpdeskStatus.Solved];
        for (var round = 0; round < 200; round++)
        {
            var minute = 0;
            var events = new List<TicketEvent> { Created(), Customer(0) };
            for (var i = chance.Next(8); i > 0; i--)
            {
                minute += chance.Next(1, 200);
                events.Add(chance.Next(3) switch
                {
                    0 => Agent(minute),
                    1 => Customer(minute),
                    _ => Status(minute, statuses[chance.Next(statuses.Length)]),
                });
            }

            var now = minute + chance.Next(100);
            foreach (var clock in Compute(events, now).Where(clock => clock is { Stage: ServiceLevelStage.Active, DueAt: not null }))
            {
                var calendar = Calendars.Always("UTC", new OpenWindow(0, 1440));
                var left = BusinessTime.Measure(
                    calendar, Instant.FromDateTimeOffset(Monday.AddMinutes(now)), Instant.FromDateTimeOffset(clock.DueAt.GetValueOrDefault()), []);
                Assert.That(clock.Elapsed + left.ToTimeSpan(), Is.EqualTo(clock.Target), $"round {round}, {clock.Metric}");
            }
        }
    }

    [Test]
    public void What_the_helpdesk_tells_counts_and_the_rest_is_computed()
    {
        ServiceLevelClock[] told =
        [
            new(ServiceLevelMetric.FirstReplyTime, ServiceLevelStage.Active, Monday.AddMinutes(33), ServiceLevelSource.WithTicket),
            new(ServiceLevelMetric.Unknown, ServiceLevelStage.Active, Monday, ServiceLevelSource.WithTicket),
        ];

        var clocks = Told(told, [Created(), Customer(0)], at: 5);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(clocks.Select(clock => clock.Metric), Is.Unique.And.Contains(ServiceLevelMetric.ResolutionTime));
            var first = clocks.Single(clock => clock.Metric == ServiceLevelMetric.FirstReplyTime);
            Assert.That((first.DueAt, first.Source), Is.EqualTo((Monday.AddMinutes(33), ServiceLevelSource.WithTicket)));
            Assert.That(first.FindMoment(0.5), Is.EqualTo(Monday.AddMinutes(16.5)));
            Assert.That(
                clocks.Where(clock => clock.Metric != ServiceLevelMetric.FirstReplyTime).Select(clock => clock.Source),
                Is.All.EqualTo(ServiceLevelSource.None));
        }
    }

    [Test]
    public void An_update_rests_while_the_customer_has_to_answer_where_the_rule_says_so()
    {
        TicketEvent[] events = [Created(), Customer(0), Agent(10), Status(40, HelpdeskStatus.Pending), Status(100, HelpdeskStatus.Open)];
        var rests = RoundTheClock with { Rules = [RoundTheClock.Rules[1] with { PeriodicUpdateRestsWhilePending = true }] };

        TicketClock At(ServiceLevelPolicy policy, int minute) =>
            TicketClocks.Compute(events, new ServiceLevelHours(policy, "1"), "standard", null, Monday.AddMinutes(minute))
                .Single(clock => clock.Metric == ServiceLevelMetric.PeriodicUpdateTime);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((At(rests, 90).Stage, At(rests, 90).DueAt), Is.EqualTo((ServiceLevelStage.Paused, (DateTimeOffset?)null)));
            Assert.That(At(rests, 110).Elapsed, Is.EqualTo(TimeSpan.FromMinutes(40)));
            Assert.That(At(rests, 110).DueAt, Is.EqualTo(Monday.AddMinutes(250)));
            Assert.That(At(RoundTheClock, 110).Elapsed, Is.EqualTo(TimeSpan.FromMinutes(100)));
        }
    }

    [Test]
    public void A_question_after_a_ticket_that_was_solved_unanswered_is_owed_a_reply()
    {
        TicketEvent[] events = [Created(), Customer(0), Status(20, HelpdeskStatus.Solved), Customer(500), Status(500, HelpdeskStatus.Open)];

        var clock = ClockOf(ServiceLevelMetric.NextReplyTime, events, at: 510);

        Assert.That((clock?.StartedAt, clock?.DueAt), Is.EqualTo((Monday.AddMinutes(500), Monday.AddMinutes(620))));
    }

    [Test]
    public void Earlier_waits_are_known_with_how_they_ended()
    {
        TicketEvent[] events = [Created(), Customer(0), Agent(10), Customer(60), Agent(200), Customer(210), Agent(220), Agent(500)];

        var over = TicketClocks.ComputeOver(events, new ServiceLevelHours(RoundTheClock, "1"), "standard", null, Monday.AddMinutes(600));

        Assert.That(over.Select(clock => (clock.Metric, (int)(clock.StartedAt - Monday).TotalMinutes, clock.Stage)), Is.EqualTo(new[]
        {
            (ServiceLevelMetric.NextReplyTime, 60, ServiceLevelStage.Breached),
            (ServiceLevelMetric.NextReplyTime, 210, ServiceLevelStage.Achieved),
            (ServiceLevelMetric.PeriodicUpdateTime, 10, ServiceLevelStage.Breached),
            (ServiceLevelMetric.PeriodicUpdateTime, 200, ServiceLevelStage.Achieved),
            (ServiceLevelMetric.PeriodicUpdateTime, 220, ServiceLevelStage.Breached),
        }));
    }

    [TestCase(ServiceLevelStage.Active, 600, ServiceLevelStage.Achieved)]
    [TestCase(ServiceLevelStage.Active, 100, ServiceLevelStage.Breached)]
    [TestCase(ServiceLevelStage.Paused, null, ServiceLevelStage.Achieved)]
    public void A_clock_that_the_helpdesk_told_of_ends_with_its_ticket(ServiceLevelStage stage, int? due, ServiceLevelStage expected)
    {
        ServiceLevelClock[] told =
        [
            new(ServiceLevelMetric.ResolutionTime, stage, due is { } at ? Monday.AddMinutes(at) : null, ServiceLevelSource.WithTicket),
        ];

        var clock = Told(told, [Created(), Customer(0), Status(300, HelpdeskStatus.Solved)], at: 700)
            .Single(clock => clock.Metric == ServiceLevelMetric.ResolutionTime);

        Assert.That((clock.Stage, clock.EndedAt), Is.EqualTo((expected, Monday.AddMinutes(300))));
    }

    [TestCase(20, ServiceLevelStage.Achieved)]
    [TestCase(40, ServiceLevelStage.Breached)]
    public void What_the_helpdesk_calls_achieved_is_missed_where_the_answer_came_late(int answered, ServiceLevelStage expected)
    {
        ServiceLevelClock[] told =
        [
            new(ServiceLevelMetric.FirstReplyTime, ServiceLevelStage.Achieved, Monday.AddMinutes(30), ServiceLevelSource.WithTicket),
        ];

        var clock = Told(told, [Created(), Customer(0), Agent(answered)], at: 90).Single(clock => clock.Metric == ServiceLevelMetric.FirstReplyTime);

        Assert.That((clock.Stage, clock.EndedAt), Is.EqualTo((expected, Monday.AddMinutes(answered))));
    }

    [Test]
    public void A_told_clock_without_a_target_here_runs_since_what_it_waits_for()
    {
        ServiceLevelClock[] told =
        [
            new(ServiceLevelMetric.PeriodicUpdateTime, ServiceLevelStage.Active, Monday.AddMinutes(400), ServiceLevelSource.WithTicket),
            new(ServiceLevelMetric.NextReplyTime, ServiceLevelStage.Active, Monday.AddMinutes(400), ServiceLevelSource.WithTicket),
            new(ServiceLevelMetric.RequesterWaitTime, ServiceLevelStage.Active, Monday.AddMinutes(400), ServiceLevelSource.WithTicket),
        ];
        TicketEvent[] events =
        [
            Created(), Customer(0), Agent(10), Agent(100), Status(110, HelpdeskStatus.Pending), Customer(200), Status(200, HelpdeskStatus.Open),
        ];
        var nothing = new ServiceLevelHours(RoundTheClock with { Rules = [new TargetRule { Name = "none", Calendar = "always" }] }, "1");

        var clocks = TicketClocks.Merge(told, [], events, nothing, "standard", null, Monday.AddMinutes(210));

        Assert.That(clocks.Select(clock => (int)(clock.RunningSince - Monday).TotalMinutes), Is.EqualTo(new[] { 100, 200, 200 }));
    }

    [Test]
    public void A_share_of_what_the_helpdesk_tells_is_counted_in_the_hours_of_the_rule()
    {
        // From 15:00 in Berlin until 11:00 the next morning are four hours of office time: half of them are used up at closing time.
        var created = new DateTimeOffset(2026, 11, 23, 14, 0, 0, TimeSpan.Zero);
        TicketEvent[] events = [new(created, TicketEventKind.Created), new(created, TicketEventKind.CustomerMessage)];
        var hours = new ServiceLevelHours(RoundTheClock with { Rules = [new TargetRule { Name = "office", Calendar = "office" }] }, "1");
        ServiceLevelClock[] told =
        [
            new(ServiceLevelMetric.FirstReplyTime, ServiceLevelStage.Active, created.AddHours(20), ServiceLevelSource.WithTicket),
        ];

        var clock = TicketClocks.Merge(told, [], events, hours, "standard", null, created.AddHours(1)).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(clock.FindMoment(0.25), Is.EqualTo(created.AddHours(1)));
            Assert.That(clock.FindMoment(0.75), Is.EqualTo(created.AddHours(19)));
            Assert.That(clock.FindMoment(1), Is.EqualTo(created.AddHours(20)));
        }
    }

    [Test]
    public void A_share_of_the_target_is_counted_in_working_time()
    {
        // A low priority has 20 working hours of 10 a day for its first reply: half of them are used up when the first day closes.
        TicketEvent[] events =
        [
            new(new DateTimeOffset(2026, 11, 23, 7, 0, 0, TimeSpan.Zero), TicketEventKind.Created),
            new(new DateTimeOffset(2026, 11, 23, 7, 0, 0, TimeSpan.Zero), TicketEventKind.Changed) { Priority = TicketPriority.Low },
        ];
        var shipped = ServiceLevelPolicy.LoadShipped();

        var clock = TicketClocks.Compute(
            events, new ServiceLevelHours(shipped.Content, shipped.Version), "standard", null, Monday)
            .Single(clock => clock.Metric == ServiceLevelMetric.FirstReplyTime);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(clock.FindMoment(0.5), Is.EqualTo(new DateTimeOffset(2026, 11, 23, 17, 0, 0, TimeSpan.Zero)));
            Assert.That(clock.FindMoment(0.75), Is.EqualTo(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero)));
        }
    }

    private static IReadOnlyList<TicketClock> Told(IReadOnlyList<ServiceLevelClock> told, IReadOnlyList<TicketEvent> events, int at) =>
        TicketClocks.Merge(
            told, Compute(events, at), events, new ServiceLevelHours(RoundTheClock, "1"), "standard", null, Monday.AddMinutes(at));

    private static TicketClock? ClockOf(ServiceLevelMetric metric, TicketEvent[] events, int at) =>
        Compute(events, at).SingleOrDefault(clock => clock.Metric == metric);

    private static IReadOnlyList<TicketClock> Compute(IReadOnlyList<TicketEvent> events, int at) =>
        TicketClocks.Compute(events, new ServiceLevelHours(RoundTheClock, "1"), "standard", null, Monday.AddMinutes(at));

    private static ServiceLevelPolicy RoundTheClock { get; } = new()
    {
        Calendars = new Dictionary<string, CalendarText>
        {
            ["always"] = new() { Zone = "Etc/UTC", Week = EveryDay("00:00-24:00") },
            ["office"] = new() { Zone = "Europe/Berlin", Week = EveryDay("09:00-17:00") },
        },
        Rules =
        [
            new TargetRule { Name = "low", Priorities = [TicketPriority.Low], Calendar = "office", AgentWork = 240 },
            new TargetRule
            {
                Name = "all", Calendar = "always", FirstReply = 60, NextReply = 120, PeriodicUpdate = 180, RequesterWait = 240, AgentWork = 240,
                Resolution = 1000,
            },
        ],
    };

    private static Dictionary<string, IReadOnlyList<string>> EveryDay(string window) =>
        ((string[])["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
        .ToDictionary(day => day, _ => (IReadOnlyList<string>)[window]);

    private static TicketEvent Created() => new(Monday, TicketEventKind.Created);

    private static TicketEvent Customer(int minute) => new(Monday.AddMinutes(minute), TicketEventKind.CustomerMessage);

    private static TicketEvent Agent(int minute) => new(Monday.AddMinutes(minute), TicketEventKind.AgentReply);

    private static TicketEvent Note(int minute) => new(Monday.AddMinutes(minute), TicketEventKind.AgentNote);

    private static TicketEvent Status(int minute, HelpdeskStatus status) =>
        new(Monday.AddMinutes(minute), TicketEventKind.Changed) { Status = status };
}
