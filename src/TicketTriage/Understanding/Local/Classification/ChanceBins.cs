namespace TicketTriage.Understanding.Local.Classification;

/// <summary>Holds stated chances against what was right, in 15 bins of equal width.</summary>
internal sealed class ChanceBins
{
    private const int Bins = 15;

    private readonly double[] stated = new double[Bins];
    private readonly int[] right = new int[Bins];
    private int rows;

    /// <summary>The mean distance between stated and true chance (expected calibration error), in [0, 1].</summary>
    public double Error => rows == 0 ? 0 : Enumerable.Range(0, Bins).Sum(bin => Math.Abs(stated[bin] - right[bin])) / rows;

    public void Count(double chance, bool isRight)
    {
        var bin = Math.Min((int)(chance * Bins), Bins - 1);
        rows++;
        stated[bin] += chance;
        right[bin] += isRight ? 1 : 0;
    }
}
