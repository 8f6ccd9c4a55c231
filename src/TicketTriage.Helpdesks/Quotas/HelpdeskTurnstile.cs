using System.Net;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Helpdesks.Quotas;

/// <summary>
/// What every call to one helpdesk passes before it goes out. It takes the call's share from the buckets that all processes share, or finds
/// it in what a <see cref="HelpdeskTurn"/> took for a ticket's whole way, so that a ticket costs the ledger one question and not one per call.
/// </summary>
internal sealed partial class HelpdeskTurnstile
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
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly Dictionary<QuotaKind, QuotaPurse> purses = [];
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
        this.logger = logger;
        putOff = new TurnQueue(clock);
        turn = [new QuotaShare(QuotaKind.Account, limits.CallsOfTurn), new QuotaShare(QuotaKind.Update, 1)];
        foreach (var kind in Enum.GetValues<QuotaKind>())
        {
            purses[kind] = new QuotaPurse(kind, limits.First(kind));
        }

        meter.Watch(helpdesk, ReadLeft);
    }

    /// <summary>Lets a call out once its share is there, if that takes no longer than <see cref="HelpdeskPipeline.LongestWaitInPlace"/>.</summary>
    /// <exception cref="HelpdeskAwayException">It takes longer; <see cref="HelpdeskAwayException.RetryAfter"/> says how long.</exception>
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
        lock (gate)
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
    /// <exception cref="HelpdeskAwayException">The quota is used up; <see cref="HelpdeskAwayException.RetryAfter"/> says when to come again.</exception>
    public async Task<HelpdeskTurn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync(turn, HelpdeskUse.Interactive, handsIn: false, cancellationToken);
        if (!answer.IsGranted)
        {
            throw UsedUp(putOff.WaitFor(answer.Wait, TimeOfTurn(answer)));
        }

        lock (gate)
        {
            turnsUnderWay++;
            foreach (var share in turn)
            {
                purses[share.Kind].InHand += share.Calls;
            }
        }

        return new HelpdeskTurn(EndTurn);
    }

    /// <summary>Learns from an answer, whatever its status, what the helpdesk allows and what is left of it.</summary>
    /// <param name="retryAfter">The wait that the answer asks for.</param>
    public async ValueTask HearAsync(
        HelpdeskCall call, HttpResponseMessage response, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        var heard = RateHeaders.Read(response.Headers, clock);
        List<QuotaNews>? news = null;
        lock (gate)
        {
            if (heard.Used is { } used && used != call.Cost)
            {
                purses[QuotaKind.Account].Back += call.Cost - used;
            }

            foreach (var reading in heard.Readings)
            {
                Hear(BucketOf(call, reading), reading, ref news);
            }

            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Close(RefusedBucket(call, heard), retryAfter ?? heard.Readings.Max(reading => reading.ResetIn), ref news);
            }
        }

        foreach (var known in news ?? [])
        {
            await ledger.KeepAsync(helpdesk, known, cancellationToken);
        }
    }

    private static IReadOnlyList<QuotaShare> SharesOf(HelpdeskCall call) => OwnBucket(call.Kind) is { } own
        ? [new QuotaShare(QuotaKind.Account, call.Cost), new QuotaShare(own, 1)]
        : [new QuotaShare(QuotaKind.Account, call.Cost)];

    private static QuotaKind? OwnBucket(HelpdeskCallKind kind) => kind switch
    {
        HelpdeskCallKind.Read => null,
        HelpdeskCallKind.Update => QuotaKind.Update,
        HelpdeskCallKind.List => QuotaKind.List,
        HelpdeskCallKind.Export => QuotaKind.Export,
        HelpdeskCallKind.Search => QuotaKind.Search,
    };

    /// <summary>
    /// Vendors use the same headers for the account and for one kind of calls. A limit below the account's, told with a call that has
    /// one of its own, is its own.
    /// </summary>
    private QuotaKind BucketOf(HelpdeskCall call, RateReading reading) =>
        OwnBucket(call.Kind) is { } own && (reading.IsOfCall || reading.Limit < purses[QuotaKind.Account].Limit) ? own : QuotaKind.Account;

    private QuotaKind RefusedBucket(HelpdeskCall call, RateHeaders heard) =>
        heard.Readings.FirstOrDefault(reading => reading.Left == 0) is { } usedUp
            ? BucketOf(call, usedUp)
            : OwnBucket(call.Kind) ?? QuotaKind.Account;

    private bool SpendInHand(IReadOnlyList<QuotaShare> shares, HelpdeskUse use)
    {
        lock (gate)
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

    /// <param name="handsIn">True to put what is in hand back for it, so that the ledger decides with fresh knowledge.</param>
    private async Task<QuotaAnswer> AskAsync(
        IReadOnlyList<QuotaShare> shares, HelpdeskUse use, bool handsIn, CancellationToken cancellationToken)
    {
        await OpenAsync().WaitAsync(cancellationToken);

        QuotaDemand demand;
        lock (gate)
        {
            demand = new QuotaDemand([.. shares.Select(share => purses[share.Kind].Demand(share.Calls, handsIn))], use);
        }

        var answer = await ledger.TakeAsync(helpdesk, demand, cancellationToken);
        lock (gate)
        {
            var now = clock.GetUtcNow();
            foreach (var level in answer.Levels)
            {
                purses[level.Kind].Learn(level, now);
            }
        }

        return answer;
    }

    /// <summary>What this process was told to assume and to allow stands until a helpdesk's answer says otherwise.</summary>
    private Task OpenAsync()
    {
        lock (gate)
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
        foreach (var kind in Enum.GetValues<QuotaKind>())
        {
            await ledger.KeepAsync(helpdesk, new QuotaNews(kind, limits.First(kind)), CancellationToken.None);
        }
    }

    private void Hear(QuotaKind kind, RateReading reading, ref List<QuotaNews>? news)
    {
        var purse = purses[kind];
        var limit = reading.Limit is { } told ? limits.Within(kind, told) : purse.Limit;
        var isNewLimit = limit != purse.Limit;
        purse.Limit = limit;

        // A bucket never holds more than its burst, so that a larger remainder says nothing about it.
        double? left = reading.Left is { } counted && counted < CallRate.Of(limit).Most ? Math.Max(0, counted - purse.InHand) : null;
        var hasLess = left < purse.Left - 1;
        TimeSpan? closed = reading is { Left: 0, ResetIn: { } reset } && reset > TimeSpan.Zero ? reset : null;
        if (isNewLimit || hasLess || closed is not null)
        {
            purse.Left = hasLess ? left.GetValueOrDefault() : purse.Left;
            purse.Close(closed, clock.GetUtcNow());
            (news ??= []).Add(new QuotaNews(kind, limit, left, closed));
        }

        if (isNewLimit)
        {
            Learned(helpdesk, QuotaWords.Word(kind), limit);
            HearPlan(kind, limit, ref news);
        }
    }

    private void HearPlan(QuotaKind kind, int limit, ref List<QuotaNews>? news)
    {
        if (kind != QuotaKind.Account)
        {
            return;
        }

        foreach (var (part, ofPlan) in limits.ByPlan(limit))
        {
            purses[part].Limit = limits.Within(part, ofPlan);
            (news ??= []).Add(new QuotaNews(part, purses[part].Limit));
        }
    }

    private void Close(QuotaKind kind, TimeSpan? wait, ref List<QuotaNews>? news)
    {
        meter.Refused(helpdesk, kind);
        if (wait > TimeSpan.Zero)
        {
            purses[kind].Close(wait, clock.GetUtcNow());
            (news ??= []).Add(new QuotaNews(kind, purses[kind].Limit, Left: null, wait));
            Refused(helpdesk, QuotaWords.Word(kind), wait.Value);
        }
    }

    private void EndTurn()
    {
        lock (gate)
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
        lock (gate)
        {
            var now = clock.GetUtcNow();
            return [.. purses.Values.Where(purse => purse.IsKnown).Select(purse => (purse.Kind, purse.LeftAt(now)))];
        }
    }

    [LoggerMessage(LogLevel.Information, "Helpdesk {Helpdesk} allows {Limit} calls a minute ({Bucket}).")]
    private partial void Learned(string helpdesk, string bucket, int limit);

    [LoggerMessage(LogLevel.Warning, "Helpdesk {Helpdesk} refused a call because its quota is used up ({Bucket}); it gets none for {Wait}.")]
    private partial void Refused(string helpdesk, string bucket, TimeSpan wait);
}

/// <param name="Calls">What is taken from the bucket.</param>
internal readonly record struct QuotaShare(QuotaKind Kind, int Calls);
