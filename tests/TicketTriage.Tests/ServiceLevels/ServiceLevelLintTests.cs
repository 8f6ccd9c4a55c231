using TicketTriage.Policies;
using TicketTriage.ServiceLevels;

namespace TicketTriage.Tests.ServiceLevels;

public sealed class ServiceLevelLintTests
{
    [Test]
    public void The_shipped_policy_has_no_faults() =>
        Assert.That(ServiceLevelLint.FindFaults(ServiceLevelPolicy.LoadShipped().Content), Is.Empty);

    [TestCase("""{"calendars":{"a":{"zone":"Mars/Olympus","week":{"monday":["09:00-17:00"]}}},"rules":[{"name":"r","calendar":"a","firstReply":5}]}""",
        "Calendar a: there is no time zone Mars/Olympus; write a name such as Europe/Berlin.")]
    [TestCase("""{"calendars":{"a":{"zone":"UTC","week":{}}},"rules":[{"name":"r","calendar":"a","firstReply":5}]}""",
        "Calendar a never opens, so no promise counted by it would ever be due; give it a window.")]
    [TestCase("""{"calendars":{"a":{"zone":"UTC","week":{"moonday":["09:00-17:00"]}}},"rules":[{"name":"r","calendar":"a","firstReply":5}]}""",
        "Calendar a: moonday is no weekday; write monday to sunday.")]
    [TestCase("""{"calendars":{"a":{"zone":"UTC","week":{"monday":["9-17"]}}},"rules":[{"name":"r","calendar":"a","firstReply":5}]}""",
        "Calendar a, monday: 9-17 is no window such as 09:00-17:00.")]
    [TestCase("""{"calendars":{"a":{"zone":"UTC","week":{"monday":["09:00-17:00"]}}},"rules":[{"name":"r","calendar":"b","firstReply":5}]}""",
        "Rule r counts by the calendar b, which the policy does not have.")]
    [TestCase("""{"calendars":{"a":{"zone":"UTC","week":{"monday":["09:00-17:00"]}}},"rules":[{"name":"r","calendar":"a"}]}""",
        "Rule r promises nothing; give it a target in minutes, such as \"firstReply\": 60.")]
    [TestCase("""{"calendars":{"a":{"zone":"UTC","week":{"monday":["09:00-17:00"]}}},"rules":[{"name":"r","calendar":"a","firstReply":0}]}""",
        "Rule r: FirstReplyTime is 0 minutes; it has to lie between 1 and 5270400.")]
    [TestCase("""{"calendars":{"a":{"zone":"UTC","week":{"monday":["09:00-17:00"]}}},"rules":[{"name":"r","calendar":"a","firstReply":9,"segments":["vip"]}]}""",
        "Rule r: there is no segment vip; known are standard.")]
    public void A_fault_is_named_with_its_place_and_what_to_do(string json, string fault)
    {
        var faulty = Assert.Throws<PolicyFaultyException>(() => ServiceLevelPolicy.Parse(System.Text.Encoding.UTF8.GetBytes(json)));

        Assert.That(faulty.Faults, Does.Contain(fault));
    }
}
