namespace TicketTriage.Tickets;

/// <summary>A ticket that this worker holds until its lease ends.</summary>
/// <param name="Wanted">How much was wanted when it was claimed; deciding it brings <c>done</c> up to this.</param>
/// <param name="Fence">Grows with every claim; whatever the holder saves carries it.</param>
/// <param name="Failures">Tries that ended in a passing failure since the last success.</param>
/// <param name="Stamp">The version that the last decision stands for.</param>
/// <param name="ContentHash">What the customer had said when it was last decided.</param>
/// <param name="OpenTriage">The triage whose change was sent and never heard of again.</param>
public sealed record ClaimedTicket(
    TicketId Id, long Wanted, long Fence, int Failures, string? Stamp, string? ContentHash, Guid? OpenTriage);

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

/// <summary>The lease ended before the work did, and another worker has the ticket: what this one found out is void.</summary>
public sealed class LeaseLostException(ClaimedTicket claim)
    : Exception($"The lease of ticket {claim.Id} with fence {claim.Fence} was lost to another worker.")
{
    internal static void ThrowIfNone(int rows, ClaimedTicket claim)
    {
        if (rows == 0)
        {
            throw new LeaseLostException(claim);
        }
    }
}
