using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.Routing;
using TicketTriage.Tickets;
using TicketTriage.WriteBack;

namespace TicketTriage.Tests.WriteBack;

public class ChangePlanTests
{
    private const string IntentTag = "triage_intent_orders_late";
    private const string RiskTag = "triage_risk_high";

    private static readonly HelpdeskTicket Fresh = new() { Number = "1", Stamp = "stamp", Subject = "Where is my order?" };

    [Test]
    public void A_tag_that_the_helpdesk_would_refuse_is_left_out_and_told()
    {
        var plan = Plan(new HelpdeskAbilities { MostTagLetters = IntentTag.Length - 1 });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Change.Tags, Has.None.StartsWith("triage_intent_").And.Contains("triage_done"));
            Assert.That(plan.Kept, Has.One.Contains($"The tag {IntentTag} was left out"));
        }
    }

    [Test]
    public void A_tag_of_just_the_most_letters_is_written()
    {
        var plan = Plan(new HelpdeskAbilities { MostTagLetters = IntentTag.Length });

        Assert.That(plan.Change.Tags, Does.Contain(IntentTag));
    }

    [Test]
    public void Where_a_field_holds_the_intent_agents_miss_nothing_without_the_tag()
    {
        var plan = Plan(new HelpdeskAbilities { MostTagLetters = IntentTag.Length - 1, Fields = [TriageField.Intent] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Change.Fields?.Keys, Does.Contain(TriageField.Intent));
            Assert.That(plan.Kept, Has.None.Contains(IntentTag));
        }
    }

    [Test]
    public void A_tag_left_out_before_was_not_removed_by_a_person()
    {
        var abilities = new HelpdeskAbilities { MostTagLetters = IntentTag.Length - 1 };
        var first = Plan(abilities).Change;
        var last = new AppliedChange(first.Tags ?? [], first.Priority, first.GroupId);
        var second = Fresh with { Tags = first.Tags ?? [], Priority = first.Priority ?? TicketPriority.None, GroupId = first.GroupId };

        var plan = Plan(abilities, second, last);

        Assert.That(plan.Kept, Has.None.Contains("by a person"));
    }

    [TestCase(IntentRisk.High, true)]
    [TestCase(IntentRisk.Medium, false)]
    [TestCase(IntentRisk.Low, false)]
    [TestCase(null, false)]
    public void What_may_never_be_automated_carries_a_tag_that_keeps_bots_away(IntentRisk? risk, bool isMarked)
    {
        var plan = PlanOf(risk);

        Assert.That(plan.Change.Tags?.Contains(RiskTag), Is.EqualTo(isMarked));
    }

    [Test]
    public void The_tag_goes_when_the_ticket_turns_out_to_be_about_something_else()
    {
        var (before, last) = After(PlanOf(IntentRisk.High));

        Assert.That(PlanOf(IntentRisk.Low, before, last).Change.Tags, Does.Not.Contain(RiskTag).And.Contain("triage_done"));
    }

    [Test]
    public void The_tag_stays_away_where_a_person_took_it_off()
    {
        var (before, last) = After(PlanOf(IntentRisk.High));

        var plan = PlanOf(IntentRisk.High, before with { Tags = [.. before.Tags.Where(tag => tag != RiskTag)] }, last);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Change.Tags, Does.Not.Contain(RiskTag));
            Assert.That(plan.Kept, Has.One.EqualTo($"The tag {RiskTag} was taken away by a person and stays away."));
        }
    }

    [Test]
    public void Somebody_elses_tag_of_that_name_stays() =>
        Assert.That(PlanOf(IntentRisk.Low, Fresh with { Tags = [RiskTag] }).Change.Tags, Does.Contain(RiskTag));

    private static (HelpdeskTicket Ticket, AppliedChange Last) After(PlannedChange plan) => (
        Fresh with { Tags = plan.Change.Tags ?? [], Priority = plan.Change.Priority ?? TicketPriority.None, GroupId = plan.Change.GroupId },
        new AppliedChange(plan.Change.Tags ?? [], plan.Change.Priority, plan.Change.GroupId));

    private static PlannedChange PlanOf(IntentRisk? risk, HelpdeskTicket? ticket = null, AppliedChange? last = null)
    {
        var triage = ATriage.Of(new TicketId("acme", "1"));
        return ChangePlan.Make(
            ticket ?? Fresh, triage with { Understanding = triage.Understanding with { Risk = risk } }, new HelpdeskAbilities(), "A late order.",
            [new HelpdeskGroup("7", "Orders")], new RoutingOptions(), skills: null, last, new WriteBackOptions());
    }

    private static PlannedChange Plan(HelpdeskAbilities abilities, HelpdeskTicket? ticket = null, AppliedChange? last = null) =>
        ChangePlan.Make(
            ticket ?? Fresh, ATriage.Of(new TicketId("acme", "1")), abilities, "A late order.", [new HelpdeskGroup("7", "Orders")],
            new RoutingOptions(), skills: null, last, new WriteBackOptions());
}
