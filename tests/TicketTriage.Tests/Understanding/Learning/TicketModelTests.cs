using TicketTriage.Understanding.Local.Classification;
using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Tests.Understanding.Learning;

public sealed class TicketModelTests
{
    private static readonly TicketModel OfShop = Tickets.Learn(Tickets.OfShop, "intent", "priority");

    [TestCase("My parcel is not here", ExpectedResult = "delivery high")]
    [TestCase("wrong amount on the invoice", ExpectedResult = "billing low")]
    [TestCase("Password rejected!", ExpectedResult = "account high")]
    public string One_look_at_a_ticket_answers_every_label(string text) =>
        string.Join(' ', OfShop.Classify(text).Select(guess => guess.Nearest));

    [Test]
    public void The_same_tickets_give_the_same_answers()
    {
        var again = Tickets.Learn(Tickets.OfShop, "intent", "priority");

        Assert.That(again.Classify("the parcel and the invoice"), Is.EqualTo(OfShop.Classify("the parcel and the invoice")));
    }

    [Test]
    public void What_resembles_nothing_is_unknown() => Assert.That(OfShop.Classify("qqqq wwww zzzz")[0].Label, Is.Null);

    [Test]
    public void Tickets_outside_all_values_teach_what_is_unknown()
    {
        var withWeather = Tickets.Learn(
            [.. Tickets.OfShop, .. Tickets.Several(20, n => $"Will it rain or snow in town {n}?", "oos", "low")], "intent");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(withWeather.ValuesOf("intent"), Is.EquivalentTo(["delivery", "billing", "account"]));
            Assert.That(withWeather.Classify("Will it rain or snow tomorrow?")[0].Label, Is.Null);
            Assert.That(withWeather.Classify("Where is my parcel, order zzzz? It has not arrived.")[0].Label, Is.EqualTo("delivery"));
        }
    }

    [Test]
    public void Unlabelled_tickets_teach_the_words_that_stand_beside_known_ones()
    {
        TicketRow[] few =
        [
            .. Tickets.Several(4, n => $"parcel {(char)('a' + n)}", "delivery"), .. Tickets.Several(4, n => $"invoice {(char)('a' + n)}", "billing"),
        ];
        TicketRow[] unlabelled =
        [
            .. Tickets.Several(40, n => $"parcel courier {(char)('a' + n)}"), .. Tickets.Several(40, n => $"invoice payment {(char)('a' + n)}"),
        ];

        var alone = TicketModel.Learn(["intent"], few, [], _ => { }, CancellationToken.None);
        var helped = TicketModel.Learn(["intent"], few, unlabelled, _ => { }, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alone.Classify("courier")[0].Label, Is.Null);
            Assert.That(helped.Classify("courier")[0].Nearest, Is.EqualTo("delivery"));
            Assert.That(helped.Classify("payment")[0].Nearest, Is.EqualTo("billing"));
        }
    }

    [Test]
    public void Tickets_of_one_value_are_nothing_to_learn() =>
        Assert.That(
            () => Tickets.Learn([.. Tickets.OfShop.Take(20)], "intent"),
            Throws.TypeOf<LearningException>().With.Message.Contains("All rows have the same intent, delivery"));

    [Test]
    public void Values_that_stand_in_one_row_each_are_nothing_to_learn() =>
        Assert.That(
            () => Tickets.Learn([new TicketRow("a parcel", ["x"]), new TicketRow("an invoice", ["y"])], "intent"),
            Throws.TypeOf<LearningException>().With.Message.Contains("No value of intent stands in two rows"));

    [Test]
    public void A_value_that_stands_in_one_row_is_left_out_and_named()
    {
        var warnings = new List<string>();

        var model = TicketModel.Learn(
            ["intent"], [.. Tickets.OfShop, new TicketRow("Do you hire?", ["career"])], [], warnings.Add, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(model.ValuesOf("intent"), Does.Not.Contain("career"));
            Assert.That(warnings, Has.Exactly(1).Contains("1 value of intent (career)"));
        }
    }

    [Test]
    public void A_label_that_was_not_learnt_is_refused() =>
        Assert.That(
            () => OfShop.NumberOf("queue"), Throws.TypeOf<LearningException>().With.Message.Contains("intent, priority, not for queue"));

    [Test]
    public void A_long_text_costs_no_more_than_its_beginning()
    {
        var guess = OfShop.Classify("Where is my parcel? It has not arrived. " + new string('x', 1_000_000))[0];

        Assert.That(guess.Nearest, Is.EqualTo("delivery"));
    }

    [Test]
    public async Task Many_threads_get_the_same_answers()
    {
        var alone = Tickets.OfShop.Select(ticket => OfShop.Classify(ticket.Text)[0]).ToArray();
        var together = new LabelGuess[Tickets.OfShop.Count];

        await Parallel.ForAsync(0, together.Length * 20, (at, _) =>
        {
            together[at % together.Length] = OfShop.Classify(Tickets.OfShop[at % together.Length].Text)[0];
            return ValueTask.CompletedTask;
        });

        Assert.That(together, Is.EqualTo(alone));
    }
}
