using TicketTriage.Understanding;
using TicketTriage.Understanding.Local;

namespace TicketTriage.Tests.Understanding;

public sealed class MoodReaderTests
{
    [Test]
    public void Strong_words_are_stronger_than_mild_ones_and_none_are_none()
    {
        var strong = MoodReader.Read(ATicket.Saying("This is unacceptable, terrible and a joke. I am furious."));
        var mild = MoodReader.Read(ATicket.Saying("This is bad."));
        var none = MoodReader.Read(ATicket.Saying("Where is the button?"));

        Assert.That(strong.Strength, Is.GreaterThan(mild.Strength));
        Assert.That(mild.Strength, Is.GreaterThan(none.Strength));
        Assert.That(none.Strength, Is.Zero);
        Assert.That(strong.Trend, Is.Null, "one message has no trend");
    }

    [TestCase("Thank you, great service!", "This is terrible and unacceptable.", ExpectedResult = MoodTrends.Falling)]
    [TestCase("Das ist eine Frechheit!", "Vielen Dank, großartig gelöst!", ExpectedResult = MoodTrends.Rising)]
    [TestCase("Where is my parcel?", "It should come today.", ExpectedResult = MoodTrends.Steady)]
    public string? The_last_message_is_held_against_those_before(string first, string last) => MoodReader.Read(
        ATicket.Saying(first) with { Messages = [ATicket.FromCustomer(first), ATicket.FromAgent("terrible"), ATicket.FromCustomer(last)] }).Trend;
}
