namespace TicketTriage.Tickets;

/// <summary>What a worker asks of the queue.</summary>
/// <param name="Most">Tickets at most; at least 1, and with the suspects no more than <see cref="TicketQueue.MostClaimed"/>.</param>
public sealed record ClaimOrder(int Most)
{
    /// <summary>Longer than a living worker needs with all its waits, so that none outlives it.</summary>
    public static readonly TimeSpan ShippedLease = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Tickets beside those whose last worker ended without a word. One at a time in a process: which of several that died together has
    /// killed it would never come out, and the innocent would be parked with it.
    /// </summary>
    public int MostSuspects { get; init; } = 1;

    /// <summary>How long the claim holds.</summary>
    public TimeSpan Lease { get; init; } = ShippedLease;
}
