using TicketTriage.Testing;
using TicketTriage.Tickets;

namespace TicketTriage.Tests.Tickets;

public sealed class TicketQueueTests
{
    [Test]
    [CancelAfter(60_000)]
    public async Task Many_claimers_never_get_the_same_ticket(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(
            "insert into tickets (helpdesk, number, wanted, next_at) select 'acme', n::text, 1, now() from generate_series(1, 400) n");
        var queue = new TicketQueue(database.Pool, TimeProvider.System);

        var claimers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            var mine = new List<TicketId>();
            while (await queue.ClaimAsync(new ClaimOrder(7), cancellationToken) is { Count: > 0 } claimed)
            {
                mine.AddRange(claimed.Select(claim => claim.Id));
            }

            return mine;
        }));

        var all = claimers.SelectMany(mine => mine).ToList();
        Assert.That(all, Has.Count.EqualTo(400).And.Unique);
    }

    [Test]
    public async Task A_worker_past_its_lease_changes_nothing()
    {
        await using var database = await OneWaitingTicketAsync();
        var queue = new TicketQueue(database.Pool, TimeProvider.System);
        var sleeper = (await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None)).Single();
        await EndLeasesAsync(database);
        var awake = (await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None)).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(awake.Fence, Is.GreaterThan(sleeper.Fence));
            Assert.That(
                () => queue.FinishAsync(sleeper, TicketOutcome.Written, null, "s", "h", CancellationToken.None),
                Throws.TypeOf<LeaseLostException>());
            Assert.That(
                () => queue.RetryAsync(sleeper, new NextTry(TimeSpan.Zero, "late"), CancellationToken.None),
                Throws.TypeOf<LeaseLostException>());
        }

        await queue.GiveBackAsync(sleeper, CancellationToken.None);

        Assert.That(await database.AskAsync<bool>("select lease_until > now() and outcome is null from tickets"), Is.True);
    }

    [Test]
    public async Task What_was_wanted_meanwhile_makes_the_ticket_due_again_a_second_later()
    {
        await using var database = await OneWaitingTicketAsync();
        var queue = new TicketQueue(database.Pool, TimeProvider.System);
        var claim = (await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None)).Single();
        await database.AskAsync<object>("update tickets set wanted = wanted + 1");

        await queue.FinishAsync(claim, TicketOutcome.Written, null, "s", "h", CancellationToken.None);
        var wait = await database.AskAsync<TimeSpan>("select next_at - changed_at from tickets");
        await database.AskAsync<object>("update tickets set next_at = now()");
        var again = await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None);
        await queue.FinishAsync(again.Single(), TicketOutcome.Written, null, "s", "h", CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wait, Is.EqualTo(TimeSpan.FromSeconds(1)), "More may come, and all of it is one triage.");
            Assert.That(await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None), Is.Empty);
            Assert.That(await database.AskAsync<string>("select outcome from tickets"), Is.EqualTo("written"));
        }
    }

    [Test]
    public async Task A_ticket_that_killed_its_worker_three_times_is_parked_and_can_come_back()
    {
        await using var database = await OneWaitingTicketAsync();
        var queue = new TicketQueue(database.Pool, TimeProvider.System);
        for (var death = 0; death < TicketQueue.MostAttempts; death++)
        {
            Assert.That(await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None), Has.Count.EqualTo(1));
            await EndLeasesAsync(database);
        }

        Assert.That(await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None), Is.Empty);
        var (parked, _) = await queue.ReturnLeasesAsync(CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parked, Is.EqualTo(1));
            Assert.That(await database.AskAsync<string>("select outcome from tickets"), Is.EqualTo("parked"));
            Assert.That(await database.AskAsync<string>("select reason from tickets"), Does.Contain("3 times"));
        }

        await database.AskAsync<object>("update tickets set wanted = wanted + 1, next_at = now()");
        Assert.That(await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None), Has.Count.EqualTo(1));
        await EndLeasesAsync(database);
        Assert.That((await queue.ReturnLeasesAsync(CancellationToken.None)).Parked, Is.EqualTo(1), "one more death is enough");
    }

    [Test]
    public async Task A_lease_that_ended_is_shown_as_waiting_and_not_as_parked()
    {
        await using var database = await OneWaitingTicketAsync();
        var queue = new TicketQueue(database.Pool, TimeProvider.System);
        await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None);
        await EndLeasesAsync(database);

        var (parked, returned) = await queue.ReturnLeasesAsync(CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((parked, returned), Is.EqualTo((0, 1)));
            Assert.That(await database.AskAsync<bool>("select lease_until is null from tickets"), Is.True);
        }
    }

    [Test]
    public async Task A_failure_that_passes_is_no_death()
    {
        await using var database = await OneWaitingTicketAsync();
        var queue = new TicketQueue(database.Pool, TimeProvider.System);
        for (var failure = 0; failure < 5; failure++)
        {
            var claim = (await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None)).Single();
            Assert.That(claim.Failures, Is.EqualTo(failure));
            Assert.That(await queue.RetryAsync(claim, new NextTry(TimeSpan.Zero, "The helpdesk is away."), CancellationToken.None), Is.False);
        }
    }

    [Test]
    public async Task What_waits_for_a_helpdesk_is_woken_in_its_order_and_nothing_else_is()
    {
        await using var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>(
            """
            insert into tickets (helpdesk, number, wanted, next_at, awaits_helpdesk) values
                ('acme', 'second', 1, now() + interval '9 minutes', true),
                ('acme', 'first', 1, now() + interval '8 minutes', true),
                ('acme', 'third', 1, now() + interval '10 minutes', true),
                ('acme', 'has failed itself', 1, now() + interval '5 minutes', false),
                ('other', 'of another helpdesk', 1, now() + interval '5 minutes', true)
            """);
        var queue = new TicketQueue(database.Pool, TimeProvider.System);

        var woken = await queue.WakeAsync("acme", most: 2, CancellationToken.None);
        var claimed = await queue.ClaimAsync(new ClaimOrder(10), CancellationToken.None);
        var rest = await queue.WakeAsync("acme", most: 10, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((woken, rest), Is.EqualTo((2, 1)));
            Assert.That(claimed.Select(claim => claim.Id.Number), Is.EquivalentTo(new[] { "first", "second" }));
        }
    }

    [Test]
    public async Task Failures_that_go_on_past_the_horizon_park_the_ticket()
    {
        await using var database = await OneWaitingTicketAsync();
        var queue = new TicketQueue(database.Pool, TimeProvider.System);
        var first = (await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None)).Single();
        await queue.RetryAsync(first, new NextTry(TimeSpan.Zero, "The helpdesk is away."), CancellationToken.None);
        await database.AskAsync<object>("update tickets set failing_since = now() - interval '73 hours'");
        var last = (await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None)).Single();

        var parked = await queue.RetryAsync(last, new NextTry(TimeSpan.Zero, "The helpdesk is away."), CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parked, Is.True);
            Assert.That(await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None), Is.Empty);
        }
    }

    [Test]
    public async Task A_ticket_that_waits_its_turn_again_and_again_has_not_failed_and_is_parked_after_the_horizon_all_the_same()
    {
        await using var database = await OneWaitingTicketAsync();
        var queue = new TicketQueue(database.Pool, TimeProvider.System);
        var turn = new NextTry(TimeSpan.Zero, "The calls are used up.") { IsFailure = false };
        var first = (await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None)).Single();
        await queue.RetryAsync(first, turn, CancellationToken.None);
        var counted = await database.AskAsync<bool>("select failures = 0 and tries = 0 from tickets");
        await database.AskAsync<object>("update tickets set failing_since = failing_since - interval '73 hours'");
        var last = (await queue.ClaimAsync(new ClaimOrder(1), CancellationToken.None)).Single();

        Assert.That((counted, await queue.RetryAsync(last, turn, CancellationToken.None)), Is.EqualTo((true, true)));
    }

    private static async Task<TriageDatabase> OneWaitingTicketAsync()
    {
        var database = await TriageDatabase.CreateAsync();
        await database.AskAsync<object>("insert into tickets (helpdesk, number, wanted, next_at) values ('acme', '7', 1, now())");
        return database;
    }

    /// <summary>What the clock does to a claim whose worker was killed or stopped.</summary>
    private static Task<object?> EndLeasesAsync(TriageDatabase database) =>
        database.AskAsync<object>("update tickets set lease_until = now(), next_at = now()");
}
