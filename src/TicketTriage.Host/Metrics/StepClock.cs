using System.Diagnostics;
using System.Diagnostics.Metrics;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Metrics;

/// <summary>Measures how long each step of a ticket's way takes, from the spans that the journey makes.</summary>
internal sealed class StepClock : IDisposable
{
    private readonly Meter meter = new("TicketTriage.Steps");
    private readonly ActivityListener listener;

    public StepClock()
    {
        var seconds = meter.CreateHistogram("tickettriage_step_seconds", advice: DurationAdvice.FromMillisecondsToMinutes);
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TicketSteps.SourceName,
            // Times and names are all that is needed: nothing is recorded for anybody else.
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStopped = step => seconds.Record(step.Duration.TotalSeconds, new KeyValuePair<string, object?>("step", step.OperationName)),
        };
    }

    public void Listen() => ActivitySource.AddActivityListener(listener);

    public void Dispose()
    {
        listener.Dispose();
        meter.Dispose();
    }
}
