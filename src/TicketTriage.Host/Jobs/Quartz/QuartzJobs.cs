using Npgsql;
using Quartz;
using TicketTriage.Jobs;

namespace TicketTriage.Host.Jobs.Quartz;

internal static class QuartzJobs
{
    /// <summary>Adds Quartz.NET as the engine of the jobs.</summary>
    /// <param name="runs">False for a process that only shows the jobs and asks for runs, such as one with the role <c>web</c>.</param>
    public static void AddQuartzJobs(this IHostApplicationBuilder builder, bool runs)
    {
        builder.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "TicketTriage";
                scheduler.GenerateInstanceId = true;
                // How soon a process sees what another one has put into the timetable, such as a run that somebody asked for.
                scheduler.IdleWaitTime = TimeSpan.FromSeconds(2);
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = services => services.GetRequiredService<NpgsqlDataSource>());
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = TimeSpan.FromSeconds(5);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(10);
                });
                store.ConfigureStore(options =>
                {
                    options.TablePrefix = $"{QuartzTimetable.Schema}.qrtz_";
                    options.RecoverFiringsCancelledByShutdown = true;
                });
            });
        });

        builder.Services.AddSingleton<QuartzEngine>();
        builder.Services.AddSingleton<IJobEngine>(services => services.GetRequiredService<QuartzEngine>());
        builder.Services.AddHostedService<QuartzTimetable>();
        builder.AddQuartzHostedService(hosting =>
        {
            hosting.WaitForJobsToComplete = true;
            hosting.AutoStart = runs;
        });
    }
}
