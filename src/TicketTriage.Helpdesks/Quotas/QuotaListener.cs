using System.Net;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Helpdesks.Quotas;

/// <summary>Learns from each answer what the helpdesk allows and what is left of it, and tells the ledger where that is news.</summary>
internal sealed partial class QuotaListener(
    string helpdesk,
    HelpdeskLimits limits,
    QuotaPurses purses,
    IQuotaLedger ledger,
    QuotaMeter meter,
    TimeProvider clock,
    ILogger logger)
{
    /// <summary>Hears an answer, whatever its status.</summary>
    /// <param name="retryAfter">The wait that the answer asks for.</param>
    public async ValueTask HearAsync(
        HelpdeskCall call, HttpResponseMessage response, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        var heard = RateHeaders.Read(response.Headers, clock);
        List<QuotaNews>? news = null;
        lock (purses.Gate)
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

    /// <summary>
    /// Vendors use the same headers for the account and for one kind of calls. A limit below the account's, told with a call that has
    /// one of its own, is its own.
    /// </summary>
    private QuotaKind BucketOf(HelpdeskCall call, RateReading reading) =>
        QuotaWords.OwnBucket(call.Kind) is { } own && (reading.IsOfCall || reading.Limit < purses[QuotaKind.Account].Limit)
            ? own
            : QuotaKind.Account;

    private QuotaKind RefusedBucket(HelpdeskCall call, RateHeaders heard) =>
        heard.Readings.FirstOrDefault(reading => reading.Left == 0) is { } usedUp
            ? BucketOf(call, usedUp)
            : QuotaWords.OwnBucket(call.Kind) ?? QuotaKind.Account;

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

    [LoggerMessage(LogLevel.Information, "Helpdesk {Helpdesk} allows {Limit} calls a minute ({Bucket}).")]
    private partial void Learned(string helpdesk, string bucket, int limit);

    [LoggerMessage(LogLevel.Warning, "Helpdesk {Helpdesk} refused a call: its quota is used up ({Bucket}). It gets none for {Wait}.")]
    private partial void Refused(string helpdesk, string bucket, TimeSpan wait);
}
