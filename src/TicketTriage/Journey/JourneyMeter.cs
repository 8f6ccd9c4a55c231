using System.Diagnostics.Metrics;

namespace TicketTriage.Journey;

/// <summary>Counts what becomes of tickets, and how long they take.</summary>
public sealed class JourneyMeter : IDisposable
{
    private readonly Meter meter = new("TicketTriage.Journey");
    private readonly Counter<long> ended;
    private readonly Histogram<double> seconds;

    public JourneyMeter()
    {
        ended = meter.CreateCounter<long>("tickettriage_journeys");
        seconds = meter.CreateHistogram<double>("tickettriage_journey_seconds");
    }

    /// <param name="end">finished, retry, put_off, parked, given_back or dropped.</param>
    public void Ended(string helpdesk, string end, TimeSpan took)
    {
        ended.Add(1, new("helpdesk", helpdesk), new("end", end));
        seconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("helpdesk", helpdesk));
    }

    public void Dispose() => meter.Dispose();
}
