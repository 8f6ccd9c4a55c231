using System.Diagnostics;
using System.Text;
using Npgsql;
using TicketTriage.Escalations;
using TicketTriage.Helpdesks;
using TicketTriage.ServiceLevels;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Escalations;

[CancelAfter(120_000)]
internal sealed class WatchLedgerTests
{
    private static DateTimeOffset Now => SomeMatrix.Start;

    [Test]
    public async Task A_ticket_comes_back_as_it_was_kept(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new WatchLedger(database.Pool);
        await ledger.ObserveAsync(SomeMatrix.Ticket(), Now, cancellationToken);
        await ledger.UnderstandAsync(
            SomeMatrix.Ticket().Id, "billing/refund", "web-shop", "outage", [new AtOnceCause("legal", Now)], Now, cancellationToken);

        var found = await ledger.FindAsync(SomeMatrix.Ticket().Id, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found?.Events, Is.EqualTo(SomeMatrix.Ticket().Events));
            Assert.That(found?.Causes, Is.EqualTo((AtOnceCause[])[new("legal", Now)]));
            Assert.That((found?.Intent, found?.Bundle, found?.FirstSeenAt), Is.EqualTo(("billing/refund", "outage", Now)));
        }
    }

    [Test]
    public async Task A_ticket_is_looked_at_by_one_worker_at_a_time(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new WatchLedger(database.Pool);
        for (var i = 0; i < 30; i++)
        {
            await ledger.ObserveAsync(SomeMatrix.Ticket($"{i}"), Now, cancellationToken);
        }

        var looks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ledger.ClaimDueAsync(Now, 10, cancellationToken)));

        Assert.That(looks.SelectMany(look => look).Select(ticket => ticket.Id), Is.Unique.And.Exactly(30).Items);
    }

    [Test]
    public async Task News_during_a_look_are_not_slept_over(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new WatchLedger(database.Pool);
        await ledger.ObserveAsync(SomeMatrix.Ticket(), Now, cancellationToken);
        var looked = (await ledger.ClaimDueAsync(Now, 10, cancellationToken)).Single();
        await ledger.ObserveAsync(SomeMatrix.Ticket(), Now, cancellationToken);

        await ledger.SettleAsync([(looked, null)], cancellationToken);

        Assert.That(await ledger.ClaimDueAsync(Now, 10, cancellationToken), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_this_service_gave_to_an_agent_nobody_has_taken_by_that(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, escalations) = (new WatchLedger(database.Pool), new EscalationLedger(database.Pool));
        var ticket = SomeMatrix.Ticket();
        await ledger.ObserveAsync(ticket, Now, Now.AddMinutes(5), cancellationToken);
        await escalations.OpenAsync(SomeMatrix.Open(ticket), SomeMatrix.Notices(), "1", Now, cancellationToken);

        await ledger.KeepWrittenAsync(
            ticket.Id, Sent with { Priority = TicketPriority.Urgent, GroupId = "8", AssigneeId = "42" }, Now, Now.AddSeconds(15), Now,
            cancellationToken);
        var looked = (await ledger.ClaimDueAsync(Now, 10, cancellationToken)).Single();
        var standing = (await escalations.ListOfAsync([ticket.Id], cancellationToken))[ticket.Id].ToList();
        var look = Decide(looked, standing);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((looked.Priority, looked.GroupId, looked.AssigneeId), Is.EqualTo((TicketPriority.Urgent, "8", "42")));
            Assert.That(looked.AskAt, Is.EqualTo(Now.AddSeconds(15)));
            Assert.That(standing.Single().AssigneeId, Is.EqualTo("42"));
            Assert.That(look.Steps.OfType<TakeCycle>(), Is.Empty);
        }
    }

    [Test]
    public async Task What_was_heard_meanwhile_outlives_what_this_service_wrote(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ledger, escalations) = (new WatchLedger(database.Pool), new EscalationLedger(database.Pool));
        var ticket = SomeMatrix.Ticket();
        await ledger.ObserveAsync(ticket, Now, Now.AddMinutes(5), cancellationToken);
        await escalations.OpenAsync(SomeMatrix.Open(ticket), SomeMatrix.Notices(), "1", Now, cancellationToken);
        var note = new TicketEvent(Now.AddMinutes(1), TicketEventKind.AgentNote);
        await ledger.ObserveAsync(ticket with { AssigneeId = "42", Events = [.. ticket.Events, note] }, Now, Now.AddMinutes(5), cancellationToken);

        await ledger.KeepWrittenAsync(
            ticket.Id, Sent with { Priority = TicketPriority.Urgent }, Now.AddMinutes(2), Now.AddMinutes(3), Now, cancellationToken);
        var looked = (await ledger.ClaimDueAsync(Now, 10, cancellationToken)).Single();
        var standing = (await escalations.ListOfAsync([ticket.Id], cancellationToken))[ticket.Id].ToList();

        var raised = new TicketEvent(Now.AddMinutes(2), TicketEventKind.Changed) { Priority = TicketPriority.Urgent };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(looked.Events, Is.EqualTo((TicketEvent[])[.. ticket.Events, note, raised]));
            Assert.That(
                Decide(looked, standing).Steps.OfType<TakeCycle>().Select(take => take.How), Is.EqualTo([AcknowledgedHow.Assigned]),
                "An agent has taken it, whatever was written.");
        }
    }

    [Test]
    public async Task Another_version_of_a_policy_has_every_open_ticket_looked_at_once(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new WatchLedger(database.Pool);
        await ledger.ObserveAsync(SomeMatrix.Ticket("open"), Now, Now.AddDays(2), cancellationToken);
        await ledger.ObserveAsync(SomeMatrix.Ticket("ended") with { Status = HelpdeskStatus.Solved }, Now, Now.AddDays(2), cancellationToken);

        var first = await ledger.AnnounceAsync("service-levels", "1", Now, cancellationToken);
        var untouched = await ledger.ClaimDueAsync(Now, 10, cancellationToken);
        var second = await ledger.AnnounceAsync("service-levels", "2", Now, cancellationToken);
        var due = await ledger.ClaimDueAsync(Now, 10, cancellationToken);
        var again = await ledger.AnnounceAsync("service-levels", "2", Now, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first, second, again), Is.EqualTo(((int?)null, (int?)1, (int?)null)));
            Assert.That(untouched, Is.Empty);
            Assert.That(due.Select(ticket => ticket.Id.Number), Is.EqualTo(new[] { "open" }));
        }
    }

    [Test]
    public async Task A_killed_worker_delays_a_look_by_seconds(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new WatchLedger(database.Pool);
        await ledger.ObserveAsync(SomeMatrix.Ticket(), Now, cancellationToken);
        await ledger.ClaimDueAsync(Now, 10, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ledger.ClaimDueAsync(Now.AddSeconds(1), 10, cancellationToken), Is.Empty);
            Assert.That(await ledger.ClaimDueAsync(Now.AddSeconds(2), 10, cancellationToken), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_clock_that_is_put_back_repeats_no_look_and_loses_none(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new WatchLedger(database.Pool);
        await ledger.ObserveAsync(SomeMatrix.Ticket(), Now, cancellationToken);
        var looked = (await ledger.ClaimDueAsync(Now, 10, cancellationToken)).Single();
        await ledger.SettleAsync([(looked, Now.AddMinutes(50))], cancellationToken);

        var (early, read) = (Now.AddHours(-1), SomeMatrix.Ticket("2"));
        var before = await ledger.ClaimDueAsync(early, 10, cancellationToken);
        await ledger.ObserveAsync(read, early, cancellationToken);
        var fresh = await ledger.ClaimDueAsync(early, 10, cancellationToken);
        await ledger.SettleAsync([(fresh.Single(), null)], cancellationToken);
        var due = await ledger.ClaimDueAsync(Now.AddMinutes(50), 10, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Empty);
            Assert.That(fresh.Single().Id, Is.EqualTo(read.Id), "What is read by the earlier clock is looked at by it.");
            Assert.That(due.Single().Id, Is.EqualTo(SomeMatrix.Ticket().Id));
        }
    }

    [Test]
    public async Task A_clock_that_is_put_back_opens_no_level_and_tells_nobody_again(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        using var folder = new PolicyFolder();
        var matrix = folder.Write("escalation.json", Encoding.UTF8.GetString(SomeMatrix.Matrix.ToJson()));
        var options = new EscalationOptions { MatrixFile = matrix };
        await new WatchLedger(database.Pool).ObserveAsync(SomeMatrix.Ticket(), Now, cancellationToken);
        foreach (var minute in (int[])[245, 5, 245, 246])
        {
            var watch = await TheWatch.StartAsync(database, new ManualClock(Now.AddMinutes(minute)), options, cancellationToken);
            await watch.LookAsync(cancellationToken);
            await database.AskAsync<object>("update watched_tickets set next_look_at = created_at - interval '1 day'");
        }

        Assert.That(
            await database.AskAsync<string>("select string_agg(cause || level || state, ' ') from escalations"), Is.EqualTo("first_reply1open"));
    }

    [Test]
    public async Task What_ended_long_ago_is_forgotten_and_nothing_else(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = new WatchLedger(database.Pool);
        foreach (var (number, status, age) in ((string, HelpdeskStatus, int)[])[("old", HelpdeskStatus.Closed, 31), ("fresh", HelpdeskStatus.Solved, 29), ("open", HelpdeskStatus.Open, 31)])
        {
            await ledger.ObserveAsync(SomeMatrix.Ticket(number) with { Status = status }, Now.AddDays(-age), cancellationToken);
        }

        var due = await ledger.ClaimDueAsync(Now, 10, cancellationToken);
        var before = await ledger.ForgetEndedAsync(Now.AddDays(-30), 10, cancellationToken);
        await ledger.SettleAsync([.. due.Select(ticket => (ticket, (DateTimeOffset?)null))], cancellationToken);
        var after = await ledger.ForgetEndedAsync(Now.AddDays(-30), 10, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before, after), Is.EqualTo((0, 1)), "not while it is being looked at");
            Assert.That(await database.AskAsync<string>("select string_agg(number, ' ' order by number) from watched_tickets"), Is.EqualTo("fresh open"));
        }
    }

    [Test]
    public async Task A_look_costs_by_what_is_due_and_not_by_what_is_open([Values] bool isToAsk)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var database = await TriageDatabase.CreateAsync();
        await FillAsync(database, open: 20_000, due: 50);

        var plan = await PlanAsync(database, isToAsk, cancellationToken);
        var claimed = await new WatchLedger(database.Pool).ClaimDueAsync(Now, 500, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan, Does.Contain("Index Scan using watched_tickets_due").And.Not.Contain("Seq Scan on watched_tickets"));
            Assert.That(claimed, Has.Count.EqualTo(50));
        }
    }

    [Test]
    [Explicit("Fills 100,000 rows to measure one look.")]
    public async Task A_sweep_over_100_000_open_tickets_of_which_500_are_due(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await FillAsync(database, open: 100_000, due: 500);
        var watch = await TheWatch.StartAsync(database, new ManualClock(Now), new EscalationOptions(), cancellationToken);
        await watch.LookAsync(cancellationToken);
        await database.AskAsync<object>("delete from notices; delete from escalations; update watched_tickets set next_look_at = created_at where number::int <= 500");

        var began = Stopwatch.GetTimestamp();
        var looked = await watch.LookAsync(cancellationToken);

        await TestContext.Out.WriteLineAsync($"{looked} looked at in {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms");
        Assert.That(await database.AskAsync<long>("select count(*) from escalations"), Is.EqualTo(500));
    }

    private static HelpdeskChange Sent => new() { Number = "1", TriageId = Guid.Empty, Stamp = "" };

    private static LookResult Decide(WatchedTicket looked, IReadOnlyList<StandingEscalation> standing) => EscalationPlan.Decide(
        looked, TicketClocks.Compute(looked.Events, SomeMatrix.Hours, "standard", null, Now), [], standing, SomeMatrix.InForce,
        _ => SomeMatrix.Matrix, _ => null, Now);

    /// <summary>How the database means to carry out the statement itself.</summary>
    private static async Task<string> PlanAsync(TriageDatabase database, bool isToAsk, CancellationToken cancellationToken)
    {
        await using var command = database.Pool.CreateCommand(
            $"explain {(isToAsk ? WatchLedger.ClaimToAskStatement : WatchLedger.ClaimStatement)}");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = Now.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = 500 });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = TimeSpan.FromSeconds(2) });
        command.Parameters.Add(isToAsk ? new NpgsqlParameter<string> { TypedValue = "acme" } : new NpgsqlParameter<string[]> { TypedValue = ["acme"] });
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            plan.Add(reader.GetString(0));
        }

        return string.Join('\n', plan);
    }

    private static async Task FillAsync(TriageDatabase database, int open, int due) => await database.AskAsync<object>(
        $$"""
        insert into watched_tickets (helpdesk, number, created_at, status, priority, segment, events, first_seen_at, observed_at, next_look_at)
        select 'acme', i::text, '2026-11-20T06:00:00Z', 'Open', 'Normal', 'standard',
            '[{"at":"2026-11-20T06:00:00+00:00","kind":"Created"}]', '2026-11-20T06:00:00Z', '2026-11-20T06:00:00Z',
            timestamptz '2026-11-23T09:00:00Z' + (case when i <= {{due}} then -1 else i end) * interval '1 minute'
        from generate_series(1, {{open}}) i;
        analyze watched_tickets
        """);
}
