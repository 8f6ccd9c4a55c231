#if HANGFIRE
using TicketTriage.Hangfire;
#else
using TicketTriage.Host.Jobs.Quartz;
#endif

namespace TicketTriage.Host.Jobs;

/// <summary>The engine that was built in: <c>-p:JobEngine=Quartz</c> (the default) or <c>Hangfire</c>.</summary>
public static class JobEngine
{
    /// <summary>The engine's own pages; <see langword="null"/> where it has none.</summary>
    public static string? Dashboard =>
#if HANGFIRE
        "/hangfire";
#else
        null;
#endif

    /// <summary>Adds the engine. Call it after what brings the database up to date: engines start in this order.</summary>
    /// <param name="runs">False for a process that only shows the jobs and asks for runs.</param>
    public static void AddJobEngine(this IHostApplicationBuilder builder, bool runs)
    {
#if HANGFIRE
        builder.AddHangfireJobs(runs);
#else
        builder.AddQuartzJobs(runs);
#endif
    }
}
