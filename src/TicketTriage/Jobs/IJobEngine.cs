namespace TicketTriage.Jobs;

/// <summary>
/// Wakes the jobs of the <see cref="JobSchedule"/> when they are due, by handing a <see cref="JobBeat"/> to the <see cref="JobRunner"/>.
/// Which one is built in is chosen at build time. It may beat late, twice, or in two processes at once: the runner sorts that out.
/// </summary>
public interface IJobEngine
{
    /// <summary>The engine's name, for people.</summary>
    string Name { get; }

    /// <summary>When each job is due next, by the job's name; a job that the engine doesn't hold (yet) is missing.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> ListNextDueAsync(CancellationToken cancellationToken);

    /// <summary>Beats once for the job, as soon as one of the processes that run jobs is free.</summary>
    Task RunNowAsync(RecurringJob job, CancellationToken cancellationToken);
}

/// <summary>A job is due.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="DueAt">The due time: with the job's name it identifies the run, however often it is announced.</param>
/// <param name="IsAskedFor">True where a person asked for the run, which a pause doesn't hold up.</param>
public readonly record struct JobBeat(string Job, DateTimeOffset DueAt, bool IsAskedFor);
