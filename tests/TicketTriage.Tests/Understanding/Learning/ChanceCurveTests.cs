using TicketTriage.Understanding.Local.Classification;

namespace TicketTriage.Tests.Understanding.Learning;

public sealed class ChanceCurveTests
{
    [Test]
    public void A_claim_that_is_right_three_times_in_four_becomes_a_chance_of_three_in_four()
    {
        var curve = ChanceCurve.Fit([.. Enumerable.Repeat(0.99, 400)], [.. Enumerable.Range(0, 400).Select(at => at % 4 != 0)]);

        Assert.That(curve.Of(0.99), Is.EqualTo(0.75).Within(0.01));
    }

    [Test]
    public void A_higher_claim_is_never_a_lower_chance()
    {
        var chance = new Random(1);
        double[] claims = [.. Enumerable.Range(0, 1000).Select(_ => chance.NextDouble())];

        var curve = ChanceCurve.Fit(claims, [.. claims.Select(claim => chance.NextDouble() < claim)]);

        var chances = Enumerable.Range(0, 101).Select(at => curve.Of(at / 100d)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(chances, Is.Ordered);
            Assert.That(chances[10], Is.EqualTo(0.1).Within(0.15));
            Assert.That(chances[90], Is.EqualTo(0.9).Within(0.15));
        }
    }

    [Test]
    public void Differences_that_chance_explains_make_no_step()
    {
        double[] claims = [.. Enumerable.Range(0, 40).Select(at => at < 20 ? 0.5 : 0.6)];

        var curve = ChanceCurve.Fit(claims, [.. Enumerable.Range(0, 40).Select(at => at % 20 < (at < 20 ? 12 : 13))]);

        Assert.That(curve.Chances, Has.Length.EqualTo(1));
    }

    [Test]
    public void Being_right_each_time_so_far_is_not_being_right_always()
    {
        var curve = ChanceCurve.Fit([.. Enumerable.Repeat(1d, 30)], [.. Enumerable.Repeat(true, 30)]);

        Assert.That(curve.Of(1), Is.InRange(0.95, 0.98));
    }

    [Test]
    public void Nothing_is_ever_shown_as_certain()
    {
        var curve = ChanceCurve.Fit([.. Enumerable.Repeat(1d, 100_000)], [.. Enumerable.Repeat(true, 100_000)]);

        Assert.That(curve.Of(1), Is.InRange(0.98, 0.99));
    }

    [TestCase(20, 0.955)]
    [TestCase(60, 0.984)]
    public void Few_examples_hold_the_chance_down_although_all_were_right(int examples, double expected)
    {
        var curve = ChanceCurve.Fit([.. Enumerable.Repeat(1d, examples)], [.. Enumerable.Repeat(true, examples)]);

        Assert.That(curve.Of(1), Is.EqualTo(expected).Within(0.003));
    }
}
