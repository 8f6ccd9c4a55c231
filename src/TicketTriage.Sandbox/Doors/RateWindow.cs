namespace TicketTriage.Sandbox.Doors;

/// <summary>Counts calls in windows of a fixed length that follow one another without a gap.</summary>
/// <param name="most">Calls that one window allows; <see langword="null"/> for no limit.</param>
internal sealed class RateWindow(int? most, TimeSpan length, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly long seconds = (long)length.TotalSeconds;
    private long window;
    private int spent;

    /// <param name="credits">What the call costs; refused calls are counted too.</param>
    public RateState Spend(int credits = 1)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (gate)
        {
            if (now / seconds != window)
            {
                (window, spent) = (now / seconds, 0);
            }

            spent += credits;
            return new(most ?? int.MaxValue, Math.Max(0, (most ?? int.MaxValue) - spent), (int)(seconds - now % seconds), spent > most);
        }
    }
}

/// <param name="ResetIn">Seconds until the next window.</param>
internal readonly record struct RateState(int Limit, int Remaining, int ResetIn, bool IsExceeded);
