using TicketTriage.Understanding.Local.Learning;

namespace TicketTriage.Tests.Understanding.Learning;

public sealed class ModelEvaluationTests
{
    private static readonly TicketModel Model = Tickets.Learn(Tickets.OfShop, "intent");

    [Test]
    public void Right_and_wrong_rows_are_counted()
    {
        TicketRow[] tickets =
        [
            .. Tickets.Several(3, _ => "the parcel has not arrived", "delivery"),
            .. Tickets.Several(1, _ => "the parcel has not arrived", "billing"),
            .. Tickets.Several(4, _ => "the invoice shows the wrong amount", "billing"),
        ];

        var figures = ModelEvaluation.Measure(Model, "intent", tickets);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(figures.Rows, Is.EqualTo(8));
            Assert.That(figures.Accuracy, Is.EqualTo(7 / 8d));
            Assert.That(figures.MacroF1, Is.EqualTo(((6 / 7d) + (8 / 9d)) / 2).Within(1e-9));
            Assert.That(figures.Classes["delivery"], Is.EqualTo(new ClassFigures(3, 0.75, 1)));
            Assert.That(figures.Classes["billing"], Is.EqualTo(new ClassFigures(5, 1, 0.8)));
            Assert.That(figures.LatencyMicroseconds.P99, Is.AtLeast(figures.LatencyMicroseconds.P50).And.Positive);
        }
    }

    [Test]
    public void Values_never_learnt_are_right_when_they_are_unknown()
    {
        TicketRow[] tickets =
        [
            .. Tickets.Several(2, _ => "the parcel has not arrived", "delivery"),
            .. Tickets.Several(3, _ => "qqqq wwww", "weather"),
            .. Tickets.Several(1, _ => "the parcel has not arrived", "weather"),
        ];

        var figures = ModelEvaluation.Measure(Model, "intent", tickets);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(figures.Rows, Is.EqualTo(2), "accuracy is about values that the model could have found");
            Assert.That(figures.Accuracy, Is.EqualTo(1));
            Assert.That(figures.Unknown, Is.EqualTo(new UnknownFigures(0, 4, 0.75)));
            Assert.That(figures.Classes["weather"], Is.EqualTo(new ClassFigures(4, 1, 0.75)));
        }
    }
}
