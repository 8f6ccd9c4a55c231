using TicketTriage.Sandbox.Faults;
using TicketTriage.Sandbox.Journal;

namespace TicketTriage.Host.Tests.Journey;

[CancelAfter(120_000)]
internal sealed class A_helpdesk_that_fails
{
    private static readonly FaultRule[] Passing =
    [
        new() { Kind = FaultKind.Status, Status = 500 },
        new() { Kind = FaultKind.Html, Status = 503 },
        new() { Kind = FaultKind.Html, Status = 200 },
        new() { Kind = FaultKind.NoAnswer },
        new() { Kind = FaultKind.AnswerLost },
        new() { Kind = FaultKind.Status, Status = 429 },
        new() { Kind = FaultKind.Status, Status = 429, RetryAfter = "1" },
        new() { Kind = FaultKind.Status, Status = 409 },
        new() { Kind = FaultKind.Status, Status = 401 },
        new() { Kind = FaultKind.Status, Status = 403 },
    ];

    [TestCase("GET")]
    [TestCase("PUT")]
    public async Task What_fails_once_is_tried_again_until_each_ticket_has_its_one_change(
        string method, CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        var journal = triage.Sandbox.Journal;
        foreach (var (place, fault) in Passing.Index())
        {
            triage.Sandbox.Faults.Add(fault with { Method = method, Path = $"/api/v2/tickets/{place + 1}", Times = 1 });
        }

        foreach (var _ in Passing)
        {
            triage.Sandbox.AddTicket(Mail.LateOrder);
        }

        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            foreach (var (place, fault) in Passing.Index())
            {
                var (number, what) = (place + 1, $"ticket {place + 1}: {fault.Kind} {fault.Status} {fault.RetryAfter}");
                var record = await triage.GetRecordAsync(number, cancellationToken);
                var struck = journal.Calls.Count(call => call.Path == $"/api/v2/tickets/{number}" && call.Fault is not null);
                Assert.That(struck, Is.EqualTo(1), what);
                Assert.That(record.State, Is.EqualTo("written"), $"{what} {record.Reason}");
                Assert.That(journal.ApiChanges.Count(change => change.Ticket == number), Is.EqualTo(1), what);
                Assert.That(triage.Sandbox.ListComments(number), Has.Count.EqualTo(2), what);
                Assert.That(record.WriteBacks.Count(change => change.State == "applied"), Is.EqualTo(1), what);
                Assert.That(record.WriteBacks.Select(change => change.State), Has.None.EqualTo("sent"), what);
            }

            Assert.That(
                await triage.AskAsync<string>("select kind from helpdesk_failures where helpdesk = 'acme' and message <> ''", cancellationToken),
                Is.AnyOf("away", "credentials", "rights"), "the console tells of the last one");
            AssertNoCallBeforeItsTime(journal, Array.FindIndex(Passing, fault => fault.RetryAfter is not null) + 1);
        }
    }

    [Test]
    public async Task A_change_whose_answer_was_lost_is_found_and_not_sent_again(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Faults.Add(new() { Method = "PUT", Kind = FaultKind.AnswerLost, Times = 1 });

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(triage.Sandbox.Journal.CallsByEndpoint["PUT /api/v2/tickets/{id}"], Is.EqualTo(1));
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That(record.WriteBacks, Has.Count.EqualTo(1));
            Assert.That((record.State, record.WriteBacks[0].State), Is.EqualTo(("written", "applied")));
            Assert.That(record.WriteBacks[0].Audit, Is.EqualTo($"{triage.Sandbox.Journal.ApiChanges[0].AuditId}"));
        }
    }

    [Test]
    public async Task A_long_wait_that_was_asked_for_is_kept_and_shown(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Faults.Add(new()
        {
            Path = "/api/v2/tickets/1",
            Kind = FaultKind.Status,
            Status = 429,
            RetryAfter = "3600",
            Times = 1,
        });

        triage.Sandbox.AddTicket(Mail.LateOrder);
        await Eventually.TrueAsync(() => triage.Sandbox.Journal.Calls.Any(call => call.Status == 429), cancellationToken);
        var record = await triage.WaitForRecordAsync(1, record => record.Reason is not null, cancellationToken);

        var refused = triage.Sandbox.Journal.Calls.Single(call => call.Status == 429);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.State, Is.EqualTo("received"));
            Assert.That(record.Reason, Does.Contain("slow down"));
            Assert.That(record.NextTryAt, Is.GreaterThan(refused.At.AddSeconds(3_599)));
        }
    }

    [Test]
    public async Task One_that_comes_back_is_not_made_to_wait_for_the_end_of_everybodys_pause(CancellationToken cancellationToken)
    {
        const int tickets = 40;
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Faults.Add(new() { Path = "/api/v2/tickets/*", Kind = FaultKind.NoAnswer });
        for (var ticket = 0; ticket < tickets; ticket++)
        {
            triage.Sandbox.AddTicket(Mail.LateOrder);
        }

        await Eventually.GetAsync(
            () => triage.AskAsync<long>(
                "select count(*) from tickets where awaits_helpdesk and failures > 1 and lease_until is null", cancellationToken),
            leftAlone => leftAlone > tickets / 2, cancellationToken);
        var left = await triage.AskAsync<int>(
            """
            with later as (
                update tickets set next_at = now() + interval '15 minutes'
                where awaits_helpdesk and lease_until is null and number <> '1' returning 1)
            select count(*)::int from later
            """,
            cancellationToken);

        triage.Sandbox.Faults.Clear();
        await triage.WhenQuietAsync(cancellationToken);

        Assert.That(left, Is.GreaterThan(0));
        Assert.That(triage.Sandbox.Journal.ApiChanges.Select(change => change.Ticket).Distinct().Count(), Is.EqualTo(tickets));
    }

    [Test]
    public async Task A_field_that_is_refused_is_left_out_and_the_rest_written(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Faults.Add(new() { Method = "PUT", Kind = FaultKind.Status, Status = 422, Times = 1 });

        var ticket = await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var record = await triage.GetRecordAsync(ticket.Number, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.State, Is.EqualTo("written"));
            Assert.That(record.WriteBacks.Single().Reason, Does.StartWith("Left out: priority and group."));
            Assert.That(ticket.Tags, Has.Member("triage_intent_orders_late"));
            Assert.That((ticket.Priority, ticket.GroupId), Is.EqualTo(((string?)null, (long?)null)));
            Assert.That(triage.Sandbox.ListComments(ticket.Number), Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task What_is_refused_for_good_waits_for_a_person_with_the_reason(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.Faults.Add(new() { Method = "GET", Path = "/api/v2/tickets/1", Kind = FaultKind.Status, Status = 422 });
        triage.Sandbox.Faults.Add(new() { Method = "PUT", Path = "/api/v2/tickets/2", Kind = FaultKind.Status, Status = 422 });
        triage.Sandbox.Faults.Add(new() { Method = "GET", Path = "/api/v2/tickets/3", Kind = FaultKind.Html, Status = 404 });

        foreach (var _ in Enumerable.Range(1, 3))
        {
            triage.Sandbox.AddTicket(Mail.LateOrder);
        }

        await triage.WhenQuietAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            foreach (var number in Enumerable.Range(1, 3))
            {
                var record = await triage.GetRecordAsync(number, cancellationToken);
                Assert.That(record.State, Is.EqualTo("parked"), $"ticket {number}");
                Assert.That(record.Reason, Does.Contain(number == 3 ? "404" : "422"), $"ticket {number}");
            }

            Assert.That(triage.Sandbox.Journal.ApiChanges, Is.Empty);
        }
    }

    [Test]
    public async Task Credentials_that_are_refused_cost_no_ticket(CancellationToken cancellationToken)
    {
        await using var triage = await TriageUnderTest.StartAsync(cancellationToken);
        triage.Sandbox.WithdrawTokens();
        triage.Sandbox.Faults.Add(new() { Method = "POST", Path = "/oauth/tokens", Kind = FaultKind.Status, Status = 401, Times = 3 });

        await triage.TriageAsync(Mail.LateOrder, cancellationToken);

        var record = await triage.GetRecordAsync(1, cancellationToken);
        var health = await triage.Http.GetStringAsync("health/ready", cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.State, Is.EqualTo("written"));
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(1));
            Assert.That(health, Does.Contain("intake: ok\nhelpdesks: credentials; /connections says whose\n"));
        }
    }

    private static void AssertNoCallBeforeItsTime(SandboxJournal journal, int number)
    {
        var ticket = $"/api/v2/tickets/{number}";
        var calls = journal.Calls
            .Where(call => call.Path == ticket || call.Path.StartsWith($"{ticket}/", StringComparison.Ordinal)).ToList();
        var refused = calls.FindIndex(call => call.Status == 429);
        Assert.That(calls[refused + 1].At, Is.GreaterThanOrEqualTo(calls[refused].At.AddSeconds(1)), "the time that was asked for");
    }
}
