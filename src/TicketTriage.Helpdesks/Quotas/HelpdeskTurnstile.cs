using Microsoft.Extensions.Logging;

namespace TicketTriage.Helpdesks.Quotas;

/// <summary>
/// What every call to one helpdesk passes before it goes out. It takes the call's share from the buckets that all processes share, or
/// finds it in what a <see cref="HelpdeskTurn"/> took for a ticket's whole way: a ticket costs the ledger one question, not one per call.
/// </summary>
internal sealed class HelpdeskTurnstile
{
    /// <summary>
    /// What the ledger said is acted on for so long without asking again: where another process was refused meanwhile, this one learns of
    /// it no later.
    /// </summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMilliseconds(250);

    private readonly string helpdesk;
    private readonly HelpdeskLimits limits;
    private readonly IQuotaLedger ledger;
    private readonly QuotaMeter meter;
    private readonly TimeProvider clock;
    private readonly QuotaPurses purses;
    private readonly TurnDesk turns;
    private readonly TurnQueue putOff;
    private readonly IReadOnlyList<QuotaShare> turn;
    private Task? opening;
    private int turnsUnderWay;

    public HelpdeskTurnstile(
        string helpdesk, HelpdeskLimits limits, IQuotaLedger ledger, QuotaMeter meter, TimeProvider clock, ILogger logger)
    {
        this.helpdesk = helpdesk;
        this.limits = limits;
        this.ledger = ledger;
        this.meter = meter;
        this.clock = clock;
        purses = new QuotaPurses(limits);
        Listener = new QuotaListener(helpdesk, limits, purses, ledger, meter, clock, logger);
        turns = new TurnDesk(TakeTurnsAsync, EndTurn);
        putOff = new TurnQueue(clock);
        turn = [new QuotaShare(QuotaKind.Account, limits.CallsOfTurn), new QuotaShare(QuotaKind.Update, 1)];
        meter.Watch(helpdesk, ReadLeft);
    }

    /// <summary>Hears what the answers say of the quota.</summary>
    public QuotaListener Listener { get; }

    /// <summary>Lets a call out once its share is there.</summary>
    /// <exception cref="HelpdeskAwayException">
    /// That takes longer than <see cref="HelpdeskPipeline.LongestWaitInPlace"/>, and <see cref="HelpdeskAwayException.RetryAfter"/> says how
    /// long.
    /// </exception>
    public async Task PassAsync(HelpdeskCall call, HelpdeskUse use, CancellationToken cancellationToken)
    {
        var shares = SharesOf(call);
        var waited = TimeSpan.Zero;
        while (!SpendInHand(shares, use))
        {
            var answer = await AskAsync(shares, use, handsIn: use == HelpdeskUse.Interactive, cancellationToken);
            if (answer.IsGranted)
            {
                return;
            }

            waited += answer.Wait;
            if (waited > HelpdeskPipeline.LongestWaitInPlace)
            {
                throw UsedUp(answer.Wait);
            }

            meter.Waited(helpdesk, answer.Wait);
            await Task.Delay(answer.Wait, clock, cancellationToken);
        }
    }

    /// <summary>Takes the share of a call back that was let out and not made.</summary>
    public void GiveBack(HelpdeskCall call)
    {
        lock (purses.Gate)
        {
            foreach (var share in SharesOf(call))
            {
                purses[share.Kind].Back += share.Calls;
            }
        }
    }

