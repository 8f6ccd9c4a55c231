using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketTriage.Host.Jobs;
using TicketTriage.Jobs;
using TicketTriage.Storage;

namespace TicketTriage.Host.Tests.Jobs;

/// <summary>
/// What one process of the service has for its jobs, with the engine that was built in. Several stand side by side in one test; where
/// one has to die, it is a real process.
/// </summary>
internal sealed class JobProcess : IAsyncDisposable
{
    /// <summary>The argument that turns the test program into a process that runs <see cref="Stubborn"/> and never ends it.</summary>
    public const string Verb = "run-jobs";

    private readonly IHost host;

    private JobProcess(IHost host) => this.host = host;

    /// <summary>The schedule that parent and child share.</summary>
    public static JobSchedule Stubborn { get; } = new([RecurringJob.Of<ScriptedWork>("stubborn", "0 3 1 1 *", "Runs when asked to.")]);

    public JobBoard Board => host.Services.GetRequiredService<JobBoard>();

    /// <param name="runs">False for a process that only shows jobs and asks for runs.</param>
    public static async Task<JobProcess> StartAsync(
        string connectionString, JobSchedule schedule, WorkScript script, CancellationToken cancellationToken, bool runs = true)
    {
        var builder = new HostApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageServices.ConnectionName}", connectionString)]);
        KeepLog(builder, script);
        builder.Services.AddSingleton(script);
        builder.AddStorage();
        builder.AddJobs(schedule);
        builder.AddJobEngine(runs);
        EngineDriver.Quicken(builder);

        var built = builder.Build();
        await built.StartAsync(cancellationToken);
        return new JobProcess(built);
    }

    /// <summary>Logs into the script, by an instance that outlives the host: Hangfire keeps one for all hosts of a process.</summary>
    public static void KeepLog(IHostApplicationBuilder builder, WorkScript script) => builder.Services.AddSingleton<ILoggerFactory>(
        new LoggerFactory([new ScriptLog(script)], new LoggerFilterOptions { MinLevel = LogLevel.Debug }));

    public static Process StartChild(string connectionString)
    {
        var start = new ProcessStartInfo("dotnet") { ArgumentList = { typeof(JobProcess).Assembly.Location, Verb, connectionString } };
        return Process.Start(start) ?? throw new InvalidOperationException("The second process did not start.");
    }

    /// <summary>What the child does: it runs the job, and never comes to an end.</summary>
    public static async Task RunAsync(string connectionString)
    {
        var script = new WorkScript { Work = async (_, _) => await new TaskCompletionSource<string>().Task };
        await using var process = await StartAsync(connectionString, Stubborn, script, CancellationToken.None);
        await process.host.WaitForShutdownAsync();
    }

    public async Task AskForRunAsync(string job, CancellationToken cancellationToken)
    {
        var overview = await GetAsync(job, cancellationToken);
        await Board.RunNowAsync(overview.Job, "Ada", cancellationToken);
    }

    public async Task<JobOverview> GetAsync(string job, CancellationToken cancellationToken) =>
        await Board.FindAsync(job, cancellationToken) ?? throw new InvalidOperationException($"The schedule has no job {job}.");

    /// <summary>Waits until the job has a run for which <paramref name="isThere"/> holds.</summary>
    public async Task<JobRun> WaitForRunAsync(string job, Func<JobRun, bool> isThere, CancellationToken cancellationToken)
    {
        var overview = await Eventually.GetAsync(() => GetAsync(job, cancellationToken), seen => seen.Runs.Any(isThere), cancellationToken);
        return overview.Runs.First(isThere);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    private sealed class ScriptLog(WorkScript script) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            script.Write($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
