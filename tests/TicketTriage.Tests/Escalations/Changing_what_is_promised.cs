using Microsoft.Extensions.Logging;
using TicketTriage.Escalations;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Escalations;

/// <summary>Service levels that are edited while tickets wait by them.</summary>
[CancelAfter(120_000)]
internal sealed class Changing_what_is_promised
{
    private static DateTimeOffset Start => SomeMatrix.Start;

    [Test]
    public async Task A_shorter_target_is_heeded_at_once_and_said_in_one_line(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new PolicyFolder();
        var clock = new ManualClock(Start);
        var log = new KeptLines();
        var (watch, levels) = await StartAsync(database, folder, clock, log, cancellationToken);
        var ledger = new WatchLedger(database.Pool);
        await ledger.ObserveAsync(SomeMatrix.Ticket(), Start, cancellationToken);
        await watch.LookAsync(cancellationToken);
        clock.Advance(TimeSpan.FromMinutes(50));

        await watch.LookAsync(cancellationToken);
        var before = await CountAsync(database);
        Write(folder, levels, minutes: 60);
        await watch.LookAsync(cancellationToken);
        await watch.LookAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before, await CountAsync(database)), Is.EqualTo((0, 1)));
            Assert.That(log.Lines.Where(line => line.Contains("looked at anew", StringComparison.Ordinal)), Has.Exactly(1).Contains(" 1 open tickets"));
        }
    }

    [Test]
    public async Task A_running_cycle_keeps_the_target_that_it_began_with(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new PolicyFolder();
        var clock = new ManualClock(Start);
        var (watch, levels) = await StartAsync(database, folder, clock, new KeptLines(), cancellationToken);
        Write(folder, levels, minutes: 60);
        await new WatchLedger(database.Pool).ObserveAsync(SomeMatrix.Ticket(), Start, cancellationToken);
        clock.Advance(TimeSpan.FromMinutes(50));
        await watch.LookAsync(cancellationToken);

        Write(folder, levels, minutes: 3000);
        clock.Advance(TimeSpan.FromMinutes(11));
        await watch.LookAsync(cancellationToken);

        Assert.That(
            await database.AskAsync<string>(
                "select string_agg(level || ' ' || state || ' ' || to_char(due_at at time zone 'UTC', 'HH24:MI'), ', ' order by level) from escalations"),
            Is.EqualTo("1 raised 10:00, 2 open 10:00"));
        Assert.That(await database.AskAsync<long>("select count(distinct service_version) from escalations"), Is.EqualTo(1));
    }

    private static async Task<(EscalationWatch Watch, string Levels)> StartAsync(
        TriageDatabase database, PolicyFolder folder, TimeProvider clock, ILogger<EscalationWatch> log, CancellationToken cancellationToken)
    {
        var levels = Write(folder, "service-levels.json", minutes: 3000);
        var options = new EscalationOptions { MatrixFile = folder.Write("escalation.json", Matrix), ServiceLevelsFile = levels };
        var policies = TheWatch.Policies(database, options);
        await policies.KeepAsync(cancellationToken);
        return (TheWatch.Of(database, clock, policies, options, log), "service-levels.json");
    }

    /// <summary>Each time with another time of change, which the file system may not tell apart within a moment.</summary>
    private static string Write(PolicyFolder folder, string name, int minutes)
    {
        var path = folder.Write(
            name,
            $$"""
            {
              "calendars": { "always": { "zone": "Etc/UTC", "week": {
                "monday": ["00:00-24:00"], "tuesday": ["00:00-24:00"], "wednesday": ["00:00-24:00"], "thursday": ["00:00-24:00"],
                "friday": ["00:00-24:00"], "saturday": ["00:00-24:00"], "sunday": ["00:00-24:00"] } } },
              "rules": [{ "name": "all", "calendar": "always", "firstReply": {{minutes}} }]
            }
            """);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minutes));
        return path;
    }

    private static async Task<long> CountAsync(TriageDatabase database) =>
        await database.AskAsync<long>("select count(*) from escalations");

    private const string Matrix =
        """
        {
          "people": { "lead": {} }, "fallback": "lead", "coolDownMinutes": 30, "mostMessages": 5,
          "rows": [{ "name": "all", "levels": [
            { "atShare": 0.75, "direction": "functional", "who": ["lead"], "acknowledgeMinutes": 600, "by": ["mail"] },
            { "atShare": 1, "direction": "hierarchical", "who": ["lead"], "acknowledgeMinutes": 600, "by": ["mail"] }] }]
        }
        """;

    private sealed class KeptLines : ILogger<EscalationWatch>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
