using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Helpdesks;
using TicketTriage.Helpdesks.Quotas;
using TicketTriage.Quotas;
using TicketTriage.Storage;
using TicketTriage.Testing;

namespace TicketTriage.Tests.Quotas;

/// <summary>What every ledger promises, and what the database adds: that it holds for many at once.</summary>
[CancelAfter(60_000)]
public sealed class QuotaLedgerTests
{
    private const string Helpdesk = "acme";

    private static readonly QuotaPart Account = new(QuotaKind.Account, 1, 200);

    private static readonly QuotaPart Update = new(QuotaKind.Update, 1, 100);

    [Test]
    public async Task Many_takers_at_once_never_get_more_than_there_is(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var clock = new ManualClock();
        var ledger = NewLedger(database, clock);
        var rate = CallRate.Of(Update.Limit);
        var granted = 0;

        for (var round = 0; round < 6; round++)
        {
            var takers = await Task.WhenAll(Enumerable.Range(0, 32).Select(async taker =>
            {
                var mine = 0;
                for (var attempt = 0; attempt < 8; attempt++)
                {
                    // In either order, and some for two at once: whoever locks in the order he asks in would meet the others head-on.
                    QuotaPart[] parts = taker % 2 == 0 ? [Account, Update] : [Update, Account];
                    mine += (await ledger.TakeAsync(Helpdesk, Demand(parts), cancellationToken)).IsGranted ? 1 : 0;
                }

                return mine;
            }));
            granted += takers.Sum();

            var possible = (int)Math.Floor(rate.Most + (rate.PerSecond * 7 * round) + 1e-6);
            Assert.That(granted, Is.EqualTo(possible), $"after {7 * round} seconds");
            clock.Advance(TimeSpan.FromSeconds(7));
        }
    }

