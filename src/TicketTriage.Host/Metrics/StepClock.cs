using System.Diagnostics;
using System.Diagnostics.Metrics;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Metrics;

/// <summary>Measures how long each step of a ticket's way takes, from the spans that the journey makes.</summary>
internal sealed class StepClock : IHostedService, IDisposable
{
    private readonly Meter meter = new("TicketTriage.Steps");
    private readonly Histogram<double> seconds;
    private readonly ActivityListener listener;

    public StepClock()
    {
        seconds = meter.CreateHistogram<double>("tickettriage_step_seconds");
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TicketSteps.SourceName,
            // Times and names are all that is needed: nothing is recorded for anybody else.
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStopped = step => seconds.Record(step.Duration.TotalSeconds, new KeyValuePair<string, object?>("step", step.OperationName)),
        };
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ActivitySource.AddActivityListener(listener);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        listener.Dispose();
        meter.Dispose();
    }
}
