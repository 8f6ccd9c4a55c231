using TicketTriage.Understanding.Local;

namespace TicketTriage.Tests.Understanding;

public sealed class CalibrationTests
{
    [Test]
    public void Scores_that_are_right_three_times_in_four_become_chances_of_three_in_four()
    {
        float[][] scores = [.. Enumerable.Repeat<float[]>([1, 0], 400)];
        int[] labels = [.. Enumerable.Range(0, 400).Select(at => at % 4 == 0 ? 1 : 0)];

        var calibration = Calibration.Measure(scores, labels, refusedShare: 0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Calibration.ChanceOf([1, 0], 0, calibration.Sharpness), Is.EqualTo(0.75).Within(0.01));
            Assert.That(calibration.Accuracy, Is.EqualTo(0.75));
            Assert.That(calibration.CalibrationError, Is.LessThan(0.01));
        }
    }

    [Test]
    public void The_least_score_refuses_the_share_that_was_asked_for()
    {
        float[][] scores = [.. Enumerable.Range(0, 100).Select(at => new[] { (at / 100f) - 1, -2 })];

        var calibration = Calibration.Measure(scores, new int[100], refusedShare: 0.1);

        Assert.That(scores.Count(row => row[0] < calibration.LeastScore), Is.EqualTo(10));
    }
}
