using TicketTriage.Helpdesks;
using TicketTriage.Prioritisation;

namespace TicketTriage.Tests.Prioritisation;

public sealed class PriorityPolicyLintTests
{
    private static readonly PriorityRule Sound = new() { Name = "haste", Signal = "deadline", Step = 1, Because = "there is a deadline" };

    private static IEnumerable<TestCaseData> FaultyRules =>
    [
        new(Sound with { Signal = "hurry" }, "there is no signal hurry"),
        new(Sound with { Sentiment = "angry" }, "there is no sentiment angry"),
        new(Sound with { Intents = ["billing"] }, "billing is no intent"),
        new(Sound with { Signal = null }, "has no condition"),
        new(Sound with { Signal = null, Without = "legal" }, "has no condition"),
        new(Sound with { Without = "hurry" }, "there is no signal hurry"),
        new(Sound with { TicketsInWeek = 1 }, "ticketsInWeek is 1"),
        new(Sound with { TicketsInWeek = 21 }, "ticketsInWeek is 21"),
        new(Sound with { PromiseUsed = 0 }, "promiseUsed is 0"),
        new(Sound with { PromiseUsed = 75 }, "promiseUsed is 75"),
        new(Sound with { PromiseUsed = double.NaN }, "promiseUsed is NaN"),
        new(Sound with { Step = 0 }, "needs exactly one of"),
        new(Sound with { AtLeast = TicketPriority.High }, "needs exactly one of"),
        new(Sound with { Because = " " }, "gives no reason"),
    ];

    [Test]
    public void A_sound_policy_has_no_faults() => Assert.That(PriorityPolicyLint.FindFaults(With(Sound)), Is.Empty);

    [TestCaseSource(nameof(FaultyRules))]
    public void A_faulty_rule_is_named(PriorityRule rule, string fault) =>
        Assert.That(PriorityPolicyLint.FindFaults(With(rule)), Has.One.StartsWith("Rule haste").And.One.Contains(fault));

    [Test]
    public void Two_rules_of_one_name_are_a_fault() =>
        Assert.That(PriorityPolicyLint.FindFaults(With(Sound, Sound)), Is.EqualTo(["There are 2 rules with the name haste."]));

    [TestCase(-0.1)]
    [TestCase(1.5)]
    [TestCase(double.NaN)]
    public void A_confidence_outside_its_range_is_a_fault(double confidence) =>
        Assert.That(
            PriorityPolicyLint.FindFaults(With(Sound) with { MinimumConfidence = confidence }),
            Has.One.StartsWith("minimumConfidence"));

    private static PriorityPolicy With(params PriorityRule[] rules) => new()
    {
        Start = TicketPriority.Normal,
        MinimumConfidence = 0.4,
        StartByIntent = new Dictionary<string, TicketPriority>(),
        RaisesEndAt = TicketPriority.High,
        Rules = rules,
    };
}
