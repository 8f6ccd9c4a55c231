using Hangfire;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Jobs;

namespace TicketTriage.Hangfire;

public static class HangfireJobs
{
    /// <summary>Adds Hangfire as the engine of the jobs.</summary>
    /// <param name="runs">False for a process that only shows the jobs and asks for runs, such as one with the role <c>web</c>.</param>
    public static void AddHangfireJobs(this IHostApplicationBuilder builder, bool runs)
    {
        var services = builder.Services;
        services.Configure<PostgreSqlStorageOptions>(Configure);
        services.AddSingleton<JobStorage>(provider => new PostgreSqlStorage(
            new PooledConnections(provider.GetRequiredService<NpgsqlDataSource>()),
            provider.GetRequiredService<IOptions<PostgreSqlStorageOptions>>().Value));
        services.AddSingleton<IJobFilterProvider>(provider => new JobFilterProviderCollection(
            new JobFilterCollection { new DueTimeFilter(provider.GetRequiredService<TimeProvider>()), new StatisticsHistoryAttribute() },
            new JobFilterAttributeFilterProvider()));
        services.AddHangfire(_ => { });

        services.AddScoped<HangfireBeat>();
        services.AddSingleton<HangfireEngine>();
        services.AddSingleton<IJobEngine>(provider => provider.GetRequiredService<HangfireEngine>());
        services.AddHostedService<HangfireTimetable>();
        if (runs)
        {
            services.AddHangfireServer((_, server) =>
            {
                server.WorkerCount = 4;
                server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
                server.ShutdownTimeout = TimeSpan.FromSeconds(20);
            });
        }
    }

    /// <summary>Maps Hangfire's own dashboard to <c>/hangfire</c>.</summary>
    /// <param name="policy">Who may open it; sends others to sign in.</param>
    /// <param name="roles">The roles that may see it: asked again behind <paramref name="policy"/>, also of requests from this machine.</param>
    public static void MapHangfireDashboard(this IEndpointRouteBuilder routes, string policy, params string[] roles)
    {
        var options = new DashboardOptions
        {
            Authorization = [new DashboardRoles(roles)],
            AppPath = "/jobs",
            DashboardTitle = "TicketTriage jobs",
            DisplayStorageConnectionString = false,
        };
        routes.MapHangfireDashboard("/hangfire", options).RequireAuthorization(policy);
    }

    private static void Configure(PostgreSqlStorageOptions options)
    {
        options.SchemaName = "hangfire";

        // The database was reached a moment ago; a silent half-start would only hide what is wrong.
        options.AllowDegradedModeWithoutStorage = false;

        // A killed process's job comes back after this time, and a living one's is kept by heartbeats however long it takes.
        options.UseSlidingInvisibilityTimeout = true;
        options.InvisibilityTimeout = TimeSpan.FromMinutes(2);

        // Hangfire's lock has no owner: a killed process leaves it behind for this long, then anybody takes it. Nothing relies on it.
        options.DistributedLockTimeout = TimeSpan.FromMinutes(1);

        options.QueuePollInterval = TimeSpan.FromSeconds(1);
        options.JobExpirationCheckInterval = TimeSpan.FromMinutes(15);
        options.DeleteExpiredBatchSize = 10_000;
    }
}
