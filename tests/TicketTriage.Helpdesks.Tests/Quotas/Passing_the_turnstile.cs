using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using TicketTriage.Helpdesks.Quotas;
using TicketTriage.Testing;

namespace TicketTriage.Helpdesks.Tests.Quotas;

[CancelAfter(30_000)]
public class Passing_the_turnstile
{
    private static readonly HelpdeskCall Read = new(HttpMethod.Get, "ticket", "a ticket");

    private static readonly HelpdeskCall Update = new(HttpMethod.Put, "ticket", "a change");

    private static readonly HelpdeskCall Export = Read with { Kind = HelpdeskCallKind.Export };

    private readonly ManualClock clock = new();
    private readonly RecordedLedger ledger;

    public Passing_the_turnstile() => ledger = new RecordedLedger(new QuotaNotebook(clock));

    [Test]
    public async Task A_tickets_whole_way_costs_the_ledger_one_question()
    {
        var turnstile = NewTurnstile();

        using (await turnstile.TakeTurnAsync(Patience()))
        {
            await PassAsync(turnstile, Read);
            await PassAsync(turnstile, Read);
            await PassAsync(turnstile, Update);
        }

        Assert.That(ledger.Demands, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Calls_beyond_the_turn_are_asked_for()
    {
        var turnstile = NewTurnstile();

        using (await turnstile.TakeTurnAsync(Patience()))
        {
            await PassAsync(turnstile, Update);
            await PassAsync(turnstile, Update);
        }

        Assert.That(ledger.Demands, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_a_turn_leaves_is_given_back_with_the_next_question()
    {
        var turnstile = NewTurnstile();
        using (await turnstile.TakeTurnAsync(Patience()))
        {
            await PassAsync(turnstile, Read);
        }

        using var next = await turnstile.TakeTurnAsync(Patience());

        Assert.That(ledger.Demands[^1].Parts.Select(part => (part.Kind, part.Back)),
            Is.EqualTo(new[] { (QuotaKind.Account, 2), (QuotaKind.Update, 1) }));
    }

    [Test]
    public async Task One_ticket_may_use_what_another_has_taken_but_nothing_is_lost_by_it()
    {
        var turnstile = NewTurnstile();
        var first = await turnstile.TakeTurnAsync(Patience());
        var second = await turnstile.TakeTurnAsync(Patience());
        await PassAsync(turnstile, Update);
        await PassAsync(turnstile, Update);
        first.Dispose();
        second.Dispose();
        first.Dispose();

        using var next = await turnstile.TakeTurnAsync(Patience());

        Assert.That(ledger.Demands[^1].Parts.Select(part => (part.Kind, part.Back, part.Held)),
            Is.EqualTo(new[] { (QuotaKind.Account, 4, 0), (QuotaKind.Update, 0, 0) }));
    }

    [Test]
    public async Task Without_a_turn_left_a_ticket_is_sent_away_before_anything_is_read_for_it()
    {
        var turnstile = NewTurnstile(updates: 10);
        using var first = await turnstile.TakeTurnAsync(Patience());
        using var second = await turnstile.TakeTurnAsync(Patience());

        var away = await Assert.ThrowsAsync<HelpdeskAwayException>(() => turnstile.TakeTurnAsync(Patience()));
        var next = await Assert.ThrowsAsync<HelpdeskAwayException>(() => turnstile.TakeTurnAsync(Patience()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((away?.IsQuotaUsedUp, away?.AsksToSlowDown, away?.MayHaveArrived), Is.EqualTo((true, true, false)));
            Assert.That(away?.RetryAfter?.TotalSeconds, Is.EqualTo(61.0 / 8).Within(0.01), "8 a minute flow in.");
            Assert.That((next?.RetryAfter - away?.RetryAfter)?.TotalSeconds, Is.EqualTo(61.0 / 8).Within(0.01), "One turn later.");
        }
    }

    [Test]
    public async Task A_short_wait_is_sat_out()
    {
        var turnstile = NewTurnstile(account: 100);
        for (var call = 0; call < 20; call++)
        {
            await PassAsync(turnstile, Read);
        }

        var passing = PassAsync(turnstile, Read);
        var wait = await clock.UntilTimerAsync(TimeSpan.FromSeconds(5), Patience());
        var isEarly = passing.IsCompleted;
        clock.Advance(wait);
        await passing;

        Assert.That((isEarly, wait.TotalSeconds), Is.EqualTo((false, 61.0 / 80)).Within(0.001));
    }

    [Test]
    public async Task Background_work_leaves_a_reserve_to_those_who_are_waited_for()
    {
        var turnstile = NewTurnstile(account: 100);
        for (var call = 0; call < 15; call++)
        {
            await turnstile.PassAsync(Export, HelpdeskUse.Background, Patience());
        }

        var background = turnstile.PassAsync(Export, HelpdeskUse.Background, Patience());
        await clock.UntilTimerAsync(TimeSpan.FromSeconds(5), Patience());
        for (var call = 0; call < 5; call++)
        {
            await PassAsync(turnstile, Read);
        }

        Assert.That(background.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromSeconds(3));
    }

    [Test]
    public async Task Background_work_takes_nothing_out_of_the_hand_of_a_ticket()
    {
        var turnstile = NewTurnstile();
        using var turn = await turnstile.TakeTurnAsync(Patience());

        await turnstile.PassAsync(Read, HelpdeskUse.Background, Patience());
        await PassAsync(turnstile, Read);

        Assert.That(ledger.Demands.Select(demand => demand.Use), Is.EqualTo(new[] { HelpdeskUse.Interactive, HelpdeskUse.Background }));
    }

    [Test]
    public async Task A_refused_call_closes_its_bucket_to_everybody_until_then()
    {
        var (one, other) = (NewTurnstile(), NewTurnstile());
        using var turnOfOther = await other.TakeTurnAsync(Patience());
        await PassAsync(one, Update);
        await HearAsync(one, Update, 429, retryAfter: 30);
        clock.Advance(HelpdeskTurnstile.GoodFor);

        var fromTheOne = await Assert.ThrowsAsync<HelpdeskAwayException>(() => PassAsync(one, Update));
        var fromTheOther = await Assert.ThrowsAsync<HelpdeskAwayException>(() => PassAsync(other, Update));
        await PassAsync(one, Read);
        clock.Advance(TimeSpan.FromSeconds(30) - HelpdeskTurnstile.GoodFor);
        await PassAsync(one, Update);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fromTheOne?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(30) - HelpdeskTurnstile.GoodFor));
            Assert.That(fromTheOther?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(30) - HelpdeskTurnstile.GoodFor));
        }
    }

    [Test]
    public async Task In_the_process_that_was_refused_not_even_calls_in_hand_go_out()
    {
        var turnstile = NewTurnstile();
        using var turn = await turnstile.TakeTurnAsync(Patience());
        await HearAsync(turnstile, Update, 429, retryAfter: 30);

        Assert.That(() => PassAsync(turnstile, Update), Throws.TypeOf<HelpdeskAwayException>());
    }

    [Test]
    public async Task A_refusal_that_says_the_account_is_used_up_closes_everything()
    {
        var turnstile = NewTurnstile(account: 400);
        await HearAsync(turnstile, Update, 429, retryAfter: 20, ("X-Rate-Limit", "400"), ("X-Rate-Limit-Remaining", "0"));

        Assert.That(
            () => PassAsync(turnstile, Read),
            Throws.TypeOf<HelpdeskAwayException>().With.Property("RetryAfter").EqualTo(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public async Task The_limit_of_the_account_is_learned_from_the_first_answer()
    {
        var turnstile = NewTurnstile(account: 200);
        await PassAsync(turnstile, Read);
        await HearAsync(turnstile, Read, 200, null, ("X-Rate-Limit", "700"), ("X-Rate-Limit-Remaining", "699"));
        await HearAsync(turnstile, Update, 200, null, ("X-Rate-Limit", "700"), ("X-Rate-Limit-Remaining", "698"));

        Assert.That(ledger.News, Is.EqualTo(new[] { new QuotaNews(QuotaKind.Account, 700) }));
    }

    [Test]
    public async Task A_smaller_limit_that_comes_with_a_change_is_that_of_changes()
    {
        var turnstile = NewTurnstile(account: 700, updates: 1_000);
        await PassAsync(turnstile, Update);
        await HearAsync(turnstile, Update, 200, null, ("X-Rate-Limit", "100"), ("X-Rate-Limit-Remaining", "99"));

        Assert.That(ledger.News, Is.EqualTo(new[] { new QuotaNews(QuotaKind.Update, 100) }));
    }

    [Test]
    public async Task What_the_configuration_allows_is_never_exceeded_by_what_the_helpdesk_allows()
    {
        var turnstile = NewTurnstile(account: 200, allowedUpdates: 30);
        await PassAsync(turnstile, Update);
        await HearAsync(turnstile, Update, 200, null, ("ratelimit-limit", "100"), ("ratelimit-remaining", "99"));

        Assert.That(ledger.News, Is.Empty, "30 it was, and 30 it stays.");
    }

    [Test]
    public async Task Others_who_use_the_account_leave_less_to_us()
    {
        var turnstile = NewTurnstile(account: 100);
        await PassAsync(turnstile, Read);
        await HearAsync(turnstile, Read, 200, null, ("X-Rate-Limit", "100"), ("X-Rate-Limit-Remaining", "2"));

        await PassAsync(turnstile, Read);
        await PassAsync(turnstile, Read);
        var third = PassAsync(turnstile, Read);
        var wait = await clock.UntilTimerAsync(TimeSpan.FromSeconds(5), Patience());
        clock.Advance(wait);
        await third;

        Assert.That(wait, Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public async Task An_account_that_is_used_up_waits_for_the_vendors_next_minute()
    {
        var turnstile = NewTurnstile(account: 100);
        await PassAsync(turnstile, Read);
        await HearAsync(turnstile, Read, 200, null, ("ratelimit-limit", "100"), ("ratelimit-remaining", "0"), ("ratelimit-reset", "42"));

        Assert.That(
            () => PassAsync(turnstile, Read),
            Throws.TypeOf<HelpdeskAwayException>().With.Property("RetryAfter").EqualTo(TimeSpan.FromSeconds(42)));
    }

    [Test]
    public async Task Calls_that_cost_more_than_was_taken_are_paid_afterwards()
    {
        var turnstile = NewTurnstile();
        await PassAsync(turnstile, Read);
        await HearAsync(turnstile, Read, 200, null, ("X-Ratelimit-Used-CurrentRequest", "3"));

        await PassAsync(turnstile, Read);

        Assert.That(ledger.Demands[^1].Parts.Single().Back, Is.EqualTo(-2));
    }

    [Test]
    public async Task Freshdesks_plan_is_known_by_the_accounts_limit()
    {
        var options = new HelpdeskOptions { Kind = HelpdeskKind.Freshdesk, BaseUrl = new Uri("https://acme.freshdesk.com") };
        var turnstile = NewTurnstile(options);
        await PassAsync(turnstile, Read);

        await HearAsync(turnstile, Read, 200, null, ("X-Ratelimit-Total", "400"), ("X-Ratelimit-Remaining", "399"));

        Assert.That(ledger.News.Select(news => (news.Kind, news.Limit)),
            Is.EqualTo(new[] { (QuotaKind.Account, 400), (QuotaKind.Update, 160), (QuotaKind.List, 100) }));
    }

    [Test]
    public async Task Before_anything_is_known_the_vendors_smallest_plan_is_assumed()
    {
        var turnstile = NewTurnstile(new HelpdeskOptions { Kind = HelpdeskKind.Zendesk, BaseUrl = new Uri("https://acme.zendesk.com") });

        using var turn = await turnstile.TakeTurnAsync(Patience());

        Assert.That(ledger.Demands[0].Parts.Select(part => part.Limit), Is.EqualTo(new[] { 200, 100 }));
    }

    private static Task PassAsync(HelpdeskTurnstile turnstile, HelpdeskCall call) =>
        turnstile.PassAsync(call, HelpdeskUse.Interactive, Patience());

    private static async Task HearAsync(
        HelpdeskTurnstile turnstile, HelpdeskCall call, int status, int? retryAfter, params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        await turnstile.Listener.HearAsync(call, response, retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null, Patience());
    }

    /// <summary>On loopback nothing is assumed, so that what is allowed here is all there is.</summary>
    private HelpdeskTurnstile NewTurnstile(int? account = null, int? updates = null, int? allowedUpdates = null)
    {
        var limits = HelpdeskLimits.Of(new HelpdeskOptions
        {
            Kind = HelpdeskKind.Zendesk,
            BaseUrl = new Uri("http://127.0.0.1"),
            MostUpdatesPerMinute = allowedUpdates,
        });
        foreach (var (kind, limit) in new[] { (QuotaKind.Account, account), (QuotaKind.Update, updates) })
        {
            if (limit is { } told)
            {
                limits.Assumed[kind] = told;
            }
        }

        return NewTurnstile(limits);
    }

    private HelpdeskTurnstile NewTurnstile(HelpdeskOptions options) => NewTurnstile(HelpdeskLimits.Of(options));

    private HelpdeskTurnstile NewTurnstile(HelpdeskLimits limits) =>
        new("acme", limits, ledger, new QuotaMeter(), clock, NullLogger.Instance);

    private static CancellationToken Patience() => TestContext.CurrentContext.CancellationToken;

    /// <summary>Remembers what was asked, and what was told after the first question.</summary>
    private sealed class RecordedLedger(IQuotaLedger real) : IQuotaLedger
    {
        public List<QuotaDemand> Demands { get; } = [];

        public List<QuotaNews> News { get; } = [];

        public Task<QuotaAnswer> TakeAsync(string helpdesk, QuotaDemand demand, CancellationToken cancellationToken)
        {
            Demands.Add(demand);
            return real.TakeAsync(helpdesk, demand, cancellationToken);
        }

        public Task KeepAsync(string helpdesk, QuotaNews known, CancellationToken cancellationToken)
        {
            if (Demands.Count > 0)
            {
                News.Add(known);
            }

            return real.KeepAsync(helpdesk, known, cancellationToken);
        }
    }
}
