namespace TicketTriage.Journey;

/// <summary>
/// How long to wait before another try: twice as long each time up to 15 minutes, a fifth more or less; never before the time that was
/// asked for.
/// </summary>
public static class RetryDelay
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <param name="first">The wait after the first failure.</param>
    /// <param name="failures">Failed tries so far.</param>
    /// <param name="asked">The wait that the other side asked for.</param>
    /// <param name="chance">In [0, 1): spreads those who failed together.</param>
    public static TimeSpan After(TimeSpan first, int failures, TimeSpan? asked, double chance)
    {
        var growing = first * Math.Pow(2, Math.Min(failures, 10));
        var usual = (growing < Longest ? growing : Longest) * (0.8 + (0.4 * chance));
        var least = asked is { } wait ? wait + (first * chance) : TimeSpan.Zero;
        return usual > least ? usual : least;
    }
}
