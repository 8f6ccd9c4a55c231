using TicketTriage.Policies;

namespace TicketTriage.Tests.Policies;

public sealed class IntentPatternTests
{
    [TestCase("billing/refund", "billing/refund", ExpectedResult = true)]
    [TestCase("billing/refund", "billing/refunds", ExpectedResult = false)]
    [TestCase("billing/*", "billing/refund", ExpectedResult = true)]
    [TestCase("billing/*", "billings/refund", ExpectedResult = false)]
    [TestCase("billing/*", "unclear", ExpectedResult = false)]
    public bool A_pattern_fits_its_intent_or_its_branch(string pattern, string intent) => IntentPattern.Fits(pattern, intent);

    [TestCase("billing/refund", ExpectedResult = true)]
    [TestCase("billing/*", ExpectedResult = true)]
    [TestCase("billing", ExpectedResult = false)]
    [TestCase("*", ExpectedResult = false)]
    [TestCase("billing/re*", ExpectedResult = false)]
    public bool Only_names_and_branches_are_patterns(string pattern) => IntentPattern.IsWellFormed(pattern);
}
