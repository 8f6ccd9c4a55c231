using System.Globalization;
using Quartz;
using TicketTriage.Jobs;

namespace TicketTriage.Host.Jobs.Quartz;

/// <summary>Hands the beats of Quartz to the runner.</summary>
internal sealed class QuartzBeat(JobRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await runner.RunAsync(Read(context), cancellationToken);

    private static JobBeat Read(IJobExecutionContext context)
    {
        var job = context.JobDetail.Key.Name;
        if (context.Recovering)
        {
            return new JobBeat(job, OriginalDueAt(context), IsAskedFor: false);
        }

        var due = context.ScheduledFireTimeUtc ?? context.FireTimeUtc;
        return context.Trigger is ICronTrigger { CronExpressionString: { } cron } trigger
            ? new JobBeat(job, LatestDueTime(CronExpression.Parse(cron).WithTimeZone(trigger.TimeZone), due), IsAskedFor: false)
            : new JobBeat(job, due, IsAskedFor: true);
    }

    // A trigger that fires late reports the moment at which it was found late; the run belongs to the due time before.
    private static DateTimeOffset LatestDueTime(CronExpression cron, DateTimeOffset scheduled) =>
        cron.IsSatisfiedBy(scheduled) ? scheduled : cron.GetPreviousValidTimeBefore(scheduled) ?? scheduled;

    private static DateTimeOffset OriginalDueAt(IJobExecutionContext context)
    {
        var original = context.MergedJobDataMap[SchedulerConstants.FailedJobOriginalTriggerScheduledFireTime];
        return DateTimeOffset.Parse(Convert.ToString(original, CultureInfo.InvariantCulture) ?? "", CultureInfo.InvariantCulture);
    }
}
