using Npgsql;
using TicketTriage.Audits;

namespace TicketTriage.Jobs;

/// <summary>What people see of the jobs, and what they may do with them. The same with every engine.</summary>
public sealed class JobBoard(
    JobSchedule schedule, IJobEngine engine, NpgsqlDataSource database, AuditLedger audit, TimeProvider clock)
{
    /// <summary>How many runs a job's history shows.</summary>
    public const int HistoryLength = 50;

    public string Engine => engine.Name;

    /// <param name="runs">How many of the latest runs come with each job.</param>
    public async Task<IReadOnlyList<JobOverview>> ListAsync(int runs, CancellationToken cancellationToken)
    {
        var nextDue = await engine.ListNextDueAsync(cancellationToken);
        var pauses = await JobRecords.ListPausesAsync(database, cancellationToken);
        var jobs = new List<JobOverview>();
        foreach (var job in schedule.Jobs)
        {
            jobs.Add(new JobOverview(
                job,
                nextDue.TryGetValue(job.Name, out var due) ? due : null,
                pauses.GetValueOrDefault(job.Name),
                await JobRecords.ListRunsAsync(database, job.Name, runs, cancellationToken)));
        }

        return jobs;
    }

    /// <returns>The job with its history, or <see langword="null"/> where the schedule has none of that name.</returns>
    public async Task<JobOverview?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var jobs = await ListAsync(HistoryLength, cancellationToken);
        return jobs.FirstOrDefault(overview => overview.Job.Name == name);
    }

    /// <summary>What changes with whatever the list shows: to tell pages that there is something to see.</summary>
    /// <param name="runs">How many of the latest runs of each job count.</param>
    public Task<string> MarkAsync(int runs, CancellationToken cancellationToken) =>
        JobRecords.MarkAsync(database, [.. schedule.Jobs.Select(job => job.Name)], runs, cancellationToken);

    /// <param name="by">Who asked, for the audit.</param>
    public async Task RunNowAsync(RecurringJob job, string by, CancellationToken cancellationToken)
    {
        await audit.AddAsync("", AuditActions.JobAsked, by, $"job {job.Name}", "{}", cancellationToken);
        await engine.RunNowAsync(job, cancellationToken);
    }

    /// <summary>Due times pass without a run until somebody resumes the job. A run under way goes on to its end.</summary>
    /// <param name="by">Who asked, for the page.</param>
    public Task PauseAsync(RecurringJob job, string by, CancellationToken cancellationToken) =>
        JobRecords.PauseAsync(database, job.Name, by, clock.GetUtcNow(), cancellationToken);

    /// <param name="by">Who asked, for the audit.</param>
    public Task ResumeAsync(RecurringJob job, string by, CancellationToken cancellationToken) =>
        JobRecords.ResumeAsync(database, job.Name, by, cancellationToken);
}

/// <summary>A job as its page shows it.</summary>
/// <param name="NextDue"><see langword="null"/> while no engine holds the job, or when it is never due again.</param>
/// <param name="Pause"><see langword="null"/> unless it is paused.</param>
/// <param name="Runs">Newest first.</param>
public sealed record JobOverview(RecurringJob Job, DateTimeOffset? NextDue, JobPause? Pause, IReadOnlyList<JobRun> Runs)
{
    public bool IsRunning => Runs.Any(run => run.State == JobRunState.Running);
}
