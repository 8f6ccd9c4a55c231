using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TicketTriage.Jobs;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Jobs;

[CancelAfter(60_000)]
internal sealed class JobRunnerTests
{
    private const string Name = "sweep";
    private static readonly DateTimeOffset Due = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_due_time_announced_again_gets_no_second_run(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var work = new Work(() => Task.FromResult("Swept."));
        var runner = Runner(database, work);

        await runner.RunAsync(new JobBeat(Name, Due, IsAskedFor: false), cancellationToken);
        await runner.RunAsync(new JobBeat(Name, Due, IsAskedFor: true), cancellationToken);

        var runs = await RunsAsync(database, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(work.Started, Is.EqualTo(1));
            Assert.That(runs.Single(), Has.Property(nameof(JobRun.Outcome)).EqualTo("Swept."));
        }
    }

    [Test]
    public async Task Forty_beats_at_once_for_four_due_times_make_four_runs(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var work = new Work(async () =>
        {
            await Task.Yield();
            return "Swept.";
        });
        var runner = Runner(database, work);

        for (var minute = 0; minute < 4; minute++)
        {
            var beat = new JobBeat(Name, Due.AddMinutes(minute), IsAskedFor: false);
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => runner.RunAsync(beat, cancellationToken)));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(work.Started, Is.EqualTo(4));
            Assert.That(await RunsAsync(database, cancellationToken), Has.Count.EqualTo(4).And.All.Property(nameof(JobRun.Attempts)).EqualTo(1));
        }
    }

    [Test]
    public async Task A_paused_job_lets_its_due_times_pass(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var work = new Work(() => Task.FromResult("Swept."));
        var runner = Runner(database, work);
        await JobRecords.PauseAsync(database.Pool, Name, "Ada", Due, cancellationToken);

        await runner.RunAsync(new JobBeat(Name, Due, IsAskedFor: false), cancellationToken);
        var whilePaused = work.Started;
        await JobRecords.ResumeAsync(database.Pool, Name, "Ada", cancellationToken);
        await runner.RunAsync(new JobBeat(Name, Due.AddMinutes(1), IsAskedFor: false), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whilePaused, Is.Zero);
            Assert.That((await RunsAsync(database, cancellationToken)).Single().DueAt, Is.EqualTo(Due.AddMinutes(1)));
        }
    }

    [Test]
    public async Task A_run_that_had_begun_goes_on_although_the_job_was_paused_meanwhile(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var runner = Runner(database, new Work(() => Task.FromResult("Swept.")));
        await LeaveOpenAsync(database, attempts: 1);
        await JobRecords.PauseAsync(database.Pool, Name, "Ada", Due, cancellationToken);

        await runner.RunAsync(new JobBeat(Name, Due, IsAskedFor: false), cancellationToken);

        Assert.That((await RunsAsync(database, cancellationToken)).Single().State, Is.EqualTo(JobRunState.Done));
    }

    [Test]
    public async Task A_run_that_was_cut_off_is_closed_by_the_next_due_time(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var runner = Runner(database, new Work(() => Task.FromResult("Swept.")));
        await LeaveOpenAsync(database, attempts: 1);
        var before = await RunsAsync(database, cancellationToken);

        await runner.RunAsync(new JobBeat(Name, Due.AddMinutes(5), IsAskedFor: false), cancellationToken);
        await runner.RunAsync(new JobBeat(Name, Due, IsAskedFor: false), cancellationToken);

        var runs = await RunsAsync(database, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Single().State, Is.EqualTo(JobRunState.CutOff));
            Assert.That(runs.Select(run => run.State), Is.EqualTo(new[] { JobRunState.Done, JobRunState.Failed }));
            Assert.That(runs[1].Error, Does.StartWith("It was cut off"));
        }
    }

    [Test]
    public async Task A_run_that_ended_its_process_each_time_is_given_up(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var work = new Work(() => Task.FromResult("Swept."));
        var runner = Runner(database, work);
        await LeaveOpenAsync(database, attempts: 3);

        await runner.RunAsync(new JobBeat(Name, Due, IsAskedFor: false), cancellationToken);

        var run = (await RunsAsync(database, cancellationToken)).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(work.Started, Is.Zero);
            Assert.That(run.State, Is.EqualTo(JobRunState.Failed));
            Assert.That(run.Error, Does.Contain("ended during each of 3 attempts"));
        }
    }

    [Test]
    public async Task A_run_whose_lock_is_lost_is_stopped_and_records_nothing(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var clock = new ManualClock();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = new Work(stopped =>
        {
            begun.SetResult();
            return new TaskCompletionSource<string>().Task.WaitAsync(stopped);
        });
        var running = Runner(database, work, clock).RunAsync(new JobBeat(Name, Due, IsAskedFor: false), cancellationToken);
        await begun.Task.WaitAsync(cancellationToken);

        await database.AskAsync<bool>(
            """
            select pg_terminate_backend(pid) from pg_locks
            where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
            """);
        await clock.UntilTimerAsync(TimeSpan.FromMinutes(1), cancellationToken);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That(async () => await running, Throws.TypeOf<JobLockLostException>());
        Assert.That((await RunsAsync(database, cancellationToken)).Single().State, Is.EqualTo(JobRunState.CutOff));
    }

    [Test]
    public async Task The_time_between_attempts_is_waited_for(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var clock = new ManualClock();
        var work = new Work(() => Task.FromException<string>(new InvalidOperationException("The helpdesk is away.\nA second line.")));
        var running = Runner(database, work, clock, TimeSpan.FromSeconds(40))
            .RunAsync(new JobBeat(Name, Due, IsAskedFor: false), cancellationToken);

        while (await clock.UntilTimerAsync(TimeSpan.FromSeconds(40), cancellationToken) < TimeSpan.FromSeconds(40))
        {
            // While it works, the earliest timer is that of the watch over its lock.
            await Task.Yield();
        }

        var startedBefore = work.Started;
        clock.Advance(TimeSpan.FromSeconds(40));
        await running;

        var run = (await RunsAsync(database, cancellationToken)).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(startedBefore, Is.EqualTo(1));
            Assert.That(work.Started, Is.EqualTo(2));
            Assert.That(run.Error, Is.EqualTo("The helpdesk is away."));
            Assert.That(run.Duration, Is.EqualTo(TimeSpan.FromSeconds(40)));
        }
    }

    [Test]
    public async Task Of_a_job_the_latest_thousand_runs_are_kept(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(
            """
            insert into job_runs (name, due_at, started_at, ended_at, attempts, process, outcome)
            select 'sweep', at, at, at, 1, 'test', 'Swept.' from generate_series(timestamptz '2026-11-01', '2026-11-02', '1 minute') at
            """);
        var runner = Runner(database, new Work(() => Task.FromResult("Swept.")));

        await runner.RunAsync(new JobBeat(Name, Due, IsAskedFor: false), cancellationToken);

        Assert.That(await database.AskAsync<long>("select count(*) from job_runs"), Is.InRange(1000, 1002));
    }

    private static JobRunner Runner(TriageDatabase database, Work work, TimeProvider? clock = null, params TimeSpan[] waits)
    {
        var job = RecurringJob.Of<Work>(Name, "*/5 * * * *", "Sweeps.");
        var services = new ServiceCollection().AddSingleton(work).BuildServiceProvider();
        return new JobRunner(
            new JobSchedule([waits.Length == 0 ? job : job with { Waits = waits }]),
            database.Pool,
            services.GetRequiredService<IServiceScopeFactory>(),
            clock ?? TimeProvider.System,
            NullLogger<JobRunner>.Instance);
    }

    private static Task<IReadOnlyList<JobRun>> RunsAsync(TriageDatabase database, CancellationToken cancellationToken) =>
        JobRecords.ListRunsAsync(database.Pool, Name, 50, cancellationToken);

    /// <summary>What a process leaves behind that was killed at its work.</summary>
    private static async Task LeaveOpenAsync(TriageDatabase database, int attempts)
    {
        await using var command = database.Pool.CreateCommand(
            "insert into job_runs (name, due_at, started_at, attempts, process) values (@name, @due, @due, @attempts, 'killed/1')");
        command.Parameters.AddRange(new NpgsqlParameter[] { new("name", Name), new("due", Due.UtcDateTime), new("attempts", attempts) });
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Work(Func<CancellationToken, Task<string>> work) : IRecurringWork
    {
        private int started;

        public Work(Func<Task<string>> work)
            : this(_ => work())
        {
        }

        public int Started => Volatile.Read(ref started);

        public Task<string> RunAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref started);
            return work(cancellationToken);
        }
    }
}
