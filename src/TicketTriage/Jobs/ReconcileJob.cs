using TicketTriage.Journey;

namespace TicketTriage.Jobs;

/// <summary>Finds tickets that no webhook has told of.</summary>
public sealed class ReconcileJob(Reconciler reconciler) : IRecurringWork
{
    public Task<string> RunAsync(CancellationToken cancellationToken) => reconciler.RunAsync(cancellationToken);
}
