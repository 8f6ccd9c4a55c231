using TicketTriage.Helpdesks;
using TicketTriage.Routing;
using TicketTriage.Tickets;
using TicketTriage.WriteBack;

namespace TicketTriage.Tests.WriteBack;

public class ChangePlanTests
{
    private const string IntentTag = "triage_intent_orders_late";

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

    private static PlannedChange Plan(HelpdeskAbilities abilities, HelpdeskTicket? ticket = null, AppliedChange? last = null) =>
        ChangePlan.Make(
            ticket ?? Fresh, ATriage.Of(new TicketId("acme", "1")), abilities, "A late order.", [new HelpdeskGroup("7", "Orders")],
            new RoutingOptions(), skills: null, last, new WriteBackOptions());
}
