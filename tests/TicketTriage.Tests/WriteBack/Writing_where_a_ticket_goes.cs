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
    public void A_rules_tags_are_added_with_the_services_prefix() =>
        Assert.That(Plan(RoutingMode.Group, Arrived).Change.Tags, Has.Member("triage_vip_care"));

    private static PlannedChange Plan(RoutingMode mode, HelpdeskTicket ticket, AppliedChange? last = null, string skill = "refunds", string group = "Orders")
    {
        var id = new TicketId("acme", ticket.Number);
        var triage = ATriage.Of(id) with
        {
            Route = new Route(group, mode == RoutingMode.Agent ? "4711" : null, "orders", [])
            {
                RequiredSkills = [new SkillNeed(skill, 2)],
                Tags = ["VIP care"],
                FallbackGroup = "Leads",
            },
        };
        var routing = new RoutingOptions { MayMoveFrom = ["Support"], Modes = new Dictionary<string, RoutingMode> { ["acme"] = mode } };
        return ChangePlan.Make(ticket, triage, new HelpdeskAbilities(), "", Groups, routing, last, new WriteBackOptions());
    }
}
