namespace TicketTriage.Helpdesks.Tests.Zendesk;

[CancelAfter(30_000)]
public class Listing_people
{
    private const string Users = "GET /api/v2/users";
    private const string Memberships = "GET /api/v2/group_memberships";
    private const string Attributes = "GET /api/v2/routing/attributes";
    private const string SkillsOfMany = "GET /api/v2/routing/agents/instance_values";
    private const string Availability = "GET /api/v2/agent_availabilities";

    private const string TwoAgents = """
        {"users":[{"id":1,"name":"Ana","email":"ana@example.com","role":"admin","role_type":4,"active":true,"locale":"de",
                   "iana_time_zone":"Europe/Berlin","time_zone":"Berlin","alias":null},
                  {"id":2,"name":"Ben","email":null,"role":"agent","role_type":null,"active":true,"suspended":true,"time_zone":"London"}],
         "meta":{"has_more":false}}
        """;

    [Test]
    public async Task A_customer_is_found_by_the_whole_address_alone()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.Plan("GET /api/v2/users/search", Reply.Json("""
            {"users":[{"id":8,"email":"anna.ray@example.com"},{"id":9,"email":"Ann.Ray@Example.com"},null]}
            """), Reply.Json("""{"users":[{"id":8,"email":"anna.ray@example.com"}]}"""));

        var found = await connected.People.FindCustomerAsync("ann.ray@example.com", Patience());
        var unknown = await connected.People.FindCustomerAsync("ray@example.com", Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((found, unknown), Is.EqualTo(("9", (string?)null)));
            Assert.That(connected.Zendesk.Calls[0].Query["query"], Is.EqualTo("email:\"ann.ray@example.com\""));
        }
    }

    [Test]
    public async Task Agents_come_with_groups_and_skills_over_all_pages()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.PlanAbilities();
        var notTheEnd = TwoAgents.Replace("\"has_more\":false", "\"has_more\":true,\"after_cursor\":\"p2\"", StringComparison.Ordinal);
        connected.Zendesk.Plan(Users, Reply.Json(notTheEnd),
            Reply.Json("""{"users":[{"id":3,"name":"Light","role":"agent","role_type":1},null],"meta":{"has_more":false}}"""));
        connected.Zendesk.Plan(Memberships, Reply.Json("""
            {"group_memberships":[{"user_id":1,"group_id":70},{"user_id":1,"group_id":71},{"user_id":9,"group_id":70},{"user_id":null}]}
            """));
        connected.Zendesk.Plan(SkillsOfMany, Reply.Json("""
            {"instance_values":[{"agent_id":1,"attribute_value_id":"v1"},{"agent_id":1,"attribute_value_id":"v2"}]}
            """));

        var agents = await connected.People.ListAgentsAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(agents.Select(agent => agent.Name), Is.EqualTo(new[] { "Ana", "Ben" }), "who can't have tickets is left out");
            Assert.That(agents[0].GroupIds, Is.EqualTo(new[] { "70", "71" }));
            Assert.That(agents[0].SkillIds, Is.EqualTo(new[] { "v1", "v2" }));
            Assert.That((agents[0].Language, agents[0].TimeZone, agents[0].IsActive), Is.EqualTo(("de", "Europe/Berlin", true)));
            Assert.That((agents[1].IsActive, agents[1].TimeZone, agents[1].GroupIds.Count), Is.EqualTo((false, "London", 0)));
            Assert.That(connected.Zendesk.Calls[0].Query["role[]"], Is.EqualTo("agent,admin"));
        }
    }

    [Test]
    public async Task Who_may_not_manage_skills_reads_them_one_agent_at_a_time()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.PlanAbilities();
        connected.Zendesk.Plan(Users, Reply.Json(TwoAgents));
        connected.Zendesk.Plan(Memberships, Reply.Json("""{"group_memberships":[]}"""));
        connected.Zendesk.Plan(SkillsOfMany, Account.Forbidden());
        connected.Zendesk.Plan(
            "GET /api/v2/routing/agents/1/instance_values", Reply.Json("""{"attribute_values":[{"id":"v1","name":"German"}]}"""));
        connected.Zendesk.Plan("GET /api/v2/routing/agents/2/instance_values", Reply.Json("""{"attribute_values":[]}"""));

        var agents = await connected.People.ListAgentsAsync(Patience());

        Assert.That(agents.Select(agent => agent.SkillIds.Count), Is.EqualTo(new[] { 1, 0 }));
    }

    [Test]
    public async Task Skills_carry_what_they_are_sorted_by()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.PlanAbilities();
        connected.Zendesk.Plan(Attributes, Reply.Json("""
            {"attributes":[{"id":"a1","name":"Language"}],"attribute_values":[{"id":"v1","attribute_id":"a1","name":"German"}]}
            """));

        Assert.That(await connected.People.ListSkillsAsync(Patience()), Is.EqualTo(new[] { new HelpdeskSkill("v1", "Language: German") }));
    }

    [Test]
    public async Task Presence_is_the_channel_of_tickets_and_who_is_not_on_it_is_away_from_tickets()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.PlanAbilities();
        connected.Zendesk.Plan(Availability, Reply.Json("""
            {"data":[
             {"attributes":{"agent_id":1,"agent_status":{"name":"away"}},
              "relationships":{"channels":{"data":[{"id":"1|messaging"},{"id":"1|support"}]}}},
             {"attributes":{"agent_id":2},"relationships":null}],
             "included":[
              {"id":"1|messaging","type":"channels",
               "attributes":{"name":"messaging","status":"offline","max_capacity":3,"work_item_count":0}},
              {"id":"1|support","type":"channels",
               "attributes":{"name":"support","status":"ONLINE","max_capacity":10,"work_item_count":4}}]}
            """));
        connected.Zendesk.Plan("GET /api/v2/search/count", Reply.Json("""{"count":6}"""), Reply.Json("""{"count":5}"""));

        var presence = await connected.People.ListPresenceAsync(["1", "2", "3"], Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(presence, Is.EqualTo(new[]
            {
                new AgentPresence("1", true, 4, 10),
                new AgentPresence("2", false, 6, null) { IsFromSearch = true },
                new AgentPresence("3", null, 5, null) { IsFromSearch = true },
            }));
            Assert.That(connected.Zendesk.Calls[^1].Query["query"], Is.EqualTo("type:ticket status<solved assignee:3"));
        }
    }

    [Test]
    public async Task Away_is_who_is_not_online_on_the_channel_of_tickets_and_nobody_is_counted_for_it()
    {
        await using var connected = await ConnectedZendesk.StartAsync();
        connected.Zendesk.PlanAbilities();
        connected.Zendesk.Plan(Availability, Reply.Json("""
            {"data":[
             {"attributes":{"agent_id":1},"relationships":{"channels":{"data":[{"id":"1|support"}]}}},
             {"attributes":{"agent_id":2},"relationships":{"channels":{"data":[{"id":"2|support"}]}}},
             {"attributes":{"agent_id":3},"relationships":null}],
             "included":[
              {"id":"1|support","type":"channels","attributes":{"name":"support","status":"online"}},
              {"id":"2|support","type":"channels","attributes":{"name":"support","status":"away"}}]}
            """));

        var away = await connected.People.ListAwayAsync(Patience());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(away, Is.EquivalentTo(["2", "3"]));
            Assert.That(connected.Zendesk.Calls.Select(call => call.Path), Has.None.Contains("search"));
        }
    }

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;
}
