using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TicketTriage.Jobs;

/// <summary>
/// Turns the beats of an engine into runs: one for each due time among all processes, never two of a job at once. A run that
/// failed is tried again; a run whose process ended goes on with the next beat for its due time.
/// </summary>
public sealed partial class JobRunner(
    JobSchedule schedule, NpgsqlDataSource database, IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRunner> logger)
{
    private static readonly string Process = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>Runs the job to its end, unless the beat is a repeat, the job is running elsewhere, or it is paused.</summary>
    /// <exception cref="OperationCanceledException">The host stops; the run is left open, and the engine announces it again.</exception>
    public async Task RunAsync(JobBeat beat, CancellationToken cancellationToken)
    {
        var job = schedule.Find(beat.Job);
        if (job is null)
        {
            UnknownJob(beat.Job);
            return;
        }

        await using var jobLock = await JobLock.TryTakeAsync(database, job.Name, clock, cancellationToken);
        if (jobLock is null)
        {
            StillRunning(job.Name, beat.DueAt);
            return;
        }

        if (!beat.IsAskedFor && await JobRecords.IsHeldUpAsync(jobLock.Session, beat, cancellationToken))
        {
            Paused(job.Name, beat.DueAt);
            return;
        }

        while (await JobRecords.BeginAttemptAsync(jobLock.Session, beat, Process, clock.GetUtcNow(), cancellationToken) is { } attempt)
        {
            if (attempt > job.Waits.Count + 1)
            {
                EndedItsProcess(job.Name, beat.DueAt, attempt - 1);
                var error = $"Its process ended during each of {attempt - 1} attempts; the next due time is the next chance.";
                await JobRecords.EndFailedAsync(jobLock.Session, beat, error, clock.GetUtcNow());
                return;
            }

            await AttemptAsync(job, beat, attempt, jobLock, cancellationToken);
        }
    }

    /// <summary>Makes one attempt and records it; after a failure that isn't the last, waits for the next one to be due.</summary>
    private async Task AttemptAsync(RecurringJob job, JobBeat beat, int attempt, JobLock jobLock, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await jobLock.WhileHeldAsync(stopped => WorkAsync(job, stopped), cancellationToken);
            await JobRecords.EndDoneAsync(jobLock.Session, beat, outcome, clock.GetUtcNow());
            Done(job.Name, beat.DueAt, outcome);
            return;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await JobRecords.HandBackAsync(jobLock.Session, beat, clock.GetUtcNow());
            throw;
        }
        catch (Exception exception) when (exception is not JobLockLostException)
        {
            if (attempt > job.Waits.Count)
            {
                await JobRecords.EndFailedAsync(jobLock.Session, beat, Sentence(exception), clock.GetUtcNow());
                Failed(exception, job.Name, beat.DueAt, attempt);
                return;
            }

            await JobRecords.NoteFailureAsync(jobLock.Session, beat, Sentence(exception), clock.GetUtcNow());
            FailedOnce(exception, job.Name, beat.DueAt, attempt, job.Waits[attempt - 1]);
        }

        await Task.Delay(job.Waits[attempt - 1], clock, cancellationToken);
    }

    private async Task<string> WorkAsync(RecurringJob job, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var work = (IRecurringWork)scope.ServiceProvider.GetRequiredService(job.Work);
        return await work.RunAsync(cancellationToken);
    }

    private static string Sentence(Exception exception)
    {
        var message = exception.Message.ReplaceLineEndings("\n").Split('\n')[0].Trim();
        var sentence = message.Length == 0 ? exception.GetType().Name : message;
        return sentence.Length <= 300 ? sentence : string.Concat(sentence.AsSpan(0, 299), "…");
    }

    [LoggerMessage(LogLevel.Warning, "The engine announced the job {Job}, which this version doesn't have; it was left out.")]
    private partial void UnknownJob(string job);

    [LoggerMessage(LogLevel.Information, "Job {Job} is still running elsewhere, so its due time {DueAt} was left out.")]
    private partial void StillRunning(string job, DateTimeOffset dueAt);

    [LoggerMessage(LogLevel.Debug, "Job {Job} is paused, so its due time {DueAt} was left out.")]
    private partial void Paused(string job, DateTimeOffset dueAt);

    [LoggerMessage(LogLevel.Debug, "Job {Job} of {DueAt} is done: {Outcome}")]
    private partial void Done(string job, DateTimeOffset dueAt, string outcome);

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} of job {Job} of {DueAt} failed; the next one is made after {Wait}.")]
    private partial void FailedOnce(Exception exception, string job, DateTimeOffset dueAt, int attempt, TimeSpan wait);

    [LoggerMessage(LogLevel.Error, "Job {Job} of {DueAt} failed after {Attempts} attempts; its next due time is the next chance.")]
    private partial void Failed(Exception exception, string job, DateTimeOffset dueAt, int attempts);

    [LoggerMessage(LogLevel.Error, "Job {Job} of {DueAt} ended its process during each of {Attempts} attempts and was given up.")]
    private partial void EndedItsProcess(string job, DateTimeOffset dueAt, int attempts);
}
