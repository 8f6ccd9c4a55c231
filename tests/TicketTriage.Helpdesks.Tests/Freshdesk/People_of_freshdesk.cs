using Microsoft.AspNetCore.Http;
using TicketTriage.Helpdesks.Tests.Zendesk;

namespace TicketTriage.Helpdesks.Tests.Freshdesk;

[CancelAfter(30_000)]
public class People_of_freshdesk
{
    private const string Form = """
        [{"id":7,"name":"group","type":"default_group","choices":{"Billing":4,"Support":2}},
        {"id":8,"name":"agent","type":"default_agent","choices":{"Ana Ruiz":12,"Triage":99}},
        {"id":5,"name":"status","type":"default_status","choices":{"2":["Open","Open"],"3":["Pending","x"],"4":["Resolved","x"],
        "5":["Closed","x"],"6":["Waiting","x"]}},
        null]
        """;

    [Test]
    public async Task Agents_are_listed_with_groups_and_skills_over_all_pages()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET agents",
            Reply.Json("""
                [{"id":12,"group_ids":[4],"skill_ids":[1,2],
                "contact":{"name":"Ana Ruiz","email":"ana@acme.example","language":"es","time_zone":"Madrid"}}]
                """, 200, ("link", "<https://acme.example/api/v2/agents?page=2>; rel=\"next\"")),
            Reply.Json("""[{"id":13,"group_ids":null,"deactivated":true,"contact":null},{"id":null},null]"""));

        var agents = await connected.People.ListAgentsAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(agents.Select(agent => (agent.Id, agent.Name, agent.IsActive)),
                Is.EqualTo(new[] { ("12", "Ana Ruiz", true), ("13", "", false) }));
            Assert.That(agents[0].GroupIds, Is.EqualTo(new[] { "4" }));
            Assert.That(agents[0].SkillIds, Is.EqualTo(new[] { "1", "2" }));
            Assert.That((agents[0].Language, agents[0].TimeZone), Is.EqualTo(("es", "Madrid")));
        }
    }

    [Test]
    public async Task Without_the_right_groups_and_agents_are_read_from_the_form()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET groups", Denied());
        connected.Freshdesk.Plan("GET agents", Denied());
        connected.Freshdesk.Plan("GET ticket_fields", Reply.Json(Form), Reply.Json(Form));

        var groups = await connected.Helpdesk.ListGroupsAsync(Patience());
        var agents = await connected.People.ListAgentsAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(groups, Is.EqualTo(new[] { new HelpdeskGroup("4", "Billing"), new HelpdeskGroup("2", "Support") }));
            Assert.That(agents.Select(agent => (agent.Id, agent.Name)), Is.EqualTo(new[] { ("12", "Ana Ruiz"), ("99", "Triage") }));
        }
    }

    [Test]
    public async Task Availability_is_that_of_the_queue_of_tickets_and_who_is_on_none_has_what_is_counted()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        const string Availability = """
            [{"id":12,"availability":{"channel_availability":[
            {"channel":"Messaging queue","available":true,"assignment_limit":3,"current_assignment_load":1},
            {"channel":"Email queue","available":false,"assignment_limit":10,"current_assignment_load":4}]}},
            {"id":13,"availability":{"channel_availability":[
            {"channel":"freshdesk","available":true,"assignment_limit":5,"current_assignment_load":2}]}},
            {"id":14,"available":true,"availability":{"channel_availability":[]}}]
            """;
        connected.Freshdesk.Plan("GET ticket_fields", Reply.Json(Form), Reply.Json(Form));
        connected.Freshdesk.Plan("GET search/tickets", Reply.Json("""{"total":3,"results":[]}"""));
        connected.Freshdesk.Plan("GET admin/skills", Reply.Json("[]"));
        connected.Freshdesk.Plan("GET agents", Reply.Json(Availability), Reply.Json(Availability));

        var presence = await connected.People.ListPresenceAsync(["12", "13", "14"], Patience());

        Assert.That(presence, Is.EqualTo(new[]
        {
            new AgentPresence("12", false, 4, 10),
            new AgentPresence("13", true, 2, 5),
            new AgentPresence("14", true, 3, null) { IsFromSearch = true },
        }));
    }

    [Test]
    public async Task Away_is_who_takes_no_tickets_by_the_helpdesks_word_and_nobody_is_counted_for_it()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        const string Availability = """
            [{"id":12,"availability":{"channel_availability":[{"channel":"Email queue","available":false}]}},
            {"id":13,"available":false,"availability":{"channel_availability":[{"channel":"freshdesk","available":true}]}},
            {"id":14,"available":false,"availability":{"channel_availability":[]}}]
            """;
        connected.Freshdesk.Plan("GET ticket_fields", Reply.Json(Form));
        connected.Freshdesk.Plan("GET admin/skills", Reply.Json("[]"));
        connected.Freshdesk.Plan("GET agents", Reply.Json(Availability), Reply.Json(Availability));

        Assert.That(await connected.People.ListAwayAsync(Patience()), Is.EquivalentTo(["12", "14"]));
    }

    [Test]
    public async Task Where_it_is_not_kept_tickets_are_counted_in_all_open_statuses()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET admin/skills", Denied());
        connected.Freshdesk.Plan("GET agents", Reply.Json("""[{"id":12,"available":true}]"""));
        connected.Freshdesk.Plan("GET ticket_fields", Reply.Json(Form), Reply.Json(Form));
        connected.Freshdesk.Plan("GET search/tickets", Reply.Json("""{"total":17,"results":[]}"""));

        var presence = await connected.People.ListPresenceAsync(["12"], Patience());
        var abilities = await connected.Helpdesk.FindAbilitiesAsync(Patience());
        var skills = await connected.People.ListSkillsAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(presence, Is.EqualTo(new[] { new AgentPresence("12", null, 17, null) { IsFromSearch = true } }));
            Assert.That(connected.Freshdesk.Calls[^1].Query["query"], Is.EqualTo("\"agent_id:12 AND (status:2 OR status:3 OR status:6)\""));
            Assert.That((abilities.HasAvailability, abilities.HasSkills, abilities.RefusesStaleChanges), Is.EqualTo((false, false, false)));
            Assert.That(abilities.Missing, Has.One.StartsWith("Agents' skills don't count in routing. Freshdesk keeps the skills"));
            Assert.That(skills, Is.Empty);
        }
    }

    [Test]
    public async Task Abilities_are_looked_up_again_after_an_hour()
    {
        await using var connected = await ConnectedFreshdesk.StartAsync();
        connected.Freshdesk.Plan("GET ticket_fields",
            Reply.Json("""[{"name":"cf_triage_intent"},{"name":"cf_triage_intent_of_before"},{"name":"cf_triage_product_2974"}]"""),
            Denied());
        connected.Freshdesk.Plan("GET admin/skills", Denied(), Reply.Json("""[{"id":1,"name":"German"}]"""));
        connected.Freshdesk.Plan("GET agents", Reply.Json("[]"), Reply.Json("[]"));

        var first = await connected.Helpdesk.FindAbilitiesAsync(Patience());
        connected.Clock.Advance(TimeSpan.FromMinutes(59));
        var same = await connected.Helpdesk.FindAbilitiesAsync(Patience());
        connected.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await connected.Helpdesk.FindAbilitiesAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.HasSkills, same.HasSkills, later.HasSkills), Is.EqualTo((false, false, true)));
            Assert.That(first.Fields, Is.EqualTo(new[] { TriageField.Intent, TriageField.Product }));
            Assert.That(first.Missing, Has.One.StartsWith("Tickets have no field cf_triage_summary:"));
            Assert.That(later.Fields, Is.Empty);
            Assert.That(later.Missing, Has.One.StartsWith("No field is filled. Freshdesk keeps the ticket fields"));
        }
    }

    private static RequestDelegate Denied() => Reply.Json("""{"code":"access_denied","message":"You are not authorized"}""", 403);

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
