using TicketTriage.Escalations;

namespace TicketTriage.Jobs;

/// <summary>Looks at the tickets whose clocks are due to be looked at, and delivers what people are to be told.</summary>
public sealed class EscalateJob(EscalationWatch watch, NoticeCourier courier, FollowUp followUp) : IRecurringWork
{
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var looked = await watch.LookAsync(cancellationToken);
        var sent = await courier.DeliverAsync(cancellationToken);
        var drafted = await followUp.RemindAsync(cancellationToken);
        return $"{looked} tickets were looked at, {sent} messages and notes were begun, {drafted} reminders were drafted";
    }
}
