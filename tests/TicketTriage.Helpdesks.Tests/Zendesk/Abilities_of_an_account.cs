namespace TicketTriage.Helpdesks.Tests.Zendesk;

[CancelAfter(30_000)]
public class Abilities_of_an_account
{
    private const string LatestTicket = "GET /api/v2/tickets";
    private const string PolicyMetrics = "GET /api/v2/tickets/42/slas/policy_metrics";
    private const string MetricEvents = "GET /api/v2/incremental/ticket_metric_events";
    private const string Attributes = "GET /api/v2/routing/attributes";
    private const string Availability = "GET /api/v2/agent_availabilities";

    [Test]
    public async Task An_administrator_of_a_full_account_can_do_everything()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.PlanAbilities();

        var abilities = await connected.Helpdesk.FindAbilitiesAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(abilities.Missing, Is.Empty);
            Assert.That(abilities.Fields, Is.EquivalentTo(Enum.GetValues<TriageField>()));
            Assert.That((abilities.RefusesStaleChanges, abilities.LinksProblems, abilities.HasSkills, abilities.HasAvailability),
                Is.EqualTo((true, true, true, true)));
            Assert.That(abilities.ServiceLevels, Is.EqualTo(ServiceLevelSource.WithTicket));
        }
    }

    [Test]
    public async Task An_agent_without_rights_still_triages_and_each_gap_is_told_and_logged()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Fields, Reply.Json(Account.AllFields));
        connected.Zendesk.Plan(LatestTicket, Reply.Json("""{"tickets":[{"id":42,"slas":null}]}"""));
        connected.Zendesk.Plan(PolicyMetrics, Account.Unknown());
        connected.Zendesk.Plan(MetricEvents, Account.Forbidden());
        connected.Zendesk.Plan(Attributes, Account.Forbidden());
        connected.Zendesk.Plan(Availability, Account.Forbidden());

        var abilities = await connected.Helpdesk.FindAbilitiesAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(abilities.RefusesStaleChanges, Is.True);
            Assert.That(abilities.Fields, Is.Not.Empty);
            Assert.That(abilities.ServiceLevels, Is.EqualTo(ServiceLevelSource.None));
            Assert.That((abilities.HasSkills, abilities.HasAvailability), Is.EqualTo((false, false)));
            Assert.That(abilities.Missing, Has.Count.EqualTo(3).And.All.Contains("403"));
            Assert.That(connected.Warnings, Has.Count.EqualTo(3));
        }
    }

    [Test]
    public async Task Service_levels_of_a_ticket_alone_are_the_second_way()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        PlanWithoutSlas(connected.Zendesk);
        connected.Zendesk.Plan(PolicyMetrics, Reply.Json("""{"policy_metrics":[]}"""));

        Assert.That((await connected.Helpdesk.FindAbilitiesAsync(Patience())).ServiceLevels, Is.EqualTo(ServiceLevelSource.OfTicket));
    }

    [Test]
    public async Task The_record_of_events_is_the_last_way_to_service_levels()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        PlanWithoutSlas(connected.Zendesk);
        connected.Zendesk.Plan(PolicyMetrics, Reply.Json("{}"));
        connected.Zendesk.Plan(MetricEvents, Reply.Json("""{"ticket_metric_events":[],"end_time":1}"""));

        Assert.That((await connected.Helpdesk.FindAbilitiesAsync(Patience())).ServiceLevels, Is.EqualTo(ServiceLevelSource.Events));
    }

    [Test]
    public async Task They_are_found_out_once_an_hour()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.PlanAbilities();
        await connected.Helpdesk.FindAbilitiesAsync(Patience());
        var first = connected.Zendesk.Calls.Count;

        connected.Clock.Advance(TimeSpan.FromMinutes(59));
        await connected.Helpdesk.FindAbilitiesAsync(Patience());
        var meanwhile = connected.Zendesk.Calls.Count;
        connected.Clock.Advance(TimeSpan.FromMinutes(1));
        connected.Zendesk.PlanAbilities();
        await connected.Helpdesk.FindAbilitiesAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(meanwhile, Is.EqualTo(first));
            Assert.That(connected.Zendesk.Calls, Has.Count.EqualTo(2 * first));
        }
    }

    [Test]
    public async Task What_was_away_is_asked_again_after_five_minutes_and_costs_the_others_nothing()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan(Account.Fields, Reply.Json(Account.AllFields));
        connected.Zendesk.Plan(LatestTicket, Reply.Json("""{"tickets":[]}"""));
        connected.Zendesk.Plan(Attributes, Reply.Status(503, ("Retry-After", "120")));
        connected.Zendesk.Plan(Availability, Reply.Json("""{"data":[]}"""));
        var first = await connected.Helpdesk.FindAbilitiesAsync(Patience());

        connected.Clock.Advance(TimeSpan.FromMinutes(5));
        connected.Zendesk.PlanAbilities();
        // What was listed is known for an hour, whatever else was away.
        var second = await connected.Helpdesk.FindAbilitiesAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.HasSkills, first.HasAvailability), Is.EqualTo((false, true)));
            Assert.That(first.Missing, Has.One.Contains("503").And.One.Contains("no ticket yet"));
            Assert.That((second.HasSkills, second.Missing.Count), Is.EqualTo((true, 0)));
        }
    }

    [Test]
    public async Task Wrong_credentials_are_no_gap_but_a_refusal()
    {
        await using var connected = await ConnectedZendesk.StartAsync(("Email", "bot@example.com"), ("ApiToken", "mistyped"));
        connected.Zendesk.Plan(Account.Fields, Reply.Json("""{"error":"Couldn't authenticate you"}""", 401));

        Assert.That(() => connected.Helpdesk.FindAbilitiesAsync(Patience()),
            Throws.TypeOf<HelpdeskRefusedException>().With.Message.Contains("Helpdesks:acme:ClientId"));
    }

    private static void PlanWithoutSlas(ScriptedZendesk zendesk)
    {
        zendesk.Plan(Account.Fields, Reply.Json(Account.AllFields));
        zendesk.Plan(LatestTicket, Reply.Json("""{"tickets":[{"id":42}]}"""));
        zendesk.Plan(Attributes, Reply.Json("""{"attributes":[]}"""));
        zendesk.Plan(Availability, Account.Unknown());
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
