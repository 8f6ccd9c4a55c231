namespace TicketTriage.Helpdesks.Quotas;

/// <summary>A ledger in memory, for one process alone.</summary>
public sealed class QuotaNotebook(TimeProvider clock) : IQuotaLedger
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Helpdesk, QuotaKind Kind), Bucket> buckets = [];

    public Task<QuotaAnswer> TakeAsync(string helpdesk, QuotaDemand demand, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var wait = TimeSpan.Zero;
            foreach (var part in demand.Parts)
            {
                var bucket = Find(helpdesk, part.Kind, part.Limit, now);
                bucket.Fill(now, part.Held, part.Back);
                var missing = bucket.WaitFor(part.Calls, demand.Reserve, now);
                wait = missing > wait ? missing : wait;
            }

            var isGranted = wait <= TimeSpan.Zero;
            var levels = new List<QuotaLevel>(demand.Parts.Count);
            foreach (var part in demand.Parts)
            {
                var bucket = Find(helpdesk, part.Kind, part.Limit, now);
                bucket.Left -= isGranted ? part.Calls : 0;
                levels.Add(new QuotaLevel(part.Kind, bucket.Limit, bucket.Left, bucket.ClosedFor(now)));
            }

            return Task.FromResult(new QuotaAnswer(isGranted, wait, levels));
        }
    }

    public Task KeepAsync(string helpdesk, QuotaNews news, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var bucket = Find(helpdesk, news.Kind, news.Limit, now);
            bucket.Fill(now, held: 0, back: 0);
            bucket.Limit = news.Limit;
            bucket.Left = Math.Min(bucket.Left, Math.Min(news.Left ?? double.MaxValue, bucket.Rate.Most));
            var until = now + news.ClosedFor.GetValueOrDefault();
            bucket.ClosedUntil = until > bucket.ClosedUntil ? until : bucket.ClosedUntil;
        }

        return Task.CompletedTask;
    }

    private Bucket Find(string helpdesk, QuotaKind kind, int limit, DateTimeOffset now)
    {
        if (!buckets.TryGetValue((helpdesk, kind), out var bucket))
        {
            bucket = new Bucket { Limit = limit, Left = CallRate.Of(limit).Most, CountedAt = now };
            buckets.Add((helpdesk, kind), bucket);
        }

        return bucket;
    }

    private sealed class Bucket
    {
        public required int Limit { get; set; }

        public required double Left { get; set; }

        public required DateTimeOffset CountedAt { get; set; }

        public DateTimeOffset ClosedUntil { get; set; }

        public CallRate Rate => CallRate.Of(Limit);

        public void Fill(DateTimeOffset now, int held, int back)
        {
            var (most, perSecond) = Rate;
            var filled = Math.Min(most - held, Left + (perSecond * (now - CountedAt).TotalSeconds));
            Left = Math.Min(most, Math.Max(Left, filled) + back);
            CountedAt = now;
        }

        public TimeSpan WaitFor(int calls, double reserve, DateTimeOffset now)
        {
            var (most, perSecond) = Rate;
            var missing = Math.Min(most, calls + (reserve * most)) - Left;
            var refill = missing > Tolerance ? RoundedUp(missing / perSecond) : TimeSpan.Zero;
            var closed = ClosedFor(now);
            return closed > refill ? closed : refill;
        }

        public TimeSpan ClosedFor(DateTimeOffset now) => ClosedUntil > now ? ClosedUntil - now : TimeSpan.Zero;

        /// <summary>Sums of fractions miss whole numbers by a little.</summary>
        private const double Tolerance = 1e-6;

        private static TimeSpan RoundedUp(double seconds) => TimeSpan.FromMilliseconds(Math.Ceiling(seconds * 1000));
    }
}
