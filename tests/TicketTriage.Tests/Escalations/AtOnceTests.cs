using TicketTriage.Escalations;
using TicketTriage.Reading;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Escalations;

public sealed class AtOnceTests
{
    private static DateTimeOffset Start => SomeMatrix.Start;

    [TestCase("We will STOP  payment today.", true)]
    [TestCase("We never stopped paying you.", false)]
    [TestCase("The nonstop payment page hangs.", false)]
    public void Words_are_found_at_the_beginning_of_a_word_in_any_case(string text, bool isFound) => Assert.That(
        Find(Said(text), []).Any(cause => cause.Cause == "payment_stop"), Is.EqualTo(isFound));

    [Test]
    public void A_signal_counts_once_and_words_in_each_new_message()
    {
        var first = Find(Said("I stop payment now."), ["wants_person"]);
        var twice = AtOnce.Find(SomeMatrix.Matrix, Said("I stop payment now.", "And I stop payment for good."), ["wants_person"], "standard", first);

        Assert.That(twice, Is.EqualTo((AtOnceCause[])
        [
            new("wants_person", Start), new("payment_stop", Start), new("payment_stop", Start.AddHours(1)),
        ]));
    }

    [Test]
    public void What_an_agent_wrote_escalates_nothing()
    {
        var ticket = Said("Hello.") with
        {
            Messages = [new CleanMessage(true, true, "Hello.", Start, []), new CleanMessage(false, true, "Please stop payment.", Start, [])],
        };

        Assert.That(Find(ticket, []), Is.Empty);
    }

    private static IReadOnlyList<AtOnceCause> Find(CleanTicket ticket, string[] signals) =>
        AtOnce.Find(SomeMatrix.Matrix, ticket, signals, "standard", []);

    private static CleanTicket Said(params string[] texts) => new()
    {
        Id = new TicketId("acme", "1"),
        Language = new Finding("en", 1, []),
        ContentHash = "1",
        CreatedAt = Start,
        Messages = [.. texts.Select((text, i) => new CleanMessage(true, true, text, Start.AddHours(i), []))],
    };
}
