using NodaTime;
using TicketTriage.Agents;
using TicketTriage.Helpdesks;

namespace TicketTriage.Tests.Agents;

public sealed class Reading_a_roster
{
    [Test]
    public void Who_is_unknown_or_not_active_in_the_helpdesk_is_named_with_the_line()
    {
        var roster = RosterFile.Read("id,name\n1,Anna\n2,Ben\n3,Cem").Agents;
        HelpdeskAgent[] known = [new("1", "Anna", null, IsActive: true, [], []), new("3", "Cem", null, IsActive: false, [], [])];

        Assert.That(RosterFile.FindStrangers(roster, known), Is.EqualTo(
        [
            "Line 3: the helpdesk has no agent 2 who can have tickets.",
            "Line 4: agent 3 is not active in the helpdesk any more.",
        ]));
    }

    [Test]
    public void Everything_that_a_roster_can_say_is_read()
    {
        var reading = RosterFile.Read(
            """
            id;name;skills;languages;groups;capacity;channels;zone;hours;absences
            11;"Meier; Anna";refunds:5 german:3;de en;Billing|Customer Care;4;chat:1 email:2;Europe/Berlin;Mon-Fri 09:00-17:00, Sat 10:00-12:00;2026-12-24..2026-12-26
            """);
        var agent = reading.Agents[0].Entry.ToAgent("11", reading.Agents[0].Name);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.Faults, Is.Empty);
            Assert.That(agent.Name, Is.EqualTo("Meier; Anna"));
            Assert.That(agent.Skills, Is.EquivalentTo(new Dictionary<string, int> { ["refunds"] = 5, ["german"] = 3 }));
            Assert.That(agent.Groups, Is.EqualTo(["Billing", "Customer Care"]));
            Assert.That((agent.MostUnits, agent.UnitsOf("email"), agent.UnitsOf("chat"), agent.UnitsOf("phone")), Is.EqualTo((4, 2, 1, 1)));
            Assert.That(agent.WorksAt(Instant.FromUtc(2026, 12, 23, 8, 0)), Is.True, "Nine o'clock in Berlin.");
            Assert.That(agent.WorksAt(Instant.FromUtc(2026, 12, 23, 16, 0)), Is.False, "Five o'clock in Berlin.");
            Assert.That(agent.WorksAt(Instant.FromUtc(2026, 12, 24, 9, 0)), Is.False, "Away.");
            Assert.That(agent.WorksAt(Instant.FromUtc(2026, 12, 27, 9, 0)), Is.False, "A Sunday.");
        }
    }

    [TestCase("1,Anna\n2,Ben\n2,Cem", "Line 4: the id 2 stands in lines 3 and 4; each agent has one line.")]
    [TestCase("1,Anna\n2,anna", "Line 3: the name Anna stands in lines 2 and 3; each agent has one line.")]
    [TestCase("1,Anna\n,Ben", "Line 3: the id is missing.")]
    [TestCase("1,Anna,more", "Line 2: it has 3 cells and the first line has 2.")]
    public void A_line_that_makes_no_sense_is_refused_with_its_number_and_none_counts(string lines, string fault)
    {
        var reading = RosterFile.Read($"id,name\n{lines}\n");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.Agents, Is.Empty);
            Assert.That(reading.Faults, Has.One.EqualTo(fault));
        }
    }

    [TestCase("skills", "refunds:9", "Line 2: skills, refunds is 9 and has to be a whole number from 1 to 5.")]
    [TestCase("capacity", "-1", "Line 2: capacity is -1 and has to be a whole number from 0 to 1000.")]
    [TestCase("zone", "Europe/Atlantis", "Line 2: there is no time zone Europe/Atlantis; expected a name such as Europe/Berlin.")]
    [TestCase("hours", "9 to 5", "Line 2: 9 to 5 is no working time such as Mon-Fri 09:00-17:00.")]
    [TestCase("absences", "2026-12-26..2026-12-24", "Line 2: 2026-12-26..2026-12-24 is no absence such as 2026-12-24..2026-12-27.")]
    public void A_cell_that_makes_no_sense_is_refused(string column, string cell, string fault) =>
        Assert.That(RosterFile.Read($"id,name,{column}\n1,Anna,{cell}").Faults, Is.EqualTo([fault]));

    [Test]
    public void An_unknown_column_is_refused() =>
        Assert.That(RosterFile.Read("id,name,mood\n1,Anna,good").Faults, Has.One.StartsWith("Line 1: there is no column mood"));

    [Test]
    public void An_agent_leaves_at_the_end_of_the_shift_or_before_an_absence()
    {
        var entry = new AgentEntry { Hours = "Mon-Fri 09:00-17:00", Zone = "Europe/Berlin", Absences = ["2026-12-24"] };
        var agent = entry.ToAgent("1", "Anna");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(agent.LeavesAfter(Instant.FromUtc(2026, 12, 22, 15, 0)).TotalMinutes, Is.EqualTo(60).Within(1));
            Assert.That((agent with { Hours = null }).LeavesAfter(Instant.FromUtc(2026, 12, 23, 20, 0)).TotalMinutes, Is.EqualTo(180));
        }
    }
}
