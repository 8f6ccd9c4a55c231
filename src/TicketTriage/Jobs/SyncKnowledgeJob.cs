using TicketTriage.Knowledge;

namespace TicketTriage.Jobs;

/// <summary>Brings the team's knowledge up to what its sources have.</summary>
public sealed class SyncKnowledgeJob(KnowledgeSync sync) : IRecurringWork
{
    public Task<string> RunAsync(CancellationToken cancellationToken) => sync.RunAsync(cancellationToken);
}
