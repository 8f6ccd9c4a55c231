using System.Text;
using TicketTriage.Policies;

namespace TicketTriage.Tests.Policies;

public sealed class PolicyDocumentsTests
{
    [TestCase("""{ "intents": [], "colour": "red" }""", "colour")]
    [TestCase("""{ "intents": [], "intents": [] }""", "intents")]
    [TestCase("""{ "products": [] }""", "intents")]
    [TestCase("not json", "Line 1")]
    [TestCase("null", "It is empty")]
    public void A_document_that_does_not_fit_is_refused_with_its_place(string json, string place) =>
        Assert.That(() => Parse(json), Throws.TypeOf<PolicyFaultyException>().With.Message.Contains(place));

    [Test]
    public void Every_fault_is_named_at_once()
    {
        var refusal = Assert.Throws<PolicyFaultyException>(() => PolicyDocuments.Parse(
            "taxonomy", """{ "intents": [] }"""u8, TaxonomyJson.Default.Taxonomy, _ => ["One fault.", "Another fault."]));

        Assert.That(refusal.Message, Is.EqualTo("The taxonomy document has 2 faults: One fault. Another fault."));
    }

    [Test]
    public void The_same_text_has_the_same_version_and_another_text_another()
    {
        var first = Parse("""{ "intents": [] }""");
        var again = Parse("""{ "intents": [] }""");
        var other = Parse("""{ "intents":  [] }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Version, Is.EqualTo(first.Version));
            Assert.That(other.Version, Is.Not.EqualTo(first.Version));
        }
    }

    private static PolicyDocument<Taxonomy> Parse(string json) =>
        PolicyDocuments.Parse("taxonomy", Encoding.UTF8.GetBytes(json), TaxonomyJson.Default.Taxonomy, _ => []);
}
