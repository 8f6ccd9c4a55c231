namespace TicketTriage.Understanding.Local.Classification;

/// <summary>How a classifier is trained.</summary>
internal sealed record TrainingOptions
{
    /// <summary>What an example on the wrong side costs, against large weights.</summary>
    public double Cost { get; init; } = 0.5;

    /// <summary>How much rare classes are favoured: 0 not at all, 1 so that all classes count alike.</summary>
    public double Balance { get; init; } = 1;

    /// <summary>Passes over the examples at most.</summary>
    public int Passes { get; init; } = 60;

    /// <summary>Training of a class ends once no example asks for more than this.</summary>
    public double Tolerance { get; init; } = 0.2;

    /// <summary>How many <see cref="MeanModel"/>s stand beside the <see cref="LinearModel"/>, each from a chance of its own.</summary>
    public int Means { get; init; } = 2;

    public MeanOptions Mean { get; init; } = new();

    /// <summary>Of the texts whose class nobody told: the share that each round of guessing takes, the surest of each class.</summary>
    public IReadOnlyList<double> SharesTaken { get; init; } = [0.5, 0.8];

    /// <summary>What a guess that is sure counts beside an example.</summary>
    public double WeightOfGuess { get; init; } = 0.5;

    /// <summary>
    /// Examples that are held back at least, where there are as many. What is said of them costs a training for each part of all examples,
    /// and with more of them hardly changes.
    /// </summary>
    public int FewestHeldOut { get; init; } = 3000;

    /// <summary>
    /// Share of the held-out examples that may be called unclear, in [0, 1]. Tomorrow's tickets resemble the examples less than these do each
    /// other: of other people's words for the same intents, half as many again are refused.
    /// </summary>
    public double RefusedShare { get; init; } = 0.028;

    public int Seed { get; init; } = 20260;
}

/// <summary>How a <see cref="MeanModel"/> is learnt.</summary>
internal sealed record MeanOptions
{
    /// <summary>A multiple of 16, so that each processor takes it in whole steps.</summary>
    public int Dimensions { get; init; } = 64;

    public int Passes { get; init; } = 30;

    /// <summary>How far the first steps go.</summary>
    public float Rate { get; init; } = 0.1f;

    /// <summary>
    /// Share of a text's pieces that each look at it leaves out. A word has many runs of characters, so it takes as much as this before
    /// the model has to do without the word.
    /// </summary>
    public float Dropout { get; init; } = 0.8f;
}
