using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using TicketTriage.Audits;
using TicketTriage.Tickets;

namespace TicketTriage.Jobs;

public static class JobsServices
{
    /// <summary>Adds the jobs that this version comes with, and what runs them; an engine has to be added beside them.</summary>
    public static void AddJobs(this IHostApplicationBuilder builder) => builder.AddJobs(JobSchedule.Shipped);

    /// <summary>Adds the jobs of a schedule of one's own; a schedule that is registered already counts in its place.</summary>
    public static void AddJobs(this IHostApplicationBuilder builder, JobSchedule schedule)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<AuditLedger>();
        builder.Services.TryAddSingleton(schedule);
        builder.Services.AddSingleton<JobRunner>();
        builder.Services.AddSingleton<JobBoard>();
        builder.Services.AddSingleton<ParkedTickets>();
        foreach (var work in schedule.Jobs.Select(job => job.Work).Distinct())
        {
            builder.Services.TryAddScoped(work);
        }
    }
}