    [Test]
    public async Task By_the_databases_own_clock_it_holds_too(CancellationToken cancellationToken)
    {
        await using var database = await TriageDatabase.CreateAsync();
        var ledger = NewLedger(database, TimeProvider.System);
        var rate = CallRate.Of(600);
        var began = TimeProvider.System.GetTimestamp();

        var takers = await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            var mine = 0;
            for (var attempt = 0; attempt < 30; attempt++)
            {
                mine += (await ledger.TakeAsync(Helpdesk, Demand(Update with { Limit = 600 }), cancellationToken)).IsGranted ? 1 : 0;
            }

            return mine;
        }));
        var took = TimeProvider.System.GetElapsedTime(began).TotalSeconds;

        Assert.That(takers.Sum(), Is.InRange((int)rate.Most, (int)(rate.Most + (rate.PerSecond * took))));
    }

    [Test]
    public async Task Takes_all_or_nothing([Values] bool isInDatabase)
    {
        await using var some = await SomeLedger.CreateAsync(isInDatabase);
        await some.TakeAsync(Update with { Calls = 20 });

        var refused = await some.TakeAsync(Account, Update);
        var alone = await some.TakeAsync(Account with { Calls = 40 });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((refused.IsGranted, alone.IsGranted), Is.EqualTo((false, true)), "All of the account's 40 are still there.");
            Assert.That(refused.Wait.TotalSeconds, Is.EqualTo(61.0 / 80).Within(0.001), "One of 80 in 61 seconds.");
        }
    }

    [Test]
    public async Task Is_granted_after_the_wait_that_was_told_and_not_before([Values] bool isInDatabase)
    {
        await using var some = await SomeLedger.CreateAsync(isInDatabase);
        await some.TakeAsync(Update with { Calls = 20 });
        var wait = (await some.TakeAsync(Update)).Wait;

        some.Clock.Advance(wait - TimeSpan.FromMilliseconds(5));
        var early = await some.TakeAsync(Update);
        some.Clock.Advance(TimeSpan.FromMilliseconds(5));
        var due = await some.TakeAsync(Update);

        Assert.That((early.IsGranted, due.IsGranted), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_closed_bucket_opens_at_its_time([Values] bool isInDatabase)
    {
        await using var some = await SomeLedger.CreateAsync(isInDatabase);
        await some.KeepAsync(new QuotaNews(QuotaKind.Update, 100, Left: null, TimeSpan.FromSeconds(30)));
        await some.KeepAsync(new QuotaNews(QuotaKind.Update, 100, Left: null, TimeSpan.FromSeconds(10)));

        var closed = await some.TakeAsync(Account, Update);
        some.Clock.Advance(TimeSpan.FromSeconds(29.99));
        var stillClosed = await some.TakeAsync(Account, Update);
        some.Clock.Advance(TimeSpan.FromSeconds(0.01));
        var open = await some.TakeAsync(Account, Update);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((closed.IsGranted, stillClosed.IsGranted, open.IsGranted), Is.EqualTo((false, false, true)));
            Assert.That(closed.Wait, Is.EqualTo(TimeSpan.FromSeconds(30)));
            Assert.That(closed.Levels.Single(level => level.Kind == QuotaKind.Update).ClosedFor, Is.EqualTo(TimeSpan.FromSeconds(30)));
        }
    }

    [Test]
    public async Task Background_work_leaves_a_quarter_untouched([Values] bool isInDatabase)
    {
        await using var some = await SomeLedger.CreateAsync(isInDatabase);

        var background = 0;
        while ((await some.TakeAsync(HelpdeskUse.Background, Update)).IsGranted)
        {
            background++;
        }

        var interactive = await some.TakeAsync(Update with { Calls = 5 });

        Assert.That((background, interactive.IsGranted), Is.EqualTo((15, true)));
    }

    [Test]
    public async Task What_is_given_back_is_there_again([Values] bool isInDatabase)
    {
        await using var some = await SomeLedger.CreateAsync(isInDatabase);
        await some.TakeAsync(Update with { Calls = 20 });

        var again = await some.TakeAsync(Update with { Calls = 3, Back = 3 });
        var more = await some.TakeAsync(Update);

        Assert.That((again.IsGranted, more.IsGranted), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task What_is_still_to_be_called_leaves_no_room_for_as_much([Values] bool isInDatabase)
    {
        await using var some = await SomeLedger.CreateAsync(isInDatabase);
        await some.TakeAsync(Update with { Calls = 20 });
        some.Clock.Advance(TimeSpan.FromHours(1));

        var answer = await some.TakeAsync(Update with { Calls = 0, Held = 16 });

        Assert.That(answer.Levels.Single().Left, Is.EqualTo(4).Within(1e-6));
    }

    [Test]
    public async Task A_debt_is_paid_before_anything_else([Values] bool isInDatabase)
    {
        await using var some = await SomeLedger.CreateAsync(isInDatabase);
        await some.TakeAsync(Update with { Calls = 18, Back = -2 });

        var answer = await some.TakeAsync(Update with { Calls = 1, Back = -3 });

        Assert.That((answer.IsGranted, answer.Levels.Single().Left), Is.EqualTo((false, -3.0)).Within(1e-6));
    }

    [Test]
    public async Task More_than_a_bucket_holds_waits_until_it_is_full([Values] bool isInDatabase)
    {
        await using var some = await SomeLedger.CreateAsync(isInDatabase);

        var granted = await some.TakeAsync(Update with { Calls = 25 });
        var next = await some.TakeAsync(Update);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((granted.IsGranted, next.IsGranted), Is.EqualTo((true, false)));
            Assert.That(next.Wait.TotalSeconds, Is.EqualTo(6 * 61.0 / 80).Within(0.001));
        }
    }

    [Test]
    public async Task A_new_limit_counts_from_now_on_and_what_is_left_only_falls([Values] bool isInDatabase)
    {
        await using var some = await SomeLedger.CreateAsync(isInDatabase);
        await some.TakeAsync(Update);
        await some.KeepAsync(new QuotaNews(QuotaKind.Update, 300));
        var raised = await some.TakeAsync(Update);
        await some.KeepAsync(new QuotaNews(QuotaKind.Update, 300, Left: 7));
        var others = await some.TakeAsync(Update);
        await some.KeepAsync(new QuotaNews(QuotaKind.Update, 300, Left: 50));
        var late = await some.TakeAsync(Update);
        await some.KeepAsync(new QuotaNews(QuotaKind.Update, 10));
        var lowered = await some.TakeAsync(Update);

        var levels = new[] { raised, others, late, lowered }.Select(answer => answer.Levels.Single());
        Assert.That(
            levels.Select(level => (level.Limit, Math.Round(level.Left, 3))),
            Is.EqualTo(new[] { (300, 18.0), (300, 6.0), (300, 5.0), (10, 1.0) }));
    }

    [Test]
    public async Task Each_helpdesk_has_its_own([Values] bool isInDatabase)
    {
        await using var some = await SomeLedger.CreateAsync(isInDatabase);
        await some.KeepAsync(new QuotaNews(QuotaKind.Update, 100, Left: 0, TimeSpan.FromHours(1)));

        var other = await some.Ledger.TakeAsync("other", Demand(Update), CancellationToken.None);

        Assert.That(other.IsGranted, Is.True);
    }

    [Test]
    public async Task A_clock_that_lags_behind_neither_fills_nor_opens_a_bucket()
    {
        await using var database = await TriageDatabase.CreateAsync();
        var (ahead, behind) = (new ManualClock(), new ManualClock(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero)));
        var (one, other) = (NewLedger(database, ahead), NewLedger(database, behind));
        await one.TakeAsync(Helpdesk, Demand(Update with { Calls = 20 }), CancellationToken.None);
        await other.KeepAsync(Helpdesk, new QuotaNews(QuotaKind.Update, 100, Left: null, TimeSpan.FromSeconds(30)), CancellationToken.None);

        var byTheOther = await other.TakeAsync(Helpdesk, Demand(Update), CancellationToken.None);
        var byTheOne = await one.TakeAsync(Helpdesk, Demand(Update), CancellationToken.None);

        Assert.That((byTheOther.Wait, byTheOne.Wait), Is.EqualTo((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30))));
    }

    [Test]
    public async Task Without_the_database_a_process_counts_for_itself(CancellationToken cancellationToken)
    {
        await using var nowhere = StorageServices.OpenPool("Host=127.0.0.1;Port=1;Database=none;Username=nobody");
        var ledger = new QuotaLedger(nowhere, new ManualClock(), NullLogger<QuotaLedger>.Instance);
        await ledger.KeepAsync(Helpdesk, new QuotaNews(QuotaKind.Update, 10), cancellationToken);

        var answers = new List<bool>();
        for (var call = 0; call < 3; call++)
        {
            answers.Add((await ledger.TakeAsync(Helpdesk, Demand(Update with { Limit = 10 }), cancellationToken)).IsGranted);
        }

        Assert.That(answers, Is.EqualTo(new[] { true, true, false }));
    }

    private static QuotaDemand Demand(params QuotaPart[] parts) => new(parts, HelpdeskUse.Interactive);

    private static QuotaLedger NewLedger(TriageDatabase database, TimeProvider clock) =>
        new(database.Pool, clock, NullLogger<QuotaLedger>.Instance);

    private sealed class SomeLedger(IQuotaLedger ledger, ManualClock clock, TriageDatabase? database) : IAsyncDisposable
    {
        public ManualClock Clock => clock;

        public IQuotaLedger Ledger => ledger;

        public static async Task<SomeLedger> CreateAsync(bool isInDatabase)
        {
            var clock = new ManualClock();
            if (!isInDatabase)
            {
                return new SomeLedger(new QuotaNotebook(clock), clock, database: null);
            }

            var database = await TriageDatabase.CreateAsync();
            return new SomeLedger(NewLedger(database, clock), clock, database);
        }

        public Task<QuotaAnswer> TakeAsync(params QuotaPart[] parts) => TakeAsync(HelpdeskUse.Interactive, parts);

        public Task<QuotaAnswer> TakeAsync(HelpdeskUse use, params QuotaPart[] parts) =>
            ledger.TakeAsync(Helpdesk, new QuotaDemand(parts, use), CancellationToken.None);

        public Task KeepAsync(QuotaNews news) => ledger.KeepAsync(Helpdesk, news, CancellationToken.None);

        public ValueTask DisposeAsync() => database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
