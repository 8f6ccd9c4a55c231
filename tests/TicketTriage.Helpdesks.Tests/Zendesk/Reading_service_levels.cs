namespace TicketTriage.Helpdesks.Tests.Zendesk;

[CancelAfter(30_000)]
public class Reading_service_levels
{
    private const string Ticket = "GET /api/v2/tickets/42";
    private const string Together = "GET /api/v2/tickets/show_many";

    /// <summary>The clock of these tests stands at 10:00.</summary>
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Clocks_stand_beside_the_ticket()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.PlanAbilities();
        connected.Zendesk.Plan(Together, Reply.Json("""
            {"tickets":[{"id":42,"slas":{"policy_metrics":[
            {"metric":"first_reply_time","stage":"achieved","breach_at":"2026-11-25T08:00:00Z","days":-1},
            {"metric":"next_reply_time","stage":"active","breach_at":"2026-11-25T12:00:00Z","hours":2},
            {"metric":"total_resolution_time","stage":"active","breach_at":"2026-11-25T09:00:00Z","minutes":-60},
            {"metric":"requester_wait_time","stage":"paused","breach_at":null},
            {"metric":"patience","stage":"simmering","breach_at":null},null]}}]}
            """));

        var clocks = await connected.ServiceLevels.FindClocksAsync("42", Patience());

        const ServiceLevelSource Source = ServiceLevelSource.WithTicket;
        Assert.That(clocks, Is.EqualTo(new[]
        {
            new ServiceLevelClock(ServiceLevelMetric.FirstReplyTime, ServiceLevelStage.Achieved, Noon.AddHours(-4), Source),
            new ServiceLevelClock(ServiceLevelMetric.NextReplyTime, ServiceLevelStage.Active, Noon, Source),
            new ServiceLevelClock(ServiceLevelMetric.ResolutionTime, ServiceLevelStage.Breached, Noon.AddHours(-3), Source),
            new ServiceLevelClock(ServiceLevelMetric.RequesterWaitTime, ServiceLevelStage.Paused, null, Source),
            new ServiceLevelClock(ServiceLevelMetric.Unknown, ServiceLevelStage.Unknown, null, Source),
        }));
    }

    [Test]
    public async Task Clocks_are_put_together_from_events_where_nothing_else_tells_of_them()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        PlanEventsOnly(connected.Zendesk);
        connected.Zendesk.Plan(Ticket, Reply.Json("""{"ticket":{"id":42,"created_at":"2026-11-25T08:00:00Z"}}"""));
        connected.Zendesk.Plan("GET /api/v2/incremental/ticket_metric_events", Reply.Json("""
            {"ticket_metric_events":[
            {"ticket_id":42,"metric":"reply_time","instance_id":1,"type":"activate","time":"2026-11-25T08:00:00Z"},
            {"ticket_id":42,"metric":"reply_time","instance_id":1,"type":"apply_sla","time":"2026-11-25T08:00:00Z"},
            {"ticket_id":42,"metric":"reply_time","instance_id":1,"type":"fulfill","time":"2026-11-25T08:30:00Z"},
            {"ticket_id":42,"metric":"resolution_time","instance_id":1,"type":"activate","time":"2026-11-25T08:00:00Z"},
            {"ticket_id":42,"metric":"resolution_time","instance_id":1,"type":"apply_sla","time":"2026-11-25T08:00:00Z"},
            {"ticket_id":42,"metric":"resolution_time","instance_id":1,"type":"breach","time":"2026-11-25T12:00:00Z"},
            {"ticket_id":42,"metric":"agent_work_time","instance_id":1,"type":"activate","time":"2026-11-25T08:00:00Z"},
            {"ticket_id":7,"metric":"requester_wait_time","instance_id":1,"type":"apply_sla","time":"2026-11-25T08:00:00Z"}],
            "end_time":1,"next_page":null}
            """));

        var clocks = await connected.ServiceLevels.FindClocksAsync("42", Patience());

        Assert.That(clocks, Is.EqualTo(new[]
        {
            new ServiceLevelClock(ServiceLevelMetric.FirstReplyTime, ServiceLevelStage.Achieved, null, ServiceLevelSource.Events)
            {
                ReachedAt = Noon.AddHours(-3.5),
            },
            new ServiceLevelClock(ServiceLevelMetric.ResolutionTime, ServiceLevelStage.Active, Noon, ServiceLevelSource.Events),
        }));
    }

    [TestCase("08:30", "09:00", ServiceLevelStage.Breached)]
    [TestCase("09:00", "08:30", ServiceLevelStage.Achieved)]
    public async Task What_was_reached_late_was_missed_and_what_was_reached_before_was_not(string due, string reached, ServiceLevelStage stage)
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        PlanEventsOnly(connected.Zendesk);
        connected.Zendesk.Plan(Ticket, Reply.Json("""{"ticket":{"id":42,"created_at":"2026-11-25T08:00:00Z"}}"""));
        connected.Zendesk.Plan("GET /api/v2/incremental/ticket_metric_events", Reply.Json($$"""
            {"ticket_metric_events":[
            {"ticket_id":42,"metric":"reply_time","instance_id":1,"type":"activate","time":"2026-11-25T08:00:00Z"},
            {"ticket_id":42,"metric":"reply_time","instance_id":1,"type":"apply_sla","time":"2026-11-25T08:00:00Z"},
            {"ticket_id":42,"metric":"reply_time","instance_id":1,"type":"breach","time":"2026-11-25T{{due}}:00Z"},
            {"ticket_id":42,"metric":"reply_time","instance_id":1,"type":"fulfill","time":"2026-11-25T{{reached}}:00Z"}],
            "end_time":1,"next_page":null}
            """));

        var clock = (await connected.ServiceLevels.FindClocksAsync("42", Patience()))?.Single();

        Assert.That((clock?.Stage, $"{clock?.BreachAt:HH:mm}", $"{clock?.ReachedAt:HH:mm}"), Is.EqualTo(((ServiceLevelStage?)stage, due, reached)));
    }

    [Test]
    public async Task Nothing_told_is_not_the_same_as_no_clocks()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.PlanAbilities();
        connected.Zendesk.Plan(
            Together,
            Reply.Json("""{"tickets":[{"id":42}]}"""),
            Reply.Json("""{"tickets":[{"id":42,"slas":{"policy_metrics":[]}}]}"""),
            Reply.Json("""{"tickets":[]}"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await connected.ServiceLevels.FindClocksAsync("42", Patience()), Is.Null);
            Assert.That(await connected.ServiceLevels.FindClocksAsync("42", Patience()), Is.Empty);
            Assert.That(await connected.ServiceLevels.FindClocksAsync("42", Patience()), Is.Null);
            Assert.That(await connected.ServiceLevels.FindClocksAsync("forty-two", Patience()), Is.Null);
        }
    }

    private static void PlanEventsOnly(ScriptedZendesk zendesk)
    {
        zendesk.Plan(Account.Fields, Reply.Json(Account.AllFields));
        zendesk.Plan("GET /api/v2/tickets", Reply.Json("""{"tickets":[{"id":42}]}"""));
        zendesk.Plan("GET /api/v2/tickets/42/slas/policy_metrics", Account.Unknown());
        zendesk.Plan("GET /api/v2/incremental/ticket_metric_events", Reply.Json("""{"ticket_metric_events":[]}"""));
        zendesk.Plan("GET /api/v2/routing/attributes", Account.Unknown());
        zendesk.Plan("GET /api/v2/agent_availabilities", Account.Unknown());
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
