using TicketTriage.Understanding;

namespace TicketTriage.Tests.Understanding;

public sealed class ModelAnswerTests
{
    private const string Good = """
        {"summary":"s","intent":{"value":"orders/late","confidence":0.5},"product":{"value":"web-shop","confidence":0.5},
        "sentiment":{"value":"neutral","confidence":0.5},"language":{"value":"en","confidence":0.5},"signals":[],"missing":[]}
        """;

    [Test]
    public void An_answer_by_the_schema_is_read()
    {
        Assert.That(ModelAnswer.Read(Good, SomeTaxonomy.Small).Intent.Value, Is.EqualTo("orders/late"));
    }

    [TestCase("orders/late", "orders/lost", "intent has a value that is not on its list")]
    [TestCase("\"en\"", "\"xx\"", "language has a value")]
    [TestCase("\"signals\":[]", "\"signals\":[\"panic\"]", "signals has a value")]
    [TestCase("\"signals\":[]", "\"signals\":\"panic\"", "signals is not a list")]
    [TestCase("\"missing\":[]", "\"missing\":[\"iban\"]", "missing has a value")]
    [TestCase(",\"missing\":[]", "", "lacks missing")]
    [TestCase("\"summary\":\"s\"", "\"summary\":7", "summary is not a text")]
    [TestCase("\"summary\":\"s\"", "\"summary\":\"\\ud800\"", "half a character")]
    [TestCase("\"summary\":\"s\"", "\"summary\":\"s\",\"note\":\"x\"", "nobody asked for")]
    [TestCase("\"summary\":\"s\"", "\"summary\":\"s\",\"summary\":\"t\"", "not JSON")]
    [TestCase("{\"value\":\"orders/late\",\"confidence\":0.5}", "\"orders/late\"", "intent is not an object")]
    [TestCase("\"orders/late\",\"confidence\":0.5", "\"orders/late\",\"confidence\":\"high\"", "confidence of intent is not a number")]
    [TestCase("\"orders/late\",\"confidence\":0.5", "\"orders/late\",\"confidence\":1e999", "confidence of intent is not a number")]
    [TestCase("\"missing\":[]}", "\"missing\":[]} and more", "not JSON")]
    [TestCase("\"missing\":[]", "\"missing\":[],\"fields\":[]", "fields is not an object")]
    [TestCase("\"missing\":[]", "\"missing\":[],\"fields\":{\"iban\":\"1\"}", "fields has properties that nobody asked for")]
    [TestCase("\"missing\":[]", "\"missing\":[],\"fields\":{\"order_number\":7}", "fields is not a text")]
    [TestCase("{\"summary\"", "I think: {\"summary\"", "not JSON")]
    public void Anything_else_is_no_answer(string part, string instead, string message)
    {
        var answer = Good.Replace(part, instead, StringComparison.Ordinal);

        Assert.That(answer, Is.Not.EqualTo(Good));
        Assert.That(
            () => ModelAnswer.Read(answer, SomeTaxonomy.Small),
            Throws.TypeOf<UnderstandingFailedException>().With.Message.Contains(message));
    }

    [TestCase("-3", 0)]
    [TestCase("0.25", 0.25)]
    [TestCase("99", 1)]
    public void Confidence_is_brought_between_0_and_1(string given, double expected)
    {
        const string old = "\"orders/late\",\"confidence\":0.5";

        var answer = ModelAnswer.Read(Good.Replace(old, $"\"orders/late\",\"confidence\":{given}", StringComparison.Ordinal), SomeTaxonomy.Small);

        Assert.That(answer.Intent.Confidence, Is.EqualTo(expected));
    }

    [Test]
    public void A_taxonomy_without_fields_asks_for_none()
    {
        var taxonomy = SomeTaxonomy.Small with { Fields = [] };

        Assert.That(ModelAnswer.Read(Good.Replace(",\"missing\":[]", "", StringComparison.Ordinal), taxonomy).Missing, Is.Empty);
        Assert.That(AnswerSchema.Build(taxonomy).ToString(), Does.Not.Contain("missing").And.Not.Contain("fields"));
    }
}
