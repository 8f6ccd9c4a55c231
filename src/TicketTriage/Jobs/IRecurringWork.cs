namespace TicketTriage.Jobs;

/// <summary>
/// Work that comes round again. It may be started again from the top after it failed, or after its process ended, but never runs
/// twice at the same time.
/// </summary>
public interface IRecurringWork
{
    /// <returns>One sentence for the history: what was found or done. Ids and figures only, nothing a customer wrote.</returns>
    Task<string> RunAsync(CancellationToken cancellationToken);
}
