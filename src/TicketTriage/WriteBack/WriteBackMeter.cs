using System.Diagnostics.Metrics;

namespace TicketTriage.WriteBack;

/// <summary>Counts what became of changes.</summary>
public sealed class WriteBackMeter : IDisposable
{
    private readonly Meter meter = new("TicketTriage.WriteBack");
    private readonly Counter<long> ended;

    public WriteBackMeter() => ended = meter.CreateCounter<long>("tickettriage_write_backs");

    /// <param name="state">Any but sent; what nobody knows the end of is counted once somebody does.</param>
    public void Ended(string helpdesk, WriteBackState state) => ended.Add(1, new("helpdesk", helpdesk), new("state", state.Word()));

    public void Dispose() => meter.Dispose();
}
