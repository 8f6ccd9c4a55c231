using TicketTriage.Forgetting;

namespace TicketTriage.Jobs;

/// <summary>Deletes what is older than the configuration lets it get.</summary>
public sealed class ForgetOldJob(RetentionSweep sweep) : IRecurringWork
{
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var gone = await sweep.RunAsync(cancellationToken);
        return gone.Count == 0
            ? "Nothing was old enough."
            : $"Deleted rows: {string.Join(", ", gone.Select(table => $"{table.Key} {table.Value}"))}.";
    }
}
