using TicketTriage.Insights;

namespace TicketTriage.Jobs;

/// <summary>Adds up what was decided on days that are over, and again where something of them has changed since.</summary>
public sealed class SumDaysJob(DaySums sums) : IRecurringWork
{
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var days = await sums.SumAsync(cancellationToken);
        return days == 0 ? "No day has changed" : $"{days} days were summed";
    }
}
