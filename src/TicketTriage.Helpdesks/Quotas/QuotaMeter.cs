using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TicketTriage.Helpdesks.Quotas;

/// <summary>Shows what is left of each helpdesk's quota as this process knows it, and what was waited for it.</summary>
internal sealed class QuotaMeter : ICountedFromZero, IDisposable
{
    private readonly Meter meter = new("TicketTriage.Helpdesks");
    private readonly ConcurrentBag<(string Helpdesk, Func<IReadOnlyList<(QuotaKind Kind, double Left)>> Read)> sources = [];
    private readonly Histogram<double> waits;
    private readonly Counter<long> putOff;
    private readonly Counter<long> refusals;

    public QuotaMeter()
    {
        meter.CreateObservableGauge("tickettriage_helpdesk_quota_left", Measure);
        waits = meter.CreateHistogram("tickettriage_helpdesk_wait_seconds", advice: DurationAdvice.FromMillisecondsToMinutes);
        putOff = meter.CreateCounter<long>("tickettriage_helpdesk_put_off");
        refusals = meter.CreateCounter<long>("tickettriage_helpdesk_quota_refusals");
    }

    public void ShowZeros(IReadOnlyCollection<string> helpdesks)
    {
        foreach (var helpdesk in helpdesks)
        {
            putOff.Add(0, Tag(helpdesk));
            foreach (var kind in Enum.GetValues<QuotaKind>())
            {
                refusals.Add(0, Tag(helpdesk), new("kind", QuotaWords.Word(kind)));
            }
        }
    }

    public void Watch(string helpdesk, Func<IReadOnlyList<(QuotaKind Kind, double Left)>> read) => sources.Add((helpdesk, read));

    /// <summary>A call was held back for a moment.</summary>
    public void Waited(string helpdesk, TimeSpan wait) => waits.Record(wait.TotalSeconds, Tag(helpdesk));

    /// <summary>A call or a ticket was sent away to come back later.</summary>
    public void PutOff(string helpdesk) => putOff.Add(1, Tag(helpdesk));

    /// <summary>The helpdesk itself has refused a call: its quota was used up.</summary>
    public void Refused(string helpdesk, QuotaKind kind) => refusals.Add(1, Tag(helpdesk), new("kind", QuotaWords.Word(kind)));

    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<double>> Measure() =>
        from source in sources
        from bucket in source.Read()
        select new Measurement<double>(bucket.Left, Tag(source.Helpdesk), new("kind", QuotaWords.Word(bucket.Kind)));

    private static KeyValuePair<string, object?> Tag(string helpdesk) => new("helpdesk", helpdesk);
}
