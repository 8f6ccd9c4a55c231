using System.Diagnostics;

namespace TicketTriage.Host.Metrics;

/// <summary>
/// Has each request begin a trace, or go on with its caller's, so that what is logged during it can be found together. The web server
/// does so for whoever logs its requests, and these are not logged: addresses may hold secrets.
/// </summary>
internal sealed class RequestTraces : IDisposable
{
    private readonly ActivityListener listener = new()
    {
        ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
        // Nothing is recorded for anybody: the numbers are all that is needed.
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
    };

    public void Listen() => ActivitySource.AddActivityListener(listener);

    public void Dispose() => listener.Dispose();
}
