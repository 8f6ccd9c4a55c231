using TicketTriage.Escalations;

namespace TicketTriage.Jobs;

/// <summary>
/// Forgets the clocks of tickets that ended a month ago, so that the watch stays as long as the work. Their escalations are kept.
/// </summary>
public sealed class TidyWatchJob(WatchLedger ledger, TimeProvider clock) : IRecurringWork
{
    /// <summary>One statement's worth: a table that was never tidied gives way in many small steps.</summary>
    private const int MostAtOnce = 5_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var sum = 0;
        for (var forgotten = MostAtOnce; forgotten == MostAtOnce; sum += forgotten)
        {
            forgotten = await ledger.ForgetEndedAsync(clock.GetUtcNow() - KeptFor, MostAtOnce, cancellationToken);
        }

        return $"{sum} ended tickets are watched no more";
    }
}
