using TicketTriage.Tickets;

namespace TicketTriage.Jobs;

/// <summary>Parks tickets that killed their worker too often, and shows as waiting again what a dead worker left behind.</summary>
public sealed class ReturnLeasesJob(TicketQueue queue) : IRecurringWork
{
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var (parked, returned) = await queue.ReturnLeasesAsync(cancellationToken);
        return $"{returned} leases had ended, {parked} tickets were parked";
    }
}
