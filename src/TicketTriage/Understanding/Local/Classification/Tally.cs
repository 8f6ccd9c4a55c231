namespace TicketTriage.Understanding.Local.Classification;

/// <summary>Counts how often each class was right, chosen, and both.</summary>
internal sealed class Tally(int classes)
{
    private readonly int[] given = new int[classes];
    private readonly int[] chosen = new int[classes];
    private readonly int[] both = new int[classes];

    public int Rows { get; private set; }

    /// <summary>Share of the rows that were right, in [0, 1]; 0 without rows.</summary>
    public double Accuracy => Share(both.Sum(), Rows);

    /// <summary>The mean over the classes that rows have or were given.</summary>
    public double MacroF1 => Enumerable.Range(0, classes).Where(at => given[at] + chosen[at] > 0)
        .Select(at => 2d * both[at] / (given[at] + chosen[at])).DefaultIfEmpty(0).Average();

    public void Count(int label, int choice)
    {
        Rows++;
        given[label]++;
        chosen[choice]++;
        both[label] += label == choice ? 1 : 0;
    }

    /// <summary>Counts a row that was given no class.</summary>
    public void CountUndecided(int label)
    {
        Rows++;
        given[label]++;
    }

    /// <summary>How many rows have the class.</summary>
    public int RowsOf(int ofClass) => given[ofClass];

    /// <summary>Share of the rows that were given the class which have it; 0 where none was.</summary>
    public double PrecisionOf(int ofClass) => Share(both[ofClass], chosen[ofClass]);

    /// <summary>Share of the rows that have the class which were given it; 0 where none has it.</summary>
    public double RecallOf(int ofClass) => Share(both[ofClass], given[ofClass]);

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
