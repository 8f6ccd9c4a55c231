namespace TicketTriage.Jobs;

/// <summary>All recurring jobs with their times: the one list.</summary>
public sealed class JobSchedule
{
    private readonly Dictionary<string, RecurringJob> byName;

    /// <exception cref="ArgumentException">Two jobs share a name.</exception>
    public JobSchedule(IReadOnlyList<RecurringJob> jobs)
    {
        Jobs = jobs;
        byName = jobs.ToDictionary(job => job.Name);
    }

    /// <summary>What this version comes with.</summary>
    public static JobSchedule Shipped { get; } = new([]);

    public IReadOnlyList<RecurringJob> Jobs { get; }

    public RecurringJob? Find(string name) => byName.GetValueOrDefault(name);
}
