using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;
using TicketTriage.Jobs;
using RecurringJob = TicketTriage.Jobs.RecurringJob;

namespace TicketTriage.Hangfire;

/// <summary>Hangfire, its timetable in PostgreSQL and shared by all processes. Its calls block, as Hangfire's do.</summary>
internal sealed class HangfireEngine(JobStorage storage, IRecurringJobManager manager, JobSchedule schedule) : IJobEngine
{
    public string Name => "Hangfire";

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> ListNextDueAsync(CancellationToken cancellationToken)
    {
        using var connection = storage.GetConnection();
        IReadOnlyDictionary<string, DateTimeOffset> nextDue = connection
            .GetRecurringJobs([.. schedule.Jobs.Select(job => job.Name)])
            .Where(job => job.NextExecution is not null)
            .ToDictionary(job => job.Id, job => new DateTimeOffset(job.NextExecution.GetValueOrDefault(), TimeSpan.Zero));
        return Task.FromResult(nextDue);
    }

    public Task RunNowAsync(RecurringJob job, CancellationToken cancellationToken)
    {
        manager.Trigger(job.Name);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Brings the timetable in the database to what the schedule says. What has not changed keeps its due time, also a missed one.
    /// </summary>
    public void WriteTimetable()
    {
        foreach (var job in schedule.Jobs)
        {
            manager.AddOrUpdate(
                job.Name,
                Job.FromExpression<HangfireBeat>(beat => beat.RunAsync(job.Name, null, CancellationToken.None)),
                job.Cron,
                new RecurringJobOptions { TimeZone = job.Zone, MisfireHandling = MisfireHandlingMode.Relaxed });
        }

        using var connection = storage.GetConnection();
        foreach (var dropped in connection.GetRecurringJobs().Where(stored => schedule.Find(stored.Id) is null))
        {
            manager.RemoveIfExists(dropped.Id);
        }
    }
}
