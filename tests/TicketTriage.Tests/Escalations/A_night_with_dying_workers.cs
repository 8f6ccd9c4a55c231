using System.Globalization;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.Policies;
using TicketTriage.ServiceLevels;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Escalations;

[CancelAfter(120_000)]
internal sealed class A_night_with_dying_workers
{
    /// <summary>In the night in which Berlin's clocks go back, an hour before they do.</summary>
    private static readonly DateTimeOffset Start = new(2026, 10, 25, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Each_level_hears_of_it_within_five_seconds_of_its_time_and_once(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new PolicyFolder();
        var options = Options(folder, MatrixOf(20));
        var clock = new ManualClock(Start);
        var policies = TheWatch.Policies(database, options);
        await policies.KeepAsync(cancellationToken);
        var watch = TheWatch.Of(database, clock, policies, options);
        var ledger = new WatchLedger(database.Pool);
        await ledger.ObserveAsync(NewTicket, Start, cancellationToken);

        for (var second = 0; second <= 95 * 60; second++)
        {
            if (second is 50 * 60 or 70 * 60 or 90 * 60)
            {
                // A worker that takes it up in the very second and is killed.
                await ledger.ClaimDueAsync(clock.GetUtcNow(), 500, cancellationToken);
            }
            else if (second % 60 < 10)
            {
                await watch.LookAsync(cancellationToken);
            }

            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var levels = await database.AskAsync<string>(
            $"select string_agg(extract(epoch from opened_at - '{Start:O}')::int::text, ' ' order by level) from escalations");
        var seconds = (levels ?? "").Split(' ').Select(second => int.Parse(second, CultureInfo.InvariantCulture)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seconds, Has.Count.EqualTo(3));
            Assert.That(seconds[0], Is.InRange(50 * 60, (50 * 60) + 5));
            Assert.That(seconds[1] - seconds[0], Is.InRange((20 * 60) - 5, (20 * 60) + 5));
            Assert.That(seconds[2] - seconds[1], Is.InRange((20 * 60) - 5, (20 * 60) + 5));
            Assert.That(await database.AskAsync<long>("select count(*) from notices"), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Workers_killed_at_three_points_delay_nobody_and_nobody_hears_of_it_twice(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new PolicyFolder();
        using var http = new HttpClient();
        var clock = new ManualClock(Start);
        await using var receiver = await Receiver.StartAsync(clock);
        var options = Options(folder, MatrixOf(20, by: "webhook"));
        (options.WebhookUrl, options.WebhookSecret) = (receiver.Address, "a-secret-with-letters-enough");
        var policies = TheWatch.Policies(database, options);
        await policies.KeepAsync(cancellationToken);
        var trapdoor = new Trapdoor<EscalationWatch>();
        var watches = new[] { TheWatch.Of(database, clock, policies, options, trapdoor), TheWatch.Of(database, clock, policies, options, trapdoor) };
        var courier = TheWatch.CourierOf(database, http, clock, policies, options);
        var ledger = new WatchLedger(database.Pool);
        await ledger.ObserveAsync(NewTicket, Start, cancellationToken);
        var killed = 0;

        for (var second = 0; second <= 100 * 60; second++)
        {
            using var worker = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            receiver.Status = second is >= 70 * 60 and < 75 * 60 ? 0 : 200;
            receiver.KillCaller = worker.Cancel;
            trapdoor.Opens = second >= 90 * 60 && trapdoor.Kills == 0 ? "level 3 is told" : null;
            try
            {
                if (second == 50 * 60)
                {
                    // Killed with the ticket in hand, before anything is written.
                    await ledger.ClaimDueAsync(clock.GetUtcNow(), 500, cancellationToken);
                    killed++;
                }
                else if (second % 60 < 8)
                {
                    await watches[second % 2].LookAsync(worker.Token);
                    await courier.DeliverAsync(worker.Token);
                }
            }
            catch (Exception e) when (e is KilledException || worker.IsCancellationRequested)
            {
                // After the level is raised, and while its message is on the way.
                killed++;
            }

            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var heard = receiver.Calls.Zip(receiver.Bodies(), (call, body) =>
            ((int)(call.At - Start).TotalSeconds, body.GetProperty("tickets")[0].GetProperty("level").GetInt32())).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((killed, trapdoor.Kills), Is.EqualTo((3, 1)));
            Assert.That(heard.Select(one => one.Item2), Is.EqualTo([1, 2, 3]), "Each level once.");
            Assert.That(heard.Select(one => one.Item1), Is.EqualTo([50 * 60, 70 * 60, 90 * 60]).Within(5));
            Assert.That(await database.AskAsync<long>("select count(*) from notices"), Is.EqualTo(3));
            Assert.That(
                await database.AskAsync<string>("select string_agg(state, ' ' order by created_at) from messages"), Is.EqualTo("sent unsure sent"));
        }
    }

    [Test]
    public async Task A_matrix_edited_meanwhile_counts_for_new_cycles_alone(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new PolicyFolder();
        var options = Options(folder, MatrixOf(20));
        var clock = new ManualClock(Start.AddMinutes(50));
        var policies = TheWatch.Policies(database, options);
        await policies.KeepAsync(cancellationToken);
        var watch = TheWatch.Of(database, clock, policies, options);
        var first = policies.Matrix.Version;
        await new WatchLedger(database.Pool).ObserveAsync(NewTicket, Start, cancellationToken);
        await watch.LookAsync(cancellationToken);

        Replace(options.MatrixFile, MatrixOf(500));
        clock.Advance(TimeSpan.FromMinutes(20));
        await watch.LookAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(policies.Matrix.Version, Is.Not.EqualTo(first));
            Assert.That(await database.AskAsync<string>("select matrix_version from escalations where level = 2"), Is.EqualTo(first));
            Assert.That(
                await database.AskAsync<DateTime>("select acknowledge_by from escalations where level = 2"),
                Is.EqualTo(Start.AddMinutes(90).UtcDateTime), "by the matrix that it began with");
        }
    }

    [Test]
    public async Task A_matrix_edited_into_nonsense_leaves_the_last_good_one_in_force(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new PolicyFolder();
        var options = Options(folder, MatrixOf(20));
        var policies = TheWatch.Policies(database, options);
        await policies.KeepAsync(cancellationToken);
        var good = policies.Matrix.Version;

        Replace(options.MatrixFile, MatrixOf(20).Replace("\"who\": [\"lead\"]", "\"who\": []", StringComparison.Ordinal));
        await policies.RefreshAsync(cancellationToken);

        Assert.That(policies.Matrix.Version, Is.EqualTo(good));
    }

    [Test]
    public async Task A_matrix_with_faults_stops_the_start(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new PolicyFolder();

        Assert.That(
            async () => await TheWatch.Policies(database, Options(folder, "{}")).KeepAsync(cancellationToken), Throws.InstanceOf<PolicyFaultyException>());
    }

    private static void Replace(string? file, string text)
    {
        File.WriteAllText(file ?? "", text);
        // Two edits within the tick of a file system's clock would look like one.
        File.SetLastWriteTimeUtc(file ?? "", File.GetLastWriteTimeUtc(file ?? "").AddSeconds(5));
    }

    private static EscalationOptions Options(PolicyFolder folder, string matrix) => new()
    {
        MatrixFile = folder.Write("escalation.json", matrix),
        ServiceLevelsFile = folder.Write("service-levels.json", ServiceLevels),
    };

    private static WatchedTicket NewTicket => SomeMatrix.Ticket() with
    {
        CreatedAt = Start,
        Priority = TicketPriority.Urgent,
        Events = [new TicketEvent(Start, TicketEventKind.Created), new TicketEvent(Start, TicketEventKind.CustomerMessage)],
    };

    private static string MatrixOf(int acknowledgeMinutes, string by = "note") =>
        $$"""
        {
          "people": { "lead": {} }, "fallback": "lead", "coolDownMinutes": 30, "mostMessages": 5,
          "rows": [{ "name": "all", "levels": [
            { "atShare": 0.5, "direction": "functional", "who": ["lead"], "acknowledgeMinutes": {{acknowledgeMinutes}}, "by": ["{{by}}"] },
            { "atShare": 0.75, "direction": "hierarchical", "who": ["lead"], "acknowledgeMinutes": {{acknowledgeMinutes}}, "by": ["{{by}}"] },
            { "atShare": 1, "direction": "hierarchical", "who": ["lead"], "acknowledgeMinutes": 600, "by": ["{{by}}"] }] }]
        }
        """;

    private const string ServiceLevels =
        """
        {
          "calendars": { "berlin": { "zone": "Europe/Berlin", "week": {
            "monday": ["00:00-24:00"], "tuesday": ["00:00-24:00"], "wednesday": ["00:00-24:00"], "thursday": ["00:00-24:00"],
            "friday": ["00:00-24:00"], "saturday": ["00:00-24:00"], "sunday": ["00:00-24:00"] } } },
          "rules": [{ "name": "all", "calendar": "berlin", "firstReply": 100 }]
        }
        """;
}
