using TicketTriage.Triages;

namespace TicketTriage.Jobs;

/// <summary>Makes the months that decisions are kept in before they come.</summary>
public sealed class MakeMonthsJob(DecisionMonths months) : IRecurringWork
{
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var made = await months.MakeAsync(cancellationToken);
        return made == 0 ? "No month was missing" : $"{made} months were made";
    }
}