    /// <summary>
    /// Takes what a ticket's way needs. Without a wait: a worker has other tickets. Those who are sent away are told different times, in
    /// the order in which they came, since one after the other they will find what they need.
    /// </summary>
    /// <exception cref="HelpdeskAwayException">
    /// The quota is used up; <see cref="HelpdeskAwayException.RetryAfter"/> says when to come again.
    /// </exception>
    public async Task<HelpdeskTurn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var answer = await turns.TakeAsync(cancellationToken);
        return answer.IsGranted ? new HelpdeskTurn(EndTurn) : throw UsedUp(putOff.WaitFor(answer.Wait, TimeOfTurn(answer)));
    }

    private static IReadOnlyList<QuotaShare> SharesOf(HelpdeskCall call) => QuotaWords.OwnBucket(call.Kind) is { } own
        ? [new QuotaShare(QuotaKind.Account, call.Cost), new QuotaShare(own, 1)]
        : [new QuotaShare(QuotaKind.Account, call.Cost)];

    private bool SpendInHand(IReadOnlyList<QuotaShare> shares, HelpdeskUse use)
    {
        lock (purses.Gate)
        {
            var now = clock.GetUtcNow();
            if (use != HelpdeskUse.Interactive || !shares.All(share => purses[share.Kind].CanSpend(share.Calls, now)))
            {
                return false;
            }

            foreach (var share in shares)
            {
                purses[share.Kind].InHand -= share.Calls;
            }

            return true;
        }
    }

    private async Task<QuotaAnswer> TakeTurnsAsync(int count)
    {
        var shares = turn.Select(share => share with { Calls = share.Calls * count }).ToList();
        var answer = await AskAsync(shares, HelpdeskUse.Interactive, handsIn: false, CancellationToken.None);
        if (answer.IsGranted)
        {
            lock (purses.Gate)
            {
                turnsUnderWay += count;
                foreach (var share in shares)
                {
                    purses[share.Kind].InHand += share.Calls;
                }
            }
        }

        return answer;
    }

    /// <param name="handsIn">True to put what is in hand back for it, so that the ledger decides with fresh knowledge.</param>
    private async Task<QuotaAnswer> AskAsync(
        IReadOnlyList<QuotaShare> shares, HelpdeskUse use, bool handsIn, CancellationToken cancellationToken)
    {
        await OpenAsync().WaitAsync(cancellationToken);

        QuotaDemand demand;
        lock (purses.Gate)
        {
            demand = new QuotaDemand([.. shares.Select(share => purses[share.Kind].Demand(share.Calls, handsIn))], use);
        }

        var answer = await ledger.TakeAsync(helpdesk, demand, cancellationToken);
        lock (purses.Gate)
        {
            var now = clock.GetUtcNow();
            foreach (var level in answer.Levels)
            {
                purses[level.Kind].Learn(level, now);
            }
        }

        return answer;
    }

    /// <summary>
    /// What is configured or assumed stands until a helpdesk's answer says otherwise; where neither is, what another process has heard is
    /// left alone.
    /// </summary>
    private Task OpenAsync()
    {
        lock (purses.Gate)
        {
            if (opening is null or { IsFaulted: true })
            {
                opening = KeepFirstAsync();
            }

            return opening;
        }
    }

    private async Task KeepFirstAsync()
    {
        // Leaves the caller's lock before anything can happen.
        await Task.Yield();
        foreach (var kind in limits.Known)
        {
            await ledger.KeepAsync(helpdesk, new QuotaNews(kind, limits.First(kind)), CancellationToken.None);
        }
    }

    private void EndTurn()
    {
        lock (purses.Gate)
        {
            turnsUnderWay--;
            foreach (var share in turn)
            {
                // Whose share it is doesn't matter, only that no more is in hand than the turns under way may still need.
                var purse = purses[share.Kind];
                var surplus = Math.Max(0, purse.InHand - (turnsUnderWay * share.Calls));
                purse.InHand -= surplus;
                purse.Back += surplus;
            }
        }
    }

    /// <summary>How long the slowest bucket takes to fill up by one turn.</summary>
    private TimeSpan TimeOfTurn(QuotaAnswer answer) => TimeSpan.FromSeconds(turn.Max(share =>
        share.Calls / answer.Levels.Where(level => level.Kind == share.Kind).Select(level => CallRate.Of(level.Limit).PerSecond).First()));

    private HelpdeskAwayException UsedUp(TimeSpan wait)
    {
        meter.PutOff(helpdesk);
        return new HelpdeskAwayException(
            $"The calls that helpdesk {helpdesk} allows are used up for the next {Math.Ceiling(wait.TotalSeconds):0} seconds.",
            wait, mayHaveArrived: false)
        {
            IsQuotaUsedUp = true,
        };
    }

    private IReadOnlyList<(QuotaKind Kind, double Left)> ReadLeft()
    {
        lock (purses.Gate)
        {
            var now = clock.GetUtcNow();
            return [.. purses.All.Where(purse => purse.IsKnown).Select(purse => (purse.Kind, purse.LeftAt(now)))];
        }
    }
}

/// <param name="Calls">What is taken from the bucket.</param>
internal sealed record QuotaShare(QuotaKind Kind, int Calls);
