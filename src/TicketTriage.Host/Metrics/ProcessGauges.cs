using System.Diagnostics.Metrics;

namespace TicketTriage.Host.Metrics;

/// <summary>What this process takes of the machine's memory, in bytes.</summary>
internal sealed class ProcessGauges : IDisposable
{
    private readonly Meter meter = new("TicketTriage.Process");

    public ProcessGauges()
    {
        meter.CreateObservableGauge("tickettriage_process_memory_bytes", () => (double)Environment.WorkingSet);
        // What the last collection left, so that it rises only where something is held on to.
        meter.CreateObservableGauge("tickettriage_process_heap_bytes", () => (double)GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);
    }

    public void Dispose() => meter.Dispose();
}
