using System.Globalization;
using TicketTriage.Jobs;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Jobs;

/// <summary>What holds with every engine; compiled for the one that is built in.</summary>
[CancelAfter(180_000)]
internal sealed class Recurring_jobs
{
    private const string OnNewYear = "0 3 1 1 *";

    [Test]
    public async Task A_due_time_gets_one_run_among_several_processes(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var script = new WorkScript();
        var jobs = Enumerable.Range(1, 6).Select(number => RecurringJob.Of<ScriptedWork>($"minutely-{number}", "* * * * *", "Runs."));
        var schedule = new JobSchedule([.. jobs]);
        await using var first = await JobProcess.StartAsync(database.ConnectionString, schedule, script, cancellationToken);
        await using var second = await JobProcess.StartAsync(database.ConnectionString, schedule, script, cancellationToken);
        await using var third = await JobProcess.StartAsync(database.ConnectionString, schedule, script, cancellationToken);
        await first.Board.PauseAsync(schedule.Jobs[0], "a test", cancellationToken);

        var dueTimes = new List<DateTimeOffset>();
        foreach (var job in schedule.Jobs.Skip(1))
        {
            var run = await second.WaitForRunAsync(job.Name, seen => seen.State == JobRunState.Done, cancellationToken);
            dueTimes.Add(run.DueAt);
        }

        await Eventually.TrueAsync(() => script.Log.Any(line => line.Contains("minutely-1 is paused")), cancellationToken);
        var runs = 0;
        foreach (var job in schedule.Jobs)
        {
            runs += (await third.GetAsync(job.Name, cancellationToken)).Runs.Count;
        }

        var paused = await third.GetAsync("minutely-1", cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dueTimes, Has.All.Matches<DateTimeOffset>(due => due.Second == 0 && due.Millisecond == 0));
            Assert.That(script.Started, Is.EqualTo(runs));
            Assert.That(paused.Runs, Is.Empty);
            Assert.That(paused.Pause?.By, Is.EqualTo("a test"));
        }
    }

    [Test]
    public async Task Due_times_missed_while_nobody_was_there_get_one_run(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var script = new WorkScript();
        var job = RecurringJob.Of<ScriptedWork>("hourly", "0 * * * *", "Runs.");
        var schedule = new JobSchedule([job]);
        await (await JobProcess.StartAsync(database.ConnectionString, schedule, script, cancellationToken, runs: false)).DisposeAsync();
        var now = TimeProvider.System.GetUtcNow();
        var thisHour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        await EngineDriver.MissSinceAsync(database.ConnectionString, job, thisHour.AddHours(-3), cancellationToken);

        await using var first = await JobProcess.StartAsync(database.ConnectionString, schedule, script, cancellationToken);
        await using var second = await JobProcess.StartAsync(database.ConnectionString, schedule, script, cancellationToken);
        await first.WaitForRunAsync("hourly", run => run.State == JobRunState.Done, cancellationToken);

        var after = await Eventually.GetAsync(
            () => second.GetAsync("hourly", cancellationToken), seen => seen.NextDue > now, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Runs, Has.Count.EqualTo(1));
            Assert.That(after.Runs[0].DueAt, Is.LessThanOrEqualTo(now));
            Assert.That(script.Started, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_failed_run_is_tried_again_and_says_what_happened(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var script = new WorkScript
        {
            Work = (start, _) => start < 3
                ? Task.FromException<string>(new InvalidOperationException($"Refused for the {start}. time."))
                : Task.FromResult("Found 2 tickets."),
        };
        var job = RecurringJob.Of<ScriptedWork>("shaky", OnNewYear, "Runs.") with { Waits = [TimeSpan.Zero, TimeSpan.Zero] };
        await using var process = await JobProcess.StartAsync(database.ConnectionString, new JobSchedule([job]), script, cancellationToken);

        await process.AskForRunAsync("shaky", cancellationToken);

        var run = await process.WaitForRunAsync("shaky", seen => seen.EndedAt is not null, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.State, Is.EqualTo(JobRunState.Done));
            Assert.That(run.Attempts, Is.EqualTo(3));
            Assert.That(run.Outcome, Is.EqualTo("Found 2 tickets."));
            Assert.That(run.Error, Is.Null);
        }
    }

    [Test]
    public async Task A_run_that_keeps_failing_is_left_to_the_next_due_time(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var script = new WorkScript { Work = (_, _) => Task.FromException<string>(new InvalidOperationException("The helpdesk is away.")) };
        var job = RecurringJob.Of<ScriptedWork>("hopeless", OnNewYear, "Runs.") with { Waits = [TimeSpan.Zero] };
        await using var process = await JobProcess.StartAsync(database.ConnectionString, new JobSchedule([job]), script, cancellationToken);

        await process.AskForRunAsync("hopeless", cancellationToken);
        var failed = await process.WaitForRunAsync("hopeless", seen => seen.EndedAt is not null, cancellationToken);
        await process.AskForRunAsync("hopeless", cancellationToken);
        await process.WaitForRunAsync("hopeless", seen => seen.EndedAt is not null && seen.DueAt > failed.DueAt, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failed.State, Is.EqualTo(JobRunState.Failed));
            Assert.That(failed.Error, Is.EqualTo("The helpdesk is away."));
            Assert.That(failed.Attempts, Is.EqualTo(2));
            Assert.That(script.Started, Is.EqualTo(4));
        }
    }

    [Test]
    public async Task The_run_of_a_killed_process_is_taken_over(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var script = new WorkScript();
        await using var desk = await JobProcess.StartAsync(
            database.ConnectionString, JobProcess.Stubborn, script, cancellationToken, runs: false);
        using var child = JobProcess.StartChild(database.ConnectionString);
        try
        {
            await desk.AskForRunAsync("stubborn", cancellationToken);
            var begun = await desk.WaitForRunAsync("stubborn", run => run.State == JobRunState.Running, cancellationToken);

            child.Kill();
            await child.WaitForExitAsync(cancellationToken);
            await desk.WaitForRunAsync("stubborn", run => run.State == JobRunState.CutOff, cancellationToken);
            await using var survivor = await JobProcess.StartAsync(
                database.ConnectionString, JobProcess.Stubborn, script, cancellationToken);

            var run = await survivor.WaitForRunAsync("stubborn", seen => seen.State == JobRunState.Done, cancellationToken);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(run.DueAt, Is.EqualTo(begun.DueAt));
                Assert.That(run.Attempts, Is.EqualTo(2));
                Assert.That(begun.Process, Does.EndWith($"/{child.Id}"));
                Assert.That(run.Process, Does.EndWith($"/{Environment.ProcessId}"));
                Assert.That(script.Started, Is.EqualTo(1));
            }
        }
        finally
        {
            child.Kill();
        }
    }

    [Test]
    public async Task The_run_of_a_stopped_process_is_taken_over_and_the_stop_is_no_attempt(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var script = new WorkScript
        {
            Work = async (start, stopped) =>
            {
                if (start == 1)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopped);
                }

                return "Went on.";
            },
        };
        var schedule = new JobSchedule([RecurringJob.Of<ScriptedWork>("long", OnNewYear, "Runs.")]);
        await using var desk = await JobProcess.StartAsync(database.ConnectionString, schedule, script, cancellationToken, runs: false);
        await using (var stopping = await JobProcess.StartAsync(database.ConnectionString, schedule, script, cancellationToken))
        {
            await desk.AskForRunAsync("long", cancellationToken);
            await Eventually.TrueAsync(() => script.Started == 1, cancellationToken);
        }

        await using var next = await JobProcess.StartAsync(database.ConnectionString, schedule, script, cancellationToken);
        var run = await next.WaitForRunAsync("long", seen => seen.EndedAt is not null, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Outcome, Is.EqualTo("Went on."));
            Assert.That(run.Attempts, Is.EqualTo(1));
            Assert.That(script.Started, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task An_overlong_run_is_not_doubled(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var end = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new WorkScript { Work = (_, stopped) => end.Task.WaitAsync(stopped) };
        var schedule = new JobSchedule([RecurringJob.Of<ScriptedWork>("overlong", OnNewYear, "Runs.")]);
        await using var first = await JobProcess.StartAsync(database.ConnectionString, schedule, script, cancellationToken);
        await using var second = await JobProcess.StartAsync(database.ConnectionString, schedule, script, cancellationToken);

        await first.AskForRunAsync("overlong", cancellationToken);
        var begun = await second.WaitForRunAsync("overlong", run => run.State == JobRunState.Running, cancellationToken);
        await second.AskForRunAsync("overlong", cancellationToken);
        await Eventually.TrueAsync(() => script.Log.Any(line => line.Contains("still running elsewhere")), cancellationToken);
        end.SetResult("Took long.");

        await first.WaitForRunAsync("overlong", run => run.DueAt == begun.DueAt && run.State == JobRunState.Done, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(script.Started, Is.EqualTo(1));
            Assert.That(script.MostUnderWay, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_paused_job_runs_when_a_person_asks(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var script = new WorkScript();
        var job = RecurringJob.Of<ScriptedWork>("resting", OnNewYear, "Runs.");
        await using var process = await JobProcess.StartAsync(database.ConnectionString, new JobSchedule([job]), script, cancellationToken);
        await process.Board.PauseAsync(job, "Ada", cancellationToken);

        await process.AskForRunAsync("resting", cancellationToken);
        var run = await process.WaitForRunAsync("resting", seen => seen.EndedAt is not null, cancellationToken);
        await process.Board.ResumeAsync(job, "Ada", cancellationToken);

        var resumed = await process.GetAsync("resting", cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.State, Is.EqualTo(JobRunState.Done));
            Assert.That(resumed.Pause, Is.Null);
        }
    }

    [Test]
    public async Task A_changed_schedule_counts_from_the_next_start(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var script = new WorkScript();
        var before = new JobSchedule([
            RecurringJob.Of<ScriptedWork>("moved", "0 3 1 1 *", "Runs."), RecurringJob.Of<ScriptedWork>("dropped", OnNewYear, "Runs.")]);
        var after = new JobSchedule([RecurringJob.Of<ScriptedWork>("moved", "0 4 2 7 *", "Runs.")]);

        await (await JobProcess.StartAsync(database.ConnectionString, before, script, cancellationToken)).DisposeAsync();
        await using var process = await JobProcess.StartAsync(database.ConnectionString, after, script, cancellationToken);
        var jobs = await process.Board.ListAsync(1, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(jobs, Has.Count.EqualTo(1));
            Assert.That(jobs[0].NextDue?.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture), Is.EqualTo("07-02 04:00"));
        }
    }
}
