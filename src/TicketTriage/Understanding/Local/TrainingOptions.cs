namespace TicketTriage.Understanding.Local;

/// <summary>How a classifier is trained.</summary>
internal sealed record TrainingOptions
{
    /// <summary>What an example on the wrong side costs, against large weights.</summary>
    public double Cost { get; init; } = 0.5;

    /// <summary>Passes over the examples at most.</summary>
    public int Passes { get; init; } = 60;

    /// <summary>Training of a class ends once no example asks for more than this.</summary>
    public double Tolerance { get; init; } = 0.2;

    /// <summary>Parts that the examples are cut into to measure the classifier on what it hasn't seen.</summary>
    public int Folds { get; init; } = 4;

    /// <summary>Share of the unseen examples of the classes themselves that may be called unclear, in [0, 1].</summary>
    public double RefusedShare { get; init; } = 0.04;

    public int Seed { get; init; } = 20260;
}
