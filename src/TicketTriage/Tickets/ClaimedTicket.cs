namespace TicketTriage.Tickets;

/// <summary>A ticket that this worker holds until its lease ends.</summary>
/// <param name="Wanted">How much was wanted when it was claimed; deciding it brings <c>done</c> up to this.</param>
/// <param name="Fence">Grows with every claim; whatever the holder saves carries it.</param>
public sealed record ClaimedTicket(TicketId Id, long Wanted, long Fence)
{
    /// <summary>
    /// The share of the lease in which the work has to end. The rest is for a change that was sent at its last moment: helpdesks are
    /// waited for at most a fifth of the shipped lease.
    /// </summary>
    private const double WorkShare = 0.8;

    /// <summary>Claims in a row that came to no end, this one included. More than 1: its last worker ended without a word.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Tries that ended in a passing failure since the last success.</summary>
    public int Failures { get; init; }

    /// <summary>The version that the last decision stands for.</summary>
    public string? Stamp { get; init; }

    /// <summary>What the customer had said when it was last decided; <see langword="null"/> where nothing was ever written.</summary>
    public string? ContentHash { get; init; }

    /// <summary>The triage whose change was sent and never heard of again.</summary>
    public Guid? OpenTriage { get; init; }

    /// <summary>
    /// Who has caused the deliveries that came since the last decision, <see langword="null"/> for those that don't say. Empty where
    /// the ticket was never decided, or was brought back by something else.
    /// </summary>
    public IReadOnlyList<string?> Actors { get; init; } = [];

    /// <summary>The trace in which the newest of what made it due arrived, as W3C's traceparent; <see langword="null"/> where none was recorded.</summary>
    public string? Trace { get; init; }

    public TimeSpan Lease { get; init; }

    /// <summary>When it was claimed, by the worker's own <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long ClaimedAt { get; init; }

    /// <summary>How long the work on it may take.</summary>
    public TimeSpan WorkLimit => Lease * WorkShare;

    /// <summary>True once a process has died of it, or beside it.</summary>
    public bool IsSuspect => Attempt > 1;

    /// <summary>True where it may end before a person, who then wants to see what was read.</summary>
    public bool MayBeParked => IsSuspect || Failures > 0;

    /// <summary>
    /// Asked before something is done outside the database, where no fence holds it up: a worker that slept past its limit begins nothing.
    /// </summary>
    /// <exception cref="LeaseLostException">The time for it is over.</exception>
    public void ThrowIfTooLate(TimeProvider clock)
    {
        if (clock.GetElapsedTime(ClaimedAt) >= WorkLimit)
        {
            throw new LeaseLostException(this);
        }
    }
}

/// <summary>How a claim ended.</summary>
public enum TicketOutcome
{
    /// <summary>A person has to look.</summary>
    Parked = 0,
    Skipped,
    Written,
}

public static class TicketOutcomes
{
    /// <summary>The word in tables and answers.</summary>
    public static string Word(this TicketOutcome outcome) => outcome switch
    {
        TicketOutcome.Parked => "parked",
        TicketOutcome.Skipped => "skipped",
        TicketOutcome.Written => "written",
    };
}

/// <summary>The lease ended before the work did, or another worker has the ticket: what this one found out is void.</summary>
public sealed class LeaseLostException(ClaimedTicket claim)
    : Exception($"The lease of ticket {claim.Id} with fence {claim.Fence} is over.")
{
    internal static void ThrowIfNone(int rows, ClaimedTicket claim)
    {
        if (rows == 0)
        {
            throw new LeaseLostException(claim);
        }
    }
}
