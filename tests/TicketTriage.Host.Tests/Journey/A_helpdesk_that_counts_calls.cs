using TicketTriage.Host.Access;
using TicketTriage.Sandbox;
using TicketTriage.Sandbox.Faults;
using TicketTriage.Testing;

namespace TicketTriage.Host.Tests.Journey;

/// <summary>Limits of calls per minute, on a clock that runs ten times as fast.</summary>
[CancelAfter(600_000)]
internal sealed class A_helpdesk_that_counts_calls
{
    private const double Speed = 10;

    /// <summary>Ticket, messages, change.</summary>
    private const int CallsOfTicket = 3;

    [TestCase(60)]
    [TestCase(1_000, Explicit = true, Reason = "Takes some minutes.")]
    public async Task Refuses_none_of_them_however_many_tickets_come_at_once(int tickets, CancellationToken cancellationToken)
    {
        await using var triage = await StartAsync(new() { CallsPerMinute = 700, UpdatesPerMinute = 100 }, cancellationToken);

        await TriageAllAsync(triage, tickets, cancellationToken);

        var journal = triage.Sandbox.Journal;
        var calls = journal.Calls;
        await TestContext.Out.WriteLineAsync(
            $"{tickets} tickets in {calls[^1].At - calls[0].At}: {calls.Count} calls, {calls.Count(call => call.Status == 429)} refused");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(calls.Count(call => call.Status == 429), Is.Zero);
            Assert.That(calls, Has.Count.LessThanOrEqualTo(1.5 * CallsOfTicket * tickets));
            Assert.That(journal.ApiChanges.Select(change => change.Ticket), Is.EquivalentTo(Enumerable.Range(1, tickets)));
            Assert.That(
                await triage.AskAsync<long>("select count(*) from tickets where outcome = 'written' and failures = 0", cancellationToken),
                Is.EqualTo(tickets), "Waiting is no failure.");
        }
    }

    [Test]
    public async Task Gets_no_call_before_the_time_it_asked_for(CancellationToken cancellationToken)
    {
        const int Tickets = 12;
        await using var triage = await StartAsync(new(), cancellationToken);
        triage.Sandbox.Faults.Add(new()
        {
            Method = "GET",
            Path = "/api/v2/tickets/*",
            Kind = FaultKind.Status,
            Status = 429,
            RetryAfter = "30",
            After = 5,
            Times = 1,
        });

        await TriageAllAsync(triage, Tickets, cancellationToken);

        var calls = triage.Sandbox.Journal.Calls;
        var refused = calls.First(call => call.Status == 429).At;
        using (Assert.EnterMultipleScope())
        {
            // What was on its way already can't be called back; on this clock a moment's way takes seconds.
            Assert.That(calls.Where(call => call.At > refused.AddSeconds(15) && call.At < refused.AddSeconds(30)), Is.Empty);
            Assert.That(calls.Where(call => call.At >= refused.AddSeconds(30)), Is.Not.Empty);
            Assert.That(triage.Sandbox.Journal.ApiChanges, Has.Count.EqualTo(Tickets));
        }
    }

    [Test]
    public async Task Shows_in_the_metrics_what_is_left(CancellationToken cancellationToken)
    {
        await using var triage = await StartAsync(SandboxLimits.ZendeskProfessional, cancellationToken);
        await triage.TriageAsync(Mail.LateOrder, cancellationToken);
        using var ops = new HttpClient { BaseAddress = triage.Http.BaseAddress };
        ops.DefaultRequestHeaders.Authorization = new("Bearer", TriageUnderTest.KeyOf(Roles.Ops));

        var metrics = await ops.GetStringAsync("metrics", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(metrics, Does.Contain("# TYPE tickettriage_helpdesk_quota_left gauge"));
            Assert.That(metrics, Does.Match("tickettriage_helpdesk_quota_left\\{helpdesk=\"acme\",kind=\"account\"\\} [0-9.]+\n"));
            Assert.That(metrics, Does.Match("tickettriage_helpdesk_quota_left\\{helpdesk=\"acme\",kind=\"update\"\\} [0-9.]+\n"));
        }
    }

    private static Task<TriageUnderTest> StartAsync(SandboxLimits limits, CancellationToken cancellationToken) =>
        TriageUnderTest.StartAsync(cancellationToken, new TriageSetUp
        {
            Clock = new FastClock(Speed),
            Sandbox = new() { Limits = limits },
            // Of this clock's minutes; a busy machine needs its seconds.
            Settings = new Dictionary<string, string?> { [$"Helpdesks:{TriageUnderTest.Helpdesk}:Timeout"] = "00:02:00" },
        });

    private static async Task TriageAllAsync(TriageUnderTest triage, int tickets, CancellationToken cancellationToken)
    {
        for (var ticket = 0; ticket < tickets; ticket++)
        {
            triage.Sandbox.AddTicket(Mail.LateOrder);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hurrying = HurryAsync(triage, stop.Token);
        await triage.WhenQuietAsync(cancellationToken);
        await stop.CancelAsync();
        await hurrying;
    }

    /// <summary>Tickets wait by the database's clock: this makes their times come as fast as the other's.</summary>
    private static async Task HurryAsync(TriageUnderTest triage, CancellationToken cancellationToken)
    {
        var last = TimeProvider.System.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
                var now = TimeProvider.System.GetTimestamp();
                var hurry = TimeProvider.System.GetElapsedTime(last, now) * (Speed - 1);
                last = now;
                await triage.AskAsync<long>(
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"""
                        with hurried as (
                            update tickets set next_at = next_at - interval '{hurry.TotalSeconds:0.000} seconds'
                            where next_at > now() and lease_until is null
                            returning 1)
                        select count(*) from hurried
                        """),
                    cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }
}
