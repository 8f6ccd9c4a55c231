using TicketTriage.Reading;
using TicketTriage.Understanding;

namespace TicketTriage.Tests.Understanding;

public sealed class ModelSummaryTests
{
    [TestCase("Pay at https://evil.example/x now.", ExpectedResult = "Pay at [link removed] now.")]
    [TestCase("See www.evil.example", ExpectedResult = "See [link removed]")]
    [TestCase("See evil.example/login", ExpectedResult = "See [link removed]")]
    [TestCase("See [here](https://evil.example) and ![x](http://evil.example/p.png)", ExpectedResult = "See here and x")]
    [TestCase("See [here][1] [1]: https://evil.example", ExpectedResult = "See here 1")]
    [TestCase("See <a href='https://evil.example'>this</a> <img src=x>", ExpectedResult = "See this")]
    [TestCase("javascript:alert(1) data:text/html,x //evil.example/a", ExpectedResult = "[link removed] [link removed] [link removed]")]
    [TestCase("Write to thief@evil.example.", ExpectedResult = "Write to [link removed]")]
    [TestCase("xn--80ak6aa92e.com", ExpectedResult = "[link removed]")]
    [TestCase("pay at evil[.]example or evil。example", ExpectedResult = "pay at [link removed] or [link removed]")]
    [TestCase("open evil.xn--p1ai or hxxps://evil.example/a", ExpectedResult = "open [link removed] or [link removed]")]
    [TestCase("see 203.0.113.7/login, version 26.2.27.10", ExpectedResult = "see [link removed] version 26.2.27.10")]
    [TestCase(
        "Der Kunde z.B. wartet u.a. seit 3.5. auf 1.299,00 Euro",
        ExpectedResult = "Der Kunde z.B. wartet u.a. seit 3.5. auf 1.299,00 Euro")]
    [TestCase("Line one.\nLine\u200B two.", ExpectedResult = "Line one. Line two.")]
    public string A_summary_leads_nowhere(string summary) => ModelSummary.Tidy(summary, new Redactor());

    [Test]
    public void A_long_summary_is_cut()
    {
        Assert.That(
            ModelSummary.Tidy(new string('x', 5_000), new Redactor()),
            Has.Length.EqualTo(ModelSummary.MostCharacters).And.EndsWith("…"));
    }

    [Test]
    public void What_the_customer_gave_comes_back()
    {
        var redactor = new Redactor();
        redactor.Redact("Frau Ahlers, a@x.example");

        Assert.That(
            ModelSummary.Tidy("[PERSON_1] wants an answer to [EMAIL_1], not [PERSON_2].", redactor),
            Is.EqualTo("Ahlers wants an answer to [EMAIL_1], not [PERSON_2]."),
            "a name comes back, an address that somebody could be sent to does not");
    }
}
