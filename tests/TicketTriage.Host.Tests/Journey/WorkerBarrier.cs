using System.Diagnostics;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Tests.Journey;

/// <summary>Holds the first worker of this test that comes by at a point of a ticket's way. To be made before the service is started.</summary>
internal sealed class WorkerBarrier : IDisposable
{
    /// <summary>Flows into the workers that a test starts, and into no other test's.</summary>
    private static readonly AsyncLocal<WorkerBarrier?> Mine = new();

    private readonly ActivityListener listener;
    private readonly ManualResetEventSlim open = new();
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? held;
    private int came;

    public WorkerBarrier(string step, bool atItsEnd)
    {
        Mine.Value = this;
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TicketSteps.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity =>
            {
                if (!atItsEnd && activity.OperationName == step)
                {
                    Hold(activity);
                }
            },
            ActivityStopped = activity =>
            {
                if (atItsEnd && activity.OperationName == step && activity.Status == ActivityStatusCode.Ok)
                {
                    Hold(activity);
                }

                if (activity.OperationName == TicketSteps.Journey && activity.Id == held)
                {
                    over.SetResult();
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public Task Reached => reached.Task;

    /// <summary>The held worker's way has ended.</summary>
    public Task Over => over.Task;

    public void LetGo() => open.Set();

    public void Dispose()
    {
        open.Set();
        listener.Dispose();
        open.Dispose();
    }

    private void Hold(Activity activity)
    {
        if (Mine.Value != this || Interlocked.Increment(ref came) > 1)
        {
            return;
        }

        held = activity.OperationName == TicketSteps.Journey ? activity.Id : activity.ParentId;
        reached.SetResult();
        open.Wait();
    }
}
