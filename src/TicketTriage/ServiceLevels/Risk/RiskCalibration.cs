namespace TicketTriage.ServiceLevels.Risk;

/// <summary>Turns scores into chances that hold: a straight line through the log odds, fitted to what the last weeks brought.</summary>
public sealed record RiskCalibration(double Slope, double Shift)
{
    public static readonly TimeSpan HalfLife = TimeSpan.FromDays(7);

    public static readonly TimeSpan Longest = TimeSpan.FromDays(28);

    private const int MostSteps = 50;

    public double ChanceOf(double score) => RiskModel.Chance((Slope * score) + Shift);

    /// <param name="scored">Score, label in [0, 1] and weight of each case.</param>
    public static RiskCalibration Fit(IReadOnlyList<(double Score, double Label, double Weight)> scored)
    {
        var (slope, shift) = (1d, 0d);
        for (var step = 0; step < MostSteps; step++)
        {
            // One case's worth of belief that the score is right as it is keeps the line straight where there is little to go by.
            var (slopeGradient, shiftGradient, a, b, c) = (slope - 1, 0d, 1d, 0d, 1e-3);
            foreach (var (score, label, weight) in scored)
            {
                var chance = RiskModel.Chance((slope * score) + shift);
                var miss = (chance - label) * weight;
                var bend = Math.Max(1e-6, chance * (1 - chance)) * weight;
                slopeGradient += miss * score;
                shiftGradient += miss;
                a += bend * score * score;
                b += bend * score;
                c += bend;
            }

            var determinant = (a * c) - (b * b);
            var slopeStep = ((c * slopeGradient) - (b * shiftGradient)) / determinant;
            var shiftStep = ((a * shiftGradient) - (b * slopeGradient)) / determinant;
            slope -= slopeStep;
            shift -= shiftStep;
            if (Math.Abs(slopeStep) + Math.Abs(shiftStep) < 1e-6)
            {
                break;
            }
        }

        return new RiskCalibration(slope, shift);
    }
}
