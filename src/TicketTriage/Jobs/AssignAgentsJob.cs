using TicketTriage.Journey;

namespace TicketTriage.Jobs;

/// <summary>Asks who is there, takes back what absent agents haven't begun, and gives what waits to those who are free.</summary>
public sealed class AssignAgentsJob(AgentDispatch dispatch) : IRecurringWork
{
    public Task<string> RunAsync(CancellationToken cancellationToken) => dispatch.RunAsync(cancellationToken);
}
