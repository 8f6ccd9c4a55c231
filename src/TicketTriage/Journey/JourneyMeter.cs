using System.Diagnostics.Metrics;
using TicketTriage.Helpdesks;

namespace TicketTriage.Journey;

/// <summary>Counts what becomes of tickets, and how long they take.</summary>
public sealed class JourneyMeter : ICountedFromZero, IDisposable
{
    private static readonly string[] Ends = ["finished", "retry", "put_off", "parked", "given_back", "dropped"];

    private readonly Meter meter = new("TicketTriage.Journey");
    private readonly Counter<long> ended;
    private readonly Histogram<double> seconds;

    public JourneyMeter()
    {
        ended = meter.CreateCounter<long>("tickettriage_journeys");
        seconds = meter.CreateHistogram("tickettriage_journey_seconds", advice: DurationAdvice.FromMillisecondsToMinutes);
    }

    /// <param name="end">finished, retry, put_off, parked, given_back or dropped.</param>
    public void Ended(string helpdesk, string end, TimeSpan took)
    {
        Count(1, helpdesk, end);
        seconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("helpdesk", helpdesk));
    }

    public void ShowZeros(IReadOnlyCollection<string> helpdesks)
    {
        foreach (var helpdesk in helpdesks)
        {
            foreach (var end in Ends)
            {
                Count(0, helpdesk, end);
            }
        }
    }

    public void Dispose() => meter.Dispose();

    private void Count(long more, string helpdesk, string end) => ended.Add(more, new("helpdesk", helpdesk), new("end", end));
}
