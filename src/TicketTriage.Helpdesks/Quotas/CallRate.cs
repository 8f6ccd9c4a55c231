namespace TicketTriage.Helpdesks.Quotas;

/// <summary>
/// How a limit per minute is kept, wherever the vendor's minute begins: a burst at once, then evenly. In no 60 seconds do more than burst
/// and refill together go out, and both are within the limit.
/// </summary>
/// <param name="Most">What a full bucket holds: the burst.</param>
/// <param name="PerSecond">What flows in.</param>
public sealed record CallRate(double Most, double PerSecond)
{
    private const double BurstShare = 0.2;

    /// <summary>A second more than the minute: a call may be on its way for so long before the vendor counts it.</summary>
    private const double Seconds = 61;

    /// <param name="callsPerMinute">A limit of 1 is kept as 2: nothing could flow otherwise.</param>
    public static CallRate Of(int callsPerMinute)
    {
        var limit = Math.Max(callsPerMinute, 2);
        var most = Math.Max(limit * BurstShare, 1);
        return new CallRate(most, (limit - most) / Seconds);
    }
}
