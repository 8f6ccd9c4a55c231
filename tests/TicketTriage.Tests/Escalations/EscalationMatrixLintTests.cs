using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Tests.Escalations;

public sealed class EscalationMatrixLintTests
{
    [Test]
    public void The_shipped_matrix_has_three_levels_and_no_faults()
    {
        var matrix = EscalationMatrix.LoadShipped().Content;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(EscalationMatrixLint.FindFaults(matrix), Is.Empty);
            Assert.That(matrix.Rows.Select(row => row.Levels.Count), Is.All.EqualTo(3));
            Assert.That(matrix.AtOnce.Select(rule => rule.Cause), Is.SupersetOf((string[])["wants_person", "may_leave", "legal", "payment_stop"]));
        }
    }

    [Test]
    public void A_level_without_people_is_named() => Assert.That(
        FaultsWith(level => level with { Who = [] }), Does.Contain("Row all, level 1 has nobody in who, so nobody would hear of it."));

    [Test]
    public void A_person_who_does_not_exist_is_named() => Assert.That(
        FaultsWith(level => level with { Who = ["dora"] }),
        Does.Contain("Row all, level 1: dora is neither a person nor a roster, nor assignee or group."));

    [Test]
    public void A_level_without_a_way_to_tell_is_named() => Assert.That(
        FaultsWith(level => level with { By = [] }), Does.Contain("Row all, level 1 names no way in by; write Note, Mail, Chat or Webhook."));

    [Test]
    public void A_roster_in_a_zone_that_does_not_exist_is_named()
    {
        var matrix = SomeMatrix.Matrix with
        {
            Rosters = new Dictionary<string, Roster> { ["night"] = new() { Zone = "Mars/Olympus", Shifts = [new Shift("dora", "22-6")] } },
        };

        Assert.That(EscalationMatrixLint.FindFaults(matrix), Is.EquivalentTo((string[])
        [
            "Roster night: there is no time zone Mars/Olympus; write a name such as Europe/Berlin.",
            "Roster night names dora, who is not among people.",
            "Roster night: 22-6 is no window such as 09:00-17:00.",
        ]));
    }

    [Test]
    public void A_matrix_that_would_be_silent_for_some_tickets_is_refused() => Assert.That(
        EscalationMatrixLint.FindFaults(SomeMatrix.Matrix with { Rows = [SomeMatrix.Matrix.Rows[0] with { Priorities = [TicketPriority.High] }] }),
        Does.Contain("The last row has to fit every ticket: give it no intents, priorities or segments, or add such a row."));

    [Test]
    public void A_fallback_who_is_nobody_is_named() => Assert.That(
        EscalationMatrixLint.FindFaults(SomeMatrix.Matrix with { Fallback = "dora" }),
        Does.Contain("fallback is dora, who is not among people; without one a gap in a roster would be silence."));

    [Test]
    public void Agents_quiet_hours_that_are_none_are_named() => Assert.That(
        EscalationMatrixLint.FindFaults(SomeMatrix.Matrix with { AgentQuietHours = new QuietHours("22-6", "Mars/Olympus") }),
        Is.EquivalentTo((string[])
        [
            "agentQuietHours: there is no time zone Mars/Olympus; write a name such as Europe/Berlin.",
            "agentQuietHours: 22-6 is no window such as 09:00-17:00.",
        ]));

    [TestCase(TicketPriority.None, true)]
    [TestCase(TicketPriority.Normal, true)]
    [TestCase(TicketPriority.Low, false)]
    public void A_row_for_normal_tickets_fits_those_that_nobody_has_given_a_priority(TicketPriority priority, bool fits) => Assert.That(
        (SomeMatrix.Matrix.Rows[0] with { Priorities = [TicketPriority.Normal] }).Fits(new TicketKind(priority, "standard", null)), Is.EqualTo(fits));

    private static IReadOnlyList<string> FaultsWith(Func<MatrixLevel, MatrixLevel> change)
    {
        var row = SomeMatrix.Matrix.Rows[0];
        return EscalationMatrixLint.FindFaults(
            SomeMatrix.Matrix with { Rows = [row with { Levels = [change(row.Levels[0]), .. row.Levels.Skip(1)] }] });
    }
}
