using System.Diagnostics.Metrics;
using TicketTriage.Helpdesks;

namespace TicketTriage.WriteBack;

/// <summary>Counts what became of changes.</summary>
public sealed class WriteBackMeter : ICountedFromZero, IDisposable
{
    private readonly Meter meter = new("TicketTriage.WriteBack");
    private readonly Counter<long> ended;

    public WriteBackMeter() => ended = meter.CreateCounter<long>("tickettriage_write_backs");

    /// <param name="state">Any but sent; what nobody knows the end of is counted once somebody does.</param>
    public void Ended(string helpdesk, WriteBackState state) => Count(1, helpdesk, state);

    public void ShowZeros(IReadOnlyCollection<string> helpdesks)
    {
        foreach (var helpdesk in helpdesks)
        {
            foreach (var state in Enum.GetValues<WriteBackState>().Where(state => state != WriteBackState.Sent))
            {
                Count(0, helpdesk, state);
            }
        }
    }

    public void Dispose() => meter.Dispose();

    private void Count(long more, string helpdesk, WriteBackState state) =>
        ended.Add(more, new("helpdesk", helpdesk), new("state", state.Word()));
}
