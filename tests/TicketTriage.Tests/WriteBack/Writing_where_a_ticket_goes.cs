using TicketTriage.Helpdesks;
using TicketTriage.Routing;
using TicketTriage.Routing.Rules;
using TicketTriage.Tickets;
using TicketTriage.WriteBack;

namespace TicketTriage.Tests.WriteBack;

public sealed class Writing_where_a_ticket_goes
{
    private static readonly HelpdeskGroup[] Groups = [new("1", "Support"), new("2", "Orders"), new("3", "Leads")];

    private static readonly HelpdeskTicket Arrived = new() { Number = "7", Stamp = "stamp before", GroupId = "1" };

    [TestCase(RoutingMode.Suggest, null, null)]
    [TestCase(RoutingMode.Group, "2", null)]
    [TestCase(RoutingMode.Agent, "2", "4711")]
    [TestCase(RoutingMode.Skills, "2", null)]
    public void Each_mode_writes_its_part(RoutingMode mode, string? group, string? agent)
    {
        var change = Plan(mode, Arrived).Change;

        Assert.That((change.GroupId, change.AssigneeId), Is.EqualTo((group, agent)));
    }

    [TestCase(null, "3")]
    [TestCase("2", null)]
    public void Where_the_group_is_gone_the_fallback_group_gets_what_would_be_in_none(string? present, string? expected)
    {
        var plan = Plan(RoutingMode.Group, Arrived with { GroupId = present }, group: "Renamed");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Change.GroupId, Is.EqualTo(expected));
            Assert.That(plan.Kept, Has.One.Contains("The helpdesk has no group Renamed"));
        }
    }

    [Test]
    public void An_agent_whom_a_person_has_chosen_stays()
    {
        var plan = Plan(RoutingMode.Agent, Arrived with { GroupId = "2", AssigneeId = "42" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Change.AssigneeId, Is.Null);
            Assert.That(plan.Kept, Has.One.Contains("4711"));
        }
    }

    [Test]
    public void A_group_that_a_person_has_chosen_keeps_the_agent_of_another_away()
    {
        var plan = Plan(RoutingMode.Agent, Arrived with { GroupId = "3" });

        Assert.That((plan.Change.GroupId, plan.Change.AssigneeId), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public void Where_the_helpdesk_picks_the_agent_the_skills_stand_as_tags()
    {
        var first = Plan(RoutingMode.Skills, Arrived).Change;
        var last = new AppliedChange(first.Tags ?? [], null, "2");
        var again = Plan(RoutingMode.Skills, Arrived with { Tags = first.Tags ?? [], GroupId = "2" }, last, skill: "parcels").Change;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Tags, Has.Member("triage_skill_refunds"));
            Assert.That(again.Tags, Has.Member("triage_skill_parcels").And.No.Member("triage_skill_refunds"));
        }
    }

    [Test]
    public void Where_the_ticket_takes_skills_they_are_added_to_those_that_others_gave_it()
    {
        var first = PlanSkills(present: ["german"], last: null);
        var again = PlanSkills(present: ["german", "id of refunds"], last: first);
        var other = PlanSkills(present: ["german", "id of refunds"], last: first, skill: "parcels");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first?.All, Is.EquivalentTo(["german", "id of refunds"]));
            Assert.That(again, Is.Null, "nothing to change");
            Assert.That(other?.All, Is.EquivalentTo(["german", "id of parcels"]));
        }
    }

    [Test]
    public void A_skill_that_a_person_took_off_stays_off_however_often_it_is_found()
    {
        var first = PlanSkills(present: [], last: null);
        var second = Plan(RoutingMode.Skills, Arrived, new AppliedChange([], null, null) { Skills = first?.Own }, skills: ["german"]);
        var parcels = PlanSkills(present: ["german"], last: first, skill: "parcels");
        var third = PlanSkills(present: ["german", "id of parcels"], last: parcels);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Change.Skills, Is.Null);
            Assert.That(second.Kept, Has.One.EqualTo("The skill Subject: refunds was taken off by a person and stays off."));
            Assert.That(parcels?.All, Is.EquivalentTo(["german", "id of parcels"]));
            Assert.That(third?.All, Is.EqualTo(["german"]), "what was given here is taken back, and nothing comes in its place");
        }
    }

    [Test]
    public void A_skill_that_a_person_gave_is_not_taken_back_with_those_given_here()
    {
        var first = PlanSkills(present: ["id of refunds"], last: null);
        var later = PlanSkills(present: ["id of refunds"], last: first, skill: "parcels");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.Null);
            Assert.That(later?.All, Is.EquivalentTo(["id of refunds", "id of parcels"]));
        }
    }

    [Test]
    public void Where_the_tickets_skills_are_not_shown_none_is_set() =>
        Assert.That(Plan(RoutingMode.Skills, Arrived, skills: null).Change.Skills, Is.Null);

    [Test]
    public void A_rules_tags_are_added_with_the_services_prefix() =>
        Assert.That(Plan(RoutingMode.Group, Arrived).Change.Tags, Has.Member("triage_vip_care"));

    [Test]
    public void Where_routing_only_suggests_a_rules_tags_are_not_written() =>
        Assert.That(Plan(RoutingMode.Suggest, Arrived).Change.Tags, Has.No.Member("triage_vip_care"));

    private static SkillChange? PlanSkills(string[] present, SkillChange? last, string skill = "refunds") =>
        Plan(RoutingMode.Skills, Arrived, new AppliedChange([], null, null) { Skills = last?.Own }, skill, skills: present).Change.Skills;

    private static PlannedChange Plan(
        RoutingMode mode, HelpdeskTicket ticket, AppliedChange? last = null, string skill = "refunds", string group = "Orders",
        string[]? skills = null)
    {
        var id = new TicketId("acme", ticket.Number);
        var triage = ATriage.Of(id) with
        {
            Route = new Route(group, mode == RoutingMode.Agent ? "4711" : null, "orders", [])
            {
                RequiredSkills = [new SkillNeed(skill, 2)],
                Skills = [new HelpdeskSkill($"id of {skill}", $"Subject: {skill}")],
                Tags = ["VIP care"],
                FallbackGroup = "Leads",
            },
        };
        var routing = new RoutingOptions { MayMoveFrom = ["Support"], Modes = new Dictionary<string, RoutingMode> { ["acme"] = mode } };
        return ChangePlan.Make(ticket, triage, new HelpdeskAbilities(), "", Groups, routing, skills, last, new WriteBackOptions());
    }
}
