using System.Globalization;
using Quartz;
using TicketTriage.Jobs;

namespace TicketTriage.Host.Jobs.Quartz;

/// <summary>Quartz.NET, its timetable in PostgreSQL and shared by all processes.</summary>
internal sealed class QuartzEngine(ISchedulerFactory schedulers, JobSchedule schedule, TimeProvider clock) : IJobEngine
{
    private const string Recurring = "recurring";
    private const string ByHand = "by-hand";

    public string Name => "Quartz.NET";

    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ListNextDueAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var triggers = await scheduler.GetTriggers([.. schedule.Jobs.Select(TriggerOf)], cancellationToken);
        var nextDue = new Dictionary<string, DateTimeOffset>();
        foreach (var trigger in triggers)
        {
            if (trigger.NextFireTimeUtc is { } due)
            {
                nextDue.Add(trigger.Key.Name, due);
            }
        }

        return nextDue;
    }

    public async Task RunNowAsync(RecurringJob job, CancellationToken cancellationToken)
    {
        // A whole second: Quartz keeps no more of it when it takes over the run of a dead process. Who asks twice within it gets one run.
        var due = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds() + 1);
        var trigger = TriggerBuilder.Create(clock)
            .WithIdentity(string.Create(CultureInfo.InvariantCulture, $"{job.Name}-{due.ToUnixTimeSeconds()}"), ByHand)
            .ForJob(KeyOf(job))
            .StartAt(due)
            .Build();
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.ScheduleJob(trigger, ScheduleJobOptions.Replacing, cancellationToken);
    }

    /// <summary>
    /// Brings the timetable in the database to what the schedule says. What has not changed keeps its due time, also a missed one.
    /// </summary>
    public async Task WriteTimetableAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var job in schedule.Jobs)
        {
            var cron = CronOf(job);
            var known = await scheduler.GetTrigger(TriggerOf(job), cancellationToken);
            if (known is ICronTrigger same && same.CronExpressionString == cron.CronExpressionString && same.TimeZone.Id == job.Zone.Id)
            {
                continue;
            }

            var beat = JobBuilder.Create<QuartzBeat>()
                .WithIdentity(KeyOf(job))
                .WithDescription(job.Description)
                .StoreDurably()
                .RequestRecovery()
                .Build();
            var times = TriggerBuilder.Create(clock)
                .WithIdentity(TriggerOf(job))
                .WithSchedule(CronScheduleBuilder.Create(cron).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
                .Build();
            await scheduler.ScheduleJob(beat, times, ScheduleJobOptions.Replacing, cancellationToken);
        }

        var stored = await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(Recurring), cancellationToken);
        await scheduler.DeleteJobs([.. stored.Where(key => schedule.Find(key.Name) is null)], cancellationToken);
    }

    /// <summary>The job's times as Quartz reads them.</summary>
    internal static CronExpression CronOf(RecurringJob job) => CronExpression.Parse(job.Cron, CronFormat.Unix).WithTimeZone(job.Zone);

    private static JobKey KeyOf(RecurringJob job) => new(job.Name, Recurring);

    private static TriggerKey TriggerOf(RecurringJob job) => new(job.Name, Recurring);
}
