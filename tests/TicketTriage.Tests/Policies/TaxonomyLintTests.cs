using TicketTriage.Policies;

namespace TicketTriage.Tests.Policies;

public sealed class TaxonomyLintTests
{
    private static readonly Dictionary<string, string> Words = new() { ["de"] = "Wort", ["en"] = "word" };

    [Test]
    public void A_taxonomy_without_faults_passes() =>
        Assert.That(TaxonomyLint.FindFaults(Of(AnIntent("billing/refund"), AnIntent("orders/late"))), Is.Empty);

    [Test]
    public void A_name_that_stands_twice_is_a_fault() =>
        Assert.That(
            TaxonomyLint.FindFaults(Of(AnIntent("billing/refund"), AnIntent("billing/refund"))),
            Is.EqualTo(["There are 2 of intent billing/refund."]));

    [TestCase("refund")]
    [TestCase("Billing/Refund")]
    [TestCase("billing/refund/late")]
    public void A_name_that_is_not_of_two_levels_is_a_fault(string name) =>
        Assert.That(
            TaxonomyLint.FindFaults(Of(AnIntent(name), AnIntent("orders/late"))),
            Has.One.StartsWith($"Intent {name} needs a name of two levels"));

    [Test]
    public void A_field_that_nobody_knows_is_a_fault()
    {
        var intent = AnIntent("billing/refund") with { Needs = ["shoe_size"] };

        var faults = TaxonomyLint.FindFaults(Of(intent, AnIntent("orders/late")));

        Assert.That(faults, Has.One.EqualTo("Intent billing/refund needs the field shoe_size, which the taxonomy does not have."));
    }

    [TestCase("")]
    [TestCase("Billing")]
    public void A_skill_that_no_agent_could_have_is_a_fault(string skill)
    {
        var intent = AnIntent("billing/refund") with { Skill = skill };

        var faults = TaxonomyLint.FindFaults(Of(intent, AnIntent("orders/late")));

        Assert.That(faults, Is.EqualTo(["Intent billing/refund needs a skill in lower case, such as billing."]));
    }

    [Test]
    public void A_language_without_title_or_reply_is_a_fault()
    {
        var intent = AnIntent("billing/refund") with
        {
            Title = new Dictionary<string, string> { ["de"] = "Erstattung" },
            Reply = new Dictionary<string, string> { ["en"] = "Hello" },
        };

        var faults = TaxonomyLint.FindFaults(Of(intent, AnIntent("orders/late")));

        Assert.That(
            faults,
            Is.EqualTo(["Intent billing/refund, title is missing in en.", "Intent billing/refund, reply is missing in de."]));
    }

    [Test]
    public void An_empty_example_is_a_fault()
    {
        var intent = AnIntent("billing/refund") with
        {
            Examples = new Dictionary<string, IReadOnlyList<string>> { ["de"] = ["Geld zurück", " "], ["en"] = [] },
        };

        var faults = TaxonomyLint.FindFaults(Of(intent, AnIntent("orders/late")));

        Assert.That(
            faults,
            Is.EqualTo(["Intent billing/refund has no examples in en.", "Intent billing/refund has an empty example in de."]));
    }

    [Test]
    public void A_placeholder_that_nobody_fills_is_a_fault()
    {
        var intent = AnIntent("billing/refund") with
        {
            Reply = new Dictionary<string, string> { ["de"] = "Guten Tag {name}", ["en"] = "Hello {requester_name}" },
        };

        var faults = TaxonomyLint.FindFaults(Of(intent, AnIntent("orders/late")));

        Assert.That(faults, Has.One.StartsWith("Intent billing/refund, reply in de, has the placeholder {name};"));
    }

    [TestCase("{field:order_number}", ExpectedResult = 0)]
    [TestCase("{field:shoe_size}", ExpectedResult = 1, TestName = "A_placeholder_of_an_unknown_field_is_a_fault")]
    [TestCase("{field:device}", ExpectedResult = 1, TestName = "A_placeholder_of_a_field_that_the_intent_does_not_need_is_a_fault")]
    public int Of_fields_only_those_that_are_read_can_be_filled_in(string placeholder)
    {
        var reply = $"Hello {placeholder} {{ask_missing}}";
        var intent = AnIntent("billing/refund") with
        {
            Needs = ["order_number"],
            Reply = new Dictionary<string, string> { ["de"] = reply, ["en"] = "Hello {ask_missing}" },
        };
        var taxonomy = Of(intent, AnIntent("orders/late")) with
        {
            Fields = [new Field("order_number", Words, @"\d{4}"), new Field("device", Words, "phone")],
        };

        return TaxonomyLint.FindFaults(taxonomy).Count(fault =>
            fault == $"Intent billing/refund, reply in de, has the placeholder {placeholder}; only fields that the intent needs are read from tickets.");
    }

    [TestCase("(unclosed", "can't be used")]
    [TestCase(@"(a)\1", "can't be used")]
    [TestCase(@"\d*", "finds itself even in an empty text")]
    public void A_pattern_that_cannot_serve_is_a_fault(string pattern, string fault)
    {
        var taxonomy = Of(AnIntent("billing/refund"), AnIntent("orders/late"));
        taxonomy = taxonomy with { Fields = [new Field("order_number", Words, pattern)] };

        Assert.That(TaxonomyLint.FindFaults(taxonomy), Has.One.StartsWith("Field order_number").And.One.Contains(fault));
    }

    private static Taxonomy Of(params Intent[] intents) => new() { Intents = intents };

    private static Intent AnIntent(string name) => new()
    {
        Name = name,
        Skill = "billing",
        Risk = IntentRisk.Low,
        Title = Words,
        Description = Words,
        Examples = new Dictionary<string, IReadOnlyList<string>> { ["de"] = ["ein Beispiel"], ["en"] = ["an example"] },
        Reply = Words,
    };
}
