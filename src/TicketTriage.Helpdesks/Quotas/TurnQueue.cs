namespace TicketTriage.Helpdesks.Quotas;

/// <summary>Tells those who come in vain when to come again: each a little after the one before, as turns become free.</summary>
internal sealed class TurnQueue(TimeProvider clock)
{
    /// <summary>Beyond this the order is left to chance: a limit may be raised, or tickets closed, while they wait.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private DateTimeOffset last = DateTimeOffset.MinValue;

    /// <param name="least">How long no turn is free.</param>
    /// <param name="apart">How long until one more is.</param>
    public TimeSpan WaitFor(TimeSpan least, TimeSpan apart)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var first = now + least;
            if (last < first - apart)
            {
                last = first;
                return least;
            }

            if (last + apart > first + Longest)
            {
                return least + (Longest * Random.Shared.NextDouble());
            }

            last += apart;
            return last - now;
        }
    }
}
