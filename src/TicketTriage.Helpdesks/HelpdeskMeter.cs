using System.Diagnostics.Metrics;

namespace TicketTriage.Helpdesks;

/// <summary>Counts what helpdesks say beside their answers.</summary>
public sealed class HelpdeskMeter : ICountedFromZero, IDisposable
{
    private readonly Meter meter;
    private readonly Counter<long> warnings;

    public HelpdeskMeter()
    {
        // The scope tells the meters of several hosts in one process apart.
        meter = new Meter("TicketTriage.Helpdesks", version: null, tags: null, scope: this);
        warnings = meter.CreateCounter<long>("tickettriage_helpdesk_warnings");
    }

    /// <summary>A part of a request was dropped without its being refused.</summary>
    public void Warned(string helpdesk) => warnings.Add(1, new KeyValuePair<string, object?>("helpdesk", helpdesk));

    public void ShowZeros(IReadOnlyCollection<string> helpdesks)
    {
        foreach (var helpdesk in helpdesks)
        {
            warnings.Add(0, new KeyValuePair<string, object?>("helpdesk", helpdesk));
        }
    }

    public void Dispose() => meter.Dispose();
}
