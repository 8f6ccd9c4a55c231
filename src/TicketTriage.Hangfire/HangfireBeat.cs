using Hangfire;
using Hangfire.Server;
using TicketTriage.Jobs;

namespace TicketTriage.Hangfire;

/// <summary>Hands the beats of Hangfire to the runner. Its name and its method's stand in queued jobs: renaming one breaks those.</summary>
public sealed class HangfireBeat(JobRunner runner)
{
    // The runner repeats what failed. What reaches Hangfire is a database that was away, and the next due time is the next chance.
    [AutomaticRetry(Attempts = 0)]
    [JobDisplayName("{0}")]
    public Task RunAsync(string job, PerformContext? context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var dueAt = context.GetJobParameter<DateTimeOffset>(DueTimeFilter.DueAt);
        var isAskedFor = context.GetJobParameter<bool>(DueTimeFilter.IsAskedFor);
        return runner.RunAsync(new JobBeat(job, dueAt, isAskedFor), cancellationToken);
    }
}
