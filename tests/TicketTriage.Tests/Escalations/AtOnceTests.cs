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
    public void Words_count_in_each_new_message_and_a_signal_that_nobody_repeats_once()
    {
        var first = Find(Said("I stop payment now."), ["wants_person"]);
        var twice = AtOnce.Find(SomeMatrix.Matrix, Said("I stop payment now.", "And I stop payment for good."), ["wants_person"], "standard", first);

        Assert.That(twice, Is.EqualTo((AtOnceCause[])
        [
            new("wants_person", Start), new("payment_stop", Start), new("payment_stop", Start.AddHours(1)),
        ]));
    }

    [TestCase("Please let me talk to a human.", "Let me talk to a human now.", ExpectedResult = 2)]
    [TestCase("Please let me talk to a human.", "Thank you, that helped.", ExpectedResult = 1)]
    public int Who_was_answered_and_asks_for_a_person_again_is_heard_again(string first, string second)
    {
        var before = Said(first);
        var answer = new CleanMessage(false, true, "Have you tried to turn it off and on?", Start.AddMinutes(30), []);
        var after = before with { Messages = [.. before.Messages, answer, new CleanMessage(true, true, second, Start.AddHours(1), [])] };

        // The conversation keeps the signal that it once had.
        return AtOnce.Find(SomeMatrix.Matrix, after, ["wants_person"], "standard", Find(before, ["wants_person"])).Count;
    }

    [Test]
    public void Who_asks_again_before_an_answer_is_waited_for_already() => Assert.That(
        AtOnce.Find(
            SomeMatrix.Matrix, Said("Please let me talk to a human.", "Let me talk to a human now."), ["wants_person"], "standard",
            [new AtOnceCause("wants_person", Start)]),
        Has.Count.EqualTo(1));

    [Test]
    public void The_same_message_is_heard_once_however_often_it_is_read() => Assert.That(
        AtOnce.Find(SomeMatrix.Matrix, Said("I stop payment now."), [], "standard", Find(Said("I stop payment now."), [])), Has.Count.EqualTo(1));

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
