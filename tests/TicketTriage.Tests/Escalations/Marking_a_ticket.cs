using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;
using TicketTriage.WriteBack;

namespace TicketTriage.Tests.Escalations;

/// <summary>What an escalation does to the ticket beside the note.</summary>
public sealed class Marking_a_ticket
{
    private static readonly HelpdeskTicket Ticket = new() { Number = "1", Stamp = "s", Priority = TicketPriority.Normal, Tags = ["vip"], GroupId = "7" };

    [TestCase(TicketPriority.None, TicketPriority.High, TicketPriority.High)]
    [TestCase(TicketPriority.Normal, TicketPriority.High, TicketPriority.High)]
    [TestCase(TicketPriority.High, TicketPriority.High, null)]
    [TestCase(TicketPriority.Urgent, TicketPriority.High, null)]
    [TestCase(TicketPriority.Normal, null, null)]
    public void The_priority_goes_upwards_alone(TicketPriority had, TicketPriority? raiseTo, TicketPriority? gets) => Assert.That(
        Plan(Ticket with { Priority = had }, level => level with { RaiseTo = raiseTo }).Priority, Is.EqualTo(gets));

    [Test]
    public void Tags_are_added_with_the_services_prefix_and_none_is_lost() => Assert.That(
        Plan(Ticket, level => level with { Tag = "Escalated lead" }).Tags, Is.EqualTo(["vip", "triage_escalated_lead"]));

    [TestCase("second level", null, "9")]
    [TestCase("Second Level", null, "9")]
    [TestCase("second level", "42", null)]
    [TestCase("no such group", null, null)]
    public void The_group_gets_what_nobody_has(string group, string? assignee, string? gets) => Assert.That(
        Plan(Ticket with { AssigneeId = assignee }, level => level with { ToGroup = group }).GroupId, Is.EqualTo(gets));

    [Test]
    public void Who_has_it_already_is_not_given_it_again() => Assert.That(
        Plan(Ticket with { GroupId = "9" }, level => level with { ToGroup = "second level" }).GroupId, Is.Null);

    [Test]
    public void What_a_lead_forbids_the_triage_to_set_an_escalation_does_not_set_either()
    {
        var change = Plan(
            Ticket, level => level with { RaiseTo = TicketPriority.Urgent, ToGroup = "second level" },
            new WriteBackOptions { SetPriority = false, SetGroup = false });

        Assert.That((change.Priority, change.GroupId), Is.EqualTo(((TicketPriority?)null, (string?)null)));
    }

    private static HelpdeskChange Plan(HelpdeskTicket ticket, Func<MatrixLevel, MatrixLevel> change, WriteBackOptions? options = null) =>
        HelpdeskMark.Plan(
            ticket,
            new EscalationMessage(Guid.Empty, NoticeChannel.Note, NoticePlan.Mark,
            [
                new MessageLine
                {
                    Notice = Guid.Empty, Escalation = Guid.Empty, Ticket = new TicketId("acme", "1"), Cause = "legal", Level = 1, Reasons = [],
                    Priority = "normal", RowName = "all", MatrixVersion = "1", People = [],
                },
            ]),
            [change(SomeMatrix.Level(0.5, "anna", 20))],
            [new HelpdeskGroup("7", "First level"), new HelpdeskGroup("9", "Second level")],
            options ?? new WriteBackOptions(),
            note: null);
}
