namespace TicketTriage.Insights;

/// <summary>
/// How many spans of time were about how long, by steps of an eighth of a doubling: medians of days can't be added up, these can.
/// Everything below a minute is one step.
/// </summary>
internal sealed class SpanTally
{
    private const double StepsPerDoubling = 8;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<int, long> counts = [];

    /// <param name="steps">The step in the upper half of each number, how many there are of it in the lower.</param>
    public void Add(IReadOnlyList<long> steps)
    {
        foreach (var packed in steps)
        {
            var step = (int)(packed >> 32);
            counts[step] = counts.GetValueOrDefault(step) + (int)packed;
        }
    }

    /// <summary>
    /// The median, as if the spans of a step lay evenly in it: at most a tenth beside the true one, or a minute where that is below one;
    /// <see langword="null"/> of nothing.
    /// </summary>
    public TimeSpan? Median()
    {
        var half = counts.Values.Sum() / 2.0;
        var below = 0L;
        foreach (var (step, count) in counts)
        {
            if (below + count >= half)
            {
                var from = Bound(step);
                return from + ((Bound(step + 1) - from) * ((half - below) / count));
            }

            below += count;
        }

        return null;
    }

    /// <summary>Where a step begins.</summary>
    private static TimeSpan Bound(int step) => step == 0 ? TimeSpan.Zero : Shortest * Math.Pow(2, (step - 1) / StepsPerDoubling);
}
