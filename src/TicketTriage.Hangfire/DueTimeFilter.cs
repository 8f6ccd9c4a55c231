using Hangfire.Client;
using Hangfire.Common;

namespace TicketTriage.Hangfire;

/// <summary>
/// Writes the due time to each job that Hangfire queues: it passes on only the moment of queueing, which differs between two processes
/// that queue the same due time. What is queued before its time was asked for by a person.
/// </summary>
internal sealed class DueTimeFilter(TimeProvider clock) : IClientFilter
{
    public const string DueAt = "DueAt";
    public const string IsAskedFor = "IsAskedFor";

    public void OnCreating(CreatingContext context)
    {
        if (context.Job.Type != typeof(HangfireBeat))
        {
            return;
        }

        var name = (string)context.Job.Args[0];
        var now = clock.GetUtcNow();
        var due = FindDueTime(context, name);
        var isAskedFor = due is null || due > now;
        context.SetJobParameter(DueAt, isAskedFor ? now : due);
        context.SetJobParameter(IsAskedFor, isAskedFor);
    }

    public void OnCreated(CreatedContext context)
    {
    }

    private static DateTimeOffset? FindDueTime(CreatingContext context, string name)
    {
        var entry = context.Connection.GetAllEntriesFromHash($"recurring-job:{name}");
        return entry is not null && entry.TryGetValue("NextExecution", out var due) && due.Length > 0
            ? new DateTimeOffset(JobHelper.DeserializeDateTime(due).ToUniversalTime(), TimeSpan.Zero)
            : null;
    }
}
