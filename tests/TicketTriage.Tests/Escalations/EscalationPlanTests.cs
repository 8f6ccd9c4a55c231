using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Tests.Escalations;

public sealed class EscalationPlanTests
{
    private static DateTimeOffset Start => SomeMatrix.Start;

    [Test]
    public void Before_the_first_share_nothing_happens_and_the_next_look_is_at_it()
    {
        var look = Look(SomeMatrix.Ticket(), minute: 10);

        Assert.That((look.Steps.Count, look.NextLookAt), Is.EqualTo((0, (DateTimeOffset?)Start.AddMinutes(50))));
    }

    [TestCase(50, 1)]
    [TestCase(74, 1)]
    [TestCase(75, 2)]
    [TestCase(100, 3)]
    [TestCase(500, 3)]
    public void The_level_whose_share_is_used_up_hears_of_it(int minute, int level) =>
        Assert.That(Look(SomeMatrix.Ticket(), minute).Steps, Has.Exactly(1).Matches<EscalationStep>(step => step is OpenLevel open && open.Level == level));

    [Test]
    public void What_nobody_takes_in_time_goes_to_the_next_level()
    {
        var standing = Standing(1, openedAt: 50, acknowledgeBy: 70);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Look(SomeMatrix.Ticket(), 69, standing).Steps, Is.Empty);
            Assert.That(Look(SomeMatrix.Ticket(), 69, standing).NextLookAt, Is.EqualTo(Start.AddMinutes(70)));
            Assert.That(
                Look(SomeMatrix.Ticket(), 70, standing).Steps.Single(), Is.InstanceOf<RaiseLevel>().With.Property("To").Property("Level").EqualTo(2));
        }
    }

    [Test]
    public void The_next_share_raises_it_although_there_is_time_left() =>
        Assert.That(Look(SomeMatrix.Ticket(), 75, Standing(1, openedAt: 60, acknowledgeBy: 500)).Steps.Single(), Is.InstanceOf<RaiseLevel>());

    [Test]
    public void What_somebody_has_taken_is_raised_no_more() =>
        Assert.That(Look(SomeMatrix.Ticket(), 400, Standing(1, 50, 70) with { State = EscalationState.Acknowledged }).Steps, Is.Empty);

    [Test]
    public void After_the_last_level_people_are_told_again_every_day()
    {
        var look = Look(SomeMatrix.Ticket(), 200, Standing(3, openedAt: 100, acknowledgeBy: 160));

        Assert.That(look.Steps.Single(), Is.EqualTo(new RepeatLevel(Standing(3, 100, 160).Id, Start.AddMinutes(200).AddDays(1))));
    }

    [TestCase(80, EscalationOutcome.Prevented)]
    [TestCase(120, EscalationOutcome.Missed)]
    public void An_answer_takes_it_and_ends_it_in_time_or_not(int minute, EscalationOutcome outcome) => Assert.That(
        Look(Answered(minute), minute + 10, Standing(1, 50, 70)).Steps,
        Is.EqualTo((EscalationStep[])
        [
            new TakeCycle(Standing(1, 50, 70).Id, AcknowledgedHow.Answered, "an agent"),
            new CloseCycle(SomeMatrix.Ticket().Id, Cycle, outcome),
        ]));

    [TestCase(80, EscalationOutcome.Prevented)]
    [TestCase(120, EscalationOutcome.Missed)]
    public void An_update_ends_the_wait_that_was_told_of_although_the_next_begins(int minute, EscalationOutcome outcome)
    {
        var ticket = SomeMatrix.Ticket() with
        {
            Events = [.. SomeMatrix.Ticket().Events, Reply(1), Reply(1 + minute)],
        };

        Assert.That(
            Closed(ticket, new TargetRule { Name = "all", Calendar = "always", PeriodicUpdate = 100 }, minute + 10, "periodic_update", since: 1),
            Is.EqualTo(outcome));
    }

    [TestCase(80, EscalationOutcome.Prevented)]
    [TestCase(120, EscalationOutcome.Missed)]
    public void An_answer_that_is_read_together_with_the_next_question_ends_the_wait_for_it(int minute, EscalationOutcome outcome)
    {
        var ticket = SomeMatrix.Ticket() with
        {
            Events = [.. SomeMatrix.Ticket().Events, Reply(1), Question(5), Reply(5 + minute), Question(6 + minute)],
        };

        Assert.That(
            Closed(ticket, new TargetRule { Name = "all", Calendar = "always", NextReply = 100 }, minute + 10, "next_reply", since: 5),
            Is.EqualTo(outcome));
    }

    [TestCase(80, EscalationOutcome.Prevented)]
    [TestCase(120, EscalationOutcome.Missed)]
    public void Where_only_the_helpdesk_promises_it_the_time_that_was_told_decides(int minute, EscalationOutcome outcome)
    {
        var ticket = SomeMatrix.Ticket() with
        {
            Events = [.. SomeMatrix.Ticket().Events, Reply(1), Reply(1 + minute)],
        };

        Assert.That(
            Closed(ticket, new TargetRule { Name = "none", Calendar = "always" }, minute + 10, "periodic_update", since: 1), Is.EqualTo(outcome));
    }

    [TestCase(HelpdeskStatus.Solved, EscalationOutcome.Prevented)]
    [TestCase(HelpdeskStatus.Deleted, EscalationOutcome.Neutral)]
    [TestCase(HelpdeskStatus.Spam, EscalationOutcome.Neutral)]
    public void A_clock_of_the_helpdesk_that_still_runs_calls_nobody_to_a_ticket_that_has_ended(HelpdeskStatus status, EscalationOutcome outcome)
    {
        var ended = SomeMatrix.Ticket() with
        {
            Status = status,
            Events = [.. SomeMatrix.Ticket().Events, new TicketEvent(Start.AddMinutes(60), TicketEventKind.Changed) { Status = status }],
            Told = [new(ServiceLevelMetric.FirstReplyTime, ServiceLevelStage.Active, Start.AddMinutes(100), ServiceLevelSource.WithTicket)],
        };
        var now = Start.AddMinutes(200);
        var clocks = TicketClocks.Merge(ended.Told, [], ended.Events, SomeMatrix.Hours, "standard", null, now);

        var look = EscalationPlan.Decide(
            ended, clocks, [], [Standing(1, 50, 70)], SomeMatrix.InForce, _ => SomeMatrix.Matrix, _ => null, now);

        Assert.That(look.Steps.Single(), Is.EqualTo(new CloseCycle(ended.Id, Cycle, outcome)));
    }

    [Test]
    public void Whose_clock_it_is_is_said()
    {
        var told = SomeMatrix.Ticket();
        ServiceLevelClock[] clocks =
            [new(ServiceLevelMetric.FirstReplyTime, ServiceLevelStage.Active, Start.AddMinutes(100), ServiceLevelSource.OfTicket)];
        var now = Start.AddMinutes(60);

        var computed = Look(SomeMatrix.Ticket(), 60).Steps.OfType<OpenLevel>().Single();
        var ofHelpdesk = EscalationPlan.Decide(
            told, TicketClocks.Merge(clocks, [], told.Events, SomeMatrix.Hours, "standard", null, now), [], [], SomeMatrix.InForce,
            _ => SomeMatrix.Matrix, _ => null, now).Steps.OfType<OpenLevel>().Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((computed.Source, ofHelpdesk.Source), Is.EqualTo((ClockSource.Computed, ClockSource.Helpdesk)));
            Assert.That((computed.Reasons[0], ofHelpdesk.Reasons[0]), Is.EqualTo((
                "50 % of the target for first reply are used up; it is due at 2026-11-23 10:40 UTC, by the clock kept here.",
                "50 % of the target for first reply are used up; it is due at 2026-11-23 10:40 UTC, by the helpdesk's own clock.")));
        }
    }

    [Test]
    public void What_was_missed_before_a_rest_is_told_once_and_not_again_after_it()
    {
        var hours = new ServiceLevelHours(
            SomeMatrix.Hours.Policy with { Rules = [new TargetRule { Name = "all", Calendar = "always", RequesterWait = 100 }] }, "1");
        var ticket = SomeMatrix.Ticket() with
        {
            Events =
            [
                .. SomeMatrix.Ticket().Events,
                new TicketEvent(Start.AddMinutes(150), TicketEventKind.Changed) { Status = HelpdeskStatus.Pending },
                new TicketEvent(Start.AddMinutes(200), TicketEventKind.Changed) { Status = HelpdeskStatus.Open },
            ],
        };
        var cycles = ((int[])[120, 170, 220]).Select(minute => TicketClocks.Compute(ticket.Events, hours, "standard", null, Start.AddMinutes(minute)))
            .Select(clocks => (clocks.Single().Stage, clocks.Single().RunningSince));

        Assert.That(cycles, Is.All.EqualTo((ServiceLevelStage.Breached, Start)));
    }

    [Test]
    public void Taking_the_ticket_acknowledges_it()
    {
        var taken = SomeMatrix.Ticket() with { AssigneeId = "42" };

        Assert.That(
            Look(taken, 60, Standing(1, 50, 70)).Steps.Single(),
            Is.EqualTo(new TakeCycle(Standing(1, 50, 70).Id, AcknowledgedHow.Assigned, "42")));
    }

    [Test]
    public void Who_had_the_ticket_before_has_not_taken_it_by_that()
    {
        var owned = SomeMatrix.Ticket() with { AssigneeId = "42" };

        Assert.That(Look(owned, 60, Standing(1, 50, 70) with { AssigneeId = "42" }).Steps, Is.Empty);
    }

    [Test]
    public void A_cause_that_escalates_at_once_heeds_no_clock()
    {
        var ticket = SomeMatrix.Ticket() with { Causes = [new AtOnceCause("payment_stop", Start)] };

        var look = Look(ticket, 1);

        Assert.That(look.Steps.Single(), Is.InstanceOf<OpenLevel>().With.Property("Level").EqualTo(2).And.Property("Cause").EqualTo("payment_stop"));
    }

    [Test]
    public void A_clock_that_jumps_a_month_ahead_still_leaves_each_level_its_time()
    {
        var month = 60 * 24 * 30;

        var look = Look(SomeMatrix.Ticket(), month, Standing(1, 50, 70));

        Assert.That(
            look.Steps.Single(),
            Is.InstanceOf<RaiseLevel>().With.Property("To").Property("AcknowledgeBy").EqualTo(Start.AddMinutes(month + 20)));
    }

    [Test]
    public void A_clock_that_is_put_back_opens_nothing_twice() =>
        Assert.That(Look(SomeMatrix.Ticket(), 10, Standing(1, 50, 70)).Steps, Is.Empty);

    [Test]
    public void A_running_cycle_keeps_the_matrix_that_it_began_with()
    {
        var patient = SomeMatrix.Matrix with
        {
            Rows = [new MatrixRow { Name = "all", Levels = [SomeMatrix.Level(0.5, "anna", 20), SomeMatrix.Level(0.9, "cleo", 500)] }],
        };

        var look = EscalationPlan.Decide(
            SomeMatrix.Ticket(), Clocks(SomeMatrix.Ticket(), 70), [], [Standing(1, 50, 70)], new MatrixInForce(patient, "2"),
            version => version == "1" ? SomeMatrix.Matrix : patient, _ => null, Start.AddMinutes(70));

        Assert.That(
            look.Steps.OfType<RaiseLevel>().Single().To, Has.Property("MatrixVersion").EqualTo("1").And.Property("Rule").EqualTo(SomeMatrix.Matrix.Rows[0].Levels[1]));
    }

    [Test]
    public void A_backlog_from_before_the_service_was_there_is_not_told_ticket_by_ticket()
    {
        var old = SomeMatrix.Ticket() with { FirstSeenAt = Start.AddDays(30) };

        var look = Look(old, 60 * 24 * 30);

        Assert.That((look.Steps.Count, look.NextLookAt), Is.EqualTo((0, (DateTimeOffset?)null)));
    }

    [Test]
    public void A_high_chance_of_breach_opens_the_first_level_before_its_share()
    {
        var wary = SomeMatrix.Matrix with
        {
            Rows = [SomeMatrix.Matrix.Rows[0] with { Levels = [SomeMatrix.Level(0.5, "anna", 20) with { AtRisk = 0.6 }] }],
        };

        LookResult At(double chance) => EscalationPlan.Decide(
            SomeMatrix.Ticket(), Clocks(SomeMatrix.Ticket(), 5), [], [], new MatrixInForce(wary, "1"), _ => wary,
            _ => new BreachRisk(chance, ["Such tickets take long."]), Start.AddMinutes(5));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(At(0.7).Steps.Single(), Is.InstanceOf<OpenLevel>());
            Assert.That(At(0.5).Steps, Is.Empty);
            Assert.That(At(0.5).NextLookAt, Is.EqualTo(Start.AddMinutes(10)));
        }
    }

    private const string Cycle = "first_reply@2026-11-23T09:00:00Z";

    private static LookResult Look(WatchedTicket ticket, int minute, params StandingEscalation[] standing) => EscalationPlan.Decide(
        ticket, Clocks(ticket, minute), [], standing, SomeMatrix.InForce, _ => SomeMatrix.Matrix, _ => null, Start.AddMinutes(minute));

    private static IReadOnlyList<TicketClock> Clocks(WatchedTicket ticket, int minute) =>
        TicketClocks.Compute(ticket.Events, SomeMatrix.Hours, ticket.Segment, ticket.Intent, Start.AddMinutes(minute));

    /// <summary>How the open cycle of a wait ends.</summary>
    private static EscalationOutcome? Closed(WatchedTicket ticket, TargetRule rule, int minute, string cause, int since)
    {
        var hours = new ServiceLevelHours(SomeMatrix.Hours.Policy with { Rules = [rule] }, "1");
        var now = Start.AddMinutes(minute);
        var open = Standing(1, openedAt: 51, acknowledgeBy: 500) with
        {
            Cause = cause,
            Cycle = $"{cause}@2026-11-23T09:{since:00}:00Z",
            DueAt = Start.AddMinutes(since + 100),
        };
        var look = EscalationPlan.Decide(
            ticket,
            TicketClocks.Compute(ticket.Events, hours, "standard", null, now),
            TicketClocks.ComputeOver(ticket.Events, hours, "standard", null, now),
            [open], SomeMatrix.InForce, _ => SomeMatrix.Matrix, _ => null, now);
        return look.Steps.OfType<CloseCycle>().SingleOrDefault()?.Outcome;
    }

    private static TicketEvent Reply(int minute) => new(Start.AddMinutes(minute), TicketEventKind.AgentReply);

    private static TicketEvent Question(int minute) => new(Start.AddMinutes(minute), TicketEventKind.CustomerMessage);

    private static WatchedTicket Answered(int minute) => SomeMatrix.Ticket() with
    {
        Events = [.. SomeMatrix.Ticket().Events, new TicketEvent(Start.AddMinutes(minute), TicketEventKind.AgentReply)],
    };

    private static StandingEscalation Standing(int level, int openedAt, int acknowledgeBy) => new()
    {
        Id = new Guid(level, 0, 0, new byte[8]),
        Cycle = Cycle,
        Cause = "first_reply",
        Level = level,
        RowName = "all",
        State = EscalationState.Open,
        OpenedAt = Start.AddMinutes(openedAt),
        AcknowledgeBy = Start.AddMinutes(acknowledgeBy),
        MatrixVersion = "1",
    };
}
