using TicketTriage.Helpdesks;
using TicketTriage.Routing;
using TicketTriage.Routing.Matching;
using TicketTriage.ServiceLevels;
using TicketTriage.Testing;
using TicketTriage.Tests.ServiceLevels;

namespace TicketTriage.Tests.Routing;

[CancelAfter(60_000)]
public sealed class When_a_ticket_is_due
{
    /// <summary>A Friday, an hour before the office closes in Berlin.</summary>
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 15, 0, 0, TimeSpan.Zero);

    private static readonly BusinessCalendar Office = Calendars.OfficeHours("Europe/Berlin");

    [Test]
    public void The_promise_that_is_due_next_counts_in_working_minutes()
    {
        var due = TicketDue.Of([Clock(ServiceLevelMetric.ResolutionTime, 5000), Clock(ServiceLevelMetric.FirstReplyTime, 90)], ("office", Office), "all");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((due?.TargetMinutes, due?.Calendar), Is.EqualTo((90, "office")));
            Assert.That(due?.Reason, Is.EqualTo("It is due at 2026-11-20 16:30 UTC: first reply, by rule “all” of the service levels."));
        }
    }

    [Test]
    public void A_promise_that_is_missed_gives_way_to_one_that_can_be_kept()
    {
        var missed = Clock(ServiceLevelMetric.FirstReplyTime, -90) with { Stage = ServiceLevelStage.Breached };

        var due = TicketDue.Of([missed, Clock(ServiceLevelMetric.ResolutionTime, 600)], null, null);
        var late = TicketDue.Of([missed], null, null);

        Assert.That((due?.At, late?.At), Is.EqualTo((Start.AddMinutes(600), Start.AddMinutes(-90))));
    }

    [Test]
    public void What_rests_or_has_ended_is_due_never()
    {
        var rests = Clock(ServiceLevelMetric.RequesterWaitTime, 60) with { DueAt = null };
        var ended = Clock(ServiceLevelMetric.FirstReplyTime, 60) with { EndedAt = Start };

        Assert.That(TicketDue.Of([rests, ended], null, null), Is.Null);
    }

    [Test]
    public void The_helpdesks_own_clock_is_named_as_the_source()
    {
        var told = Clock(ServiceLevelMetric.NextReplyTime, 45) with { Source = ServiceLevelSource.WithTicket, Target = null };

        var due = TicketDue.Of([told], ("office", Office), "all");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(due?.Reason, Does.EndWith("next reply, by the helpdesk's own clock."));
            Assert.That(due?.TargetMinutes, Is.EqualTo(45));
        }
    }

    [Test]
    public void Minutes_left_are_those_in_which_somebody_works()
    {
        var monday = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TicketDue.Minutes(Office, Start, monday), Is.EqualTo(60 + 60), "an hour on Friday, and from 9 to 10 on Monday");
            Assert.That(TicketDue.Minutes(Office, monday, Start), Is.EqualTo(-120));
            Assert.That(TicketDue.Minutes(null, Start, monday), Is.EqualTo((2 * 1440) + (18 * 60)));
        }
    }

    [Test]
    public void Where_nothing_is_promised_the_setting_counts_by_the_wall_clock()
    {
        var due = TicketDue.ByTarget(Start, 240);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((due.At, due.Calendar), Is.EqualTo((Start.AddMinutes(240), (string?)null)));
            Assert.That(due.Reason, Is.EqualTo("It is due at 2026-11-20 19:00 UTC: 240 minutes from its beginning, by Routing:TargetMinutes."));
        }
    }

    [Test]
    public async Task In_the_pool_the_time_left_is_counted_by_the_calendar_of_its_promise(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var pool = new AssignmentPool(database.Pool);
        var monday = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
        var shipped = ServiceLevelPolicy.LoadShipped();
        foreach (var (number, calendar) in ((string, string?)[])[("1", "office"), ("2", null), ("3", "a calendar that is gone")])
        {
            await pool.PutAsync(
                "acme", number, new PoolTicket { Id = number, Demand = new TicketDemand() }, null, new TicketDue(monday, 480, calendar, ""), cancellationToken);
        }

        var waiting = await pool.ListWaitingAsync("acme", Start, new ServiceLevelHours(shipped.Content, shipped.Version), 10, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(waiting.Select(ticket => ticket.MinutesLeft), Is.EqualTo([180, 3960, 3960]), "The shipped office closes at 17 on Fridays.");
            Assert.That(waiting.Select(ticket => ticket.TargetMinutes), Is.All.EqualTo(480));
        }
    }

    [Test]
    public async Task What_was_promised_before_a_ticket_was_raised_is_kept_until_its_priority_falls(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var pool = new AssignmentPool(database.Pool);
        var shipped = ServiceLevelPolicy.LoadShipped();
        var hours = new ServiceLevelHours(shipped.Content, shipped.Version);
        var kept = new List<IReadOnlyList<LowerStanding>>();
        (TicketPriority Priority, int Minutes)[] told =
        [
            (TicketPriority.Low, 960), (TicketPriority.Low, 900), (TicketPriority.High, 240), (TicketPriority.High, 200),
            (TicketPriority.Urgent, 120), (TicketPriority.Normal, 480), (TicketPriority.None, 960),
        ];
        foreach (var (priority, minutes) in told)
        {
            var demand = new TicketDemand { Group = "Orders" };
            var ticket = new PoolTicket { Id = "1", Demand = demand, Priority = priority, ExpectedMinutes = minutes / 10.0 };
            await pool.PutAsync("acme", "1", ticket, null, new TicketDue(Start.AddMinutes(minutes), minutes, null, ""), cancellationToken);

            var waiting = (await pool.ListWaitingAsync("acme", Start, hours, 10, cancellationToken)).Single();

            Assert.That((waiting.Priority, waiting.MinutesLeft, waiting.Demand.Group), Is.EqualTo((priority, (double?)minutes, "Orders")));
            kept.Add(waiting.RaisedFrom);
        }

        LowerStanding low = new(TicketPriority.Low, 900, 90), high = new(TicketPriority.High, 200, 20);
        Assert.That(kept, Is.EqualTo(new LowerStanding[][] { [], [], [low], [low], [low, high], [low], [] }));
    }

    [Test]
    public async Task A_promise_from_before_is_counted_by_its_own_calendar(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var pool = new AssignmentPool(database.Pool);
        var monday = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
        var shipped = ServiceLevelPolicy.LoadShipped();
        var ticket = new PoolTicket { Id = "1", Demand = new TicketDemand(), Priority = TicketPriority.Normal };
        await pool.PutAsync("acme", "1", ticket, null, new TicketDue(monday, 480, "office", ""), cancellationToken);

        var raised = ticket with { Priority = TicketPriority.Urgent };
        await pool.PutAsync("acme", "1", raised, null, new TicketDue(Start.AddMinutes(30), 120, null, ""), cancellationToken);
        var hours = new ServiceLevelHours(shipped.Content, shipped.Version);
        var waiting = await pool.ListWaitingAsync("acme", Start, hours, 10, cancellationToken);

        Assert.That(
            (waiting[0].MinutesLeft, waiting[0].RaisedFrom.Single().MinutesLeft),
            Is.EqualTo(((double?)30, (double?)180)), "The shipped office closes at 17 on Fridays.");
    }

    private static TicketClock Clock(ServiceLevelMetric metric, int minutes) => new()
    {
        Metric = metric,
        Stage = ServiceLevelStage.Active,
        Source = ServiceLevelSource.None,
        StartedAt = Start,
        RunningSince = Start,
        DueAt = Start.AddMinutes(minutes),
        Target = TimeSpan.FromMinutes(Math.Abs(minutes)),
    };
}
