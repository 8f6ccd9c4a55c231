using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Tests.Understanding.Learning;

public sealed class TextClassifierTests
{
    private static readonly LabelledText[] Fruit =
    [
        .. Enumerable.Range(0, 12).Select(n => new LabelledText($"yellow banana peel {Letters(n)}", "banana")),
        .. Enumerable.Range(0, 12).Select(n => new LabelledText($"red apple core {Letters(n)}", "apple")),
        .. Enumerable.Range(0, 4).Select(n => new LabelledText($"green pear stalk {Letters(n)}", "pear")),
    ];

    [TestCase("a banana", ExpectedResult = "banana")]
    [TestCase("APPLES", ExpectedResult = "apple")]
    [TestCase("the pear", ExpectedResult = "pear")]
    public string? A_text_gets_the_label_whose_examples_it_resembles(string text) =>
        TextClassifier.Train(Fruit, Tickets.Moods, new TrainingOptions(), CancellationToken.None).Classify(text).Label;

    [TestCase("")]
    [TestCase("12345 !!!")]
    [TestCase("xylophon")]
    public void A_text_of_which_nothing_is_known_gets_no_label(string text)
    {
        var classifier = TextClassifier.Train(Fruit, Tickets.Moods, new TrainingOptions(), CancellationToken.None);

        Assert.That(classifier.Classify(text).Label, Is.Null);
    }

    [Test]
    public void The_same_examples_give_the_same_model()
    {
        var first = TextClassifier.Train(Fruit, Tickets.Moods, new TrainingOptions(), CancellationToken.None);
        var second = TextClassifier.Train(Fruit, Tickets.Moods, new TrainingOptions(), CancellationToken.None);

        Assert.That(second.Classify("a red banana"), Is.EqualTo(first.Classify("a red banana")));
    }

    [Test]
    public void One_label_is_nothing_to_learn()
    {
        LabelledText[] examples = [new("a", "only"), new("b", "only")];

        Assert.That(() => TextClassifier.Train(examples, Tickets.Moods, new TrainingOptions(), CancellationToken.None), Throws.ArgumentException);
    }

    [Test]
    public void The_shipped_examples_are_told_apart_when_held_out()
    {
        var examples = Tickets.ExamplesOfTaxonomy;

        var measured = TextClassifier.Train(examples, Tickets.Moods, new TrainingOptions(), CancellationToken.None).Measured;

        TestContext.Out.WriteLine($"accuracy {measured.Accuracy:P1}, calibration error {measured.CalibrationError:P1}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured.Accuracy, Is.AtLeast(0.80), "measured 0.813 over four folds, the words always known");
            Assert.That(measured.CalibrationError, Is.AtMost(0.07), "measured 0.052");
        }
    }

    [Test]
    public void Without_the_words_the_examples_alone_still_carry()
    {
        var examples = Tickets.ExamplesOfTaxonomy.Where(example => !example.IsHint).ToArray();

        var measured = TextClassifier.Train(examples, Tickets.Moods, new TrainingOptions(), CancellationToken.None).Measured;

        TestContext.Out.WriteLine($"accuracy {measured.Accuracy:P1}");
        Assert.That(measured.Accuracy, Is.InRange(0.62, 0.95), "measured 0.65; one class in twenty would be 0.05");
    }

    [Test]
    public void No_example_makes_a_classifier_certain()
    {
        var classifier = TextClassifier.Train(Fruit, Tickets.Moods, new TrainingOptions(), CancellationToken.None);

        Assert.That(classifier.Classify("yellow banana peel").Confidence, Is.InRange(0.8, 0.99));
    }

    private static string Letters(int n) => new((char)('a' + n), 4);
}
