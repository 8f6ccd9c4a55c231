using TicketTriage.Audits;

namespace TicketTriage.Jobs;

/// <summary>Writes down outside of the database where the audit's chains end.</summary>
public sealed class ExportAuditHeadsJob(AuditHeads heads) : IRecurringWork
{
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var chains = await heads.ExportAsync(cancellationToken);
        return $"{chains} chains were sealed and their heads written down";
    }
}
