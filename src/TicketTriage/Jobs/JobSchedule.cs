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
    public static JobSchedule Shipped { get; } = new(
    [
        RecurringJob.Of<ReconcileJob>("reconcile", "*/5 * * * *", "Finds tickets that no webhook has told of."),
        RecurringJob.Of<ReturnLeasesJob>("return-leases", "* * * * *", "Gives back what a killed worker was working on."),
        RecurringJob.Of<SyncKnowledgeJob>("sync-knowledge", "*/15 * * * *", "Brings the team's articles up to what their sources have."),
        RecurringJob.Of<EscalateJob>("escalate", "* * * * *", "Tells people of tickets at risk until somebody takes them."),
        RecurringJob.Of<TidyWatchJob>("tidy-watch", "20 * * * *", "Forgets the clocks of tickets that ended a month ago."),
        RecurringJob.Of<AssignAgentsJob>("assign-agents", "* * * * *", "Asks who is there, and gives what waits to those who are free."),
        RecurringJob.Of<SumDaysJob>("sum-days", "* * * * *", "Adds up the days that are over, for reports."),
        RecurringJob.Of<ExportAuditHeadsJob>("export-audit-heads", "10 0 * * *", "Writes down where the audit's chains end."),
        RecurringJob.Of<MakeMonthsJob>("make-months", "25 0 * * *", "Makes room for the decisions of the months to come."),
        RecurringJob.Of<ForgetOldJob>("forget-old", "40 1 * * *", "Deletes what is older than Retention in the configuration lets it get."),
    ]);

    public IReadOnlyList<RecurringJob> Jobs { get; }

    public RecurringJob? Find(string name) => byName.GetValueOrDefault(name);
}
