using TicketTriage.Understanding.Local;

namespace TicketTriage.Tests.Understanding;

public sealed class ConcernTextTests
{
    [TestCase("Hallo zusammen,\nwo ist mein Paket?", ExpectedResult = "wo ist mein Paket?")]
    [TestCase("Sehr geehrte Damen und Herren, wo bleibt mein Paket?", ExpectedResult = "wo bleibt mein Paket?")]
    [TestCase("Guten Abend\nDas Bild fehlt.", ExpectedResult = "Das Bild fehlt.")]
    [TestCase("Dear Support Team! My parcel is not here.\n[signature removed]", ExpectedResult = "My parcel is not here.")]
    [TestCase("Hello world does not compile", ExpectedResult = "Hello world does not compile")]
    [TestCase("Hi, refund?", ExpectedResult = "Hi, refund?")]
    [TestCase("Hallo", ExpectedResult = "Hallo")]
    [TestCase("[quoted text removed]", ExpectedResult = "[quoted text removed]")]
    public string What_stands_around_the_concern_goes(string text) => ConcernText.Of(text);

    [TestCase("<p>Where is <b>my</b> parcel?</p><blockquote>On Monday we wrote</blockquote>", ExpectedResult = "Where is my parcel?")]
    [TestCase("Where is my parcel?\n\nKind regards\nKim Doe\nDoe Ltd", ExpectedResult = "Where is my parcel?")]
    [TestCase("a < b and b > c", ExpectedResult = "a < b and b > c")]
    [TestCase("> all of it is quoted", ExpectedResult = "> all of it is quoted")]
    public string A_past_ticket_is_read_as_a_new_one_would_be(string text) => ConcernText.OfPast(text);
}
