using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Npgsql;
using TicketTriage.Escalations;
using TicketTriage.Storage;
using TicketTriage.Tickets;
using TicketTriage.Triages;

namespace TicketTriage.Host.Metrics;

/// <summary>
/// <c>/metrics</c>: the service's own measurements in Prometheus' text format
/// (https://prometheus.io/docs/instrumenting/exposition_formats). The packages that would write it are not on every feed.
/// </summary>
internal sealed class PrometheusPage : IDisposable
{
    private const string MeterPrefix = "TicketTriage";

    /// <summary>Upper ends in seconds: from a statement to a model that takes its time.</summary>
    private static readonly double[] Buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly ConcurrentDictionary<(string Name, string Labels), double> sums = new();
    private readonly ConcurrentDictionary<(string Name, string Labels), Spread> spreads = new();
    private readonly ConcurrentDictionary<(string Name, string Labels), double> levels = new();
    private readonly MeterListener listener = new();
    private readonly NpgsqlDataSource database;

    public PrometheusPage(NpgsqlDataSource database)
    {
        this.database = database;
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name.StartsWith(MeterPrefix, StringComparison.Ordinal))
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    public async Task<IResult> GetAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        listener.RecordObservableInstruments();
        AppendFamilies(text, sums, "counter");
        AppendFamilies(text, levels, "gauge");
        AppendSpreads(text);
        await AppendQueueAsync(text, cancellationToken);
        return Results.Text(text.ToString(), "text/plain; version=0.0.4");
    }

    public void Dispose() => listener.Dispose();

    private static void AppendFamilies(
        StringBuilder text, IEnumerable<KeyValuePair<(string Name, string Labels), double>> measurements, string type)
    {
        foreach (var family in measurements.GroupBy(one => one.Key.Name).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {family.Key} {type}\n");
            foreach (var (key, value) in family.OrderBy(one => one.Key.Labels, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"{key.Name}{key.Labels} {value}\n");
            }
        }
    }

    private void AppendSpreads(StringBuilder text)
    {
        foreach (var family in spreads.GroupBy(one => one.Key.Name).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {family.Key} histogram\n");
            foreach (var (key, spread) in family.OrderBy(one => one.Key.Labels, StringComparer.Ordinal))
            {
                var (upTo, sum) = spread.Read();
                for (var bucket = 0; bucket < upTo.Length; bucket++)
                {
                    var end = bucket < Buckets.Length ? Buckets[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    text.Append(CultureInfo.InvariantCulture, $"{key.Name}_bucket{WithLabel(key.Labels, "le", end)} {upTo[bucket]}\n");
                }

                text.Append(CultureInfo.InvariantCulture, $"{key.Name}_sum{key.Labels} {sum}\n{key.Name}_count{key.Labels} {upTo[^1]}\n");
            }
        }
    }

    private async Task AppendQueueAsync(StringBuilder text, CancellationToken cancellationToken)
    {
        try
        {
            var queue = await QueueState.ReadAsync(database, cancellationToken);
            Gauge(text, "tickettriage_database_up", 1);
            Gauge(text, "tickettriage_queue_waiting", queue.Waiting);
            Gauge(text, "tickettriage_queue_oldest_wait_seconds", queue.OldestWait.TotalSeconds);
            Gauge(text, "tickettriage_queue_under_way", queue.UnderWay);
            Gauge(text, "tickettriage_queue_later", queue.Later);
            Gauge(text, "tickettriage_parked", queue.Parked);
            Gauge(text, "tickettriage_decision_months_ahead", await DecisionMonths.CountAheadAsync(database, cancellationToken));
            var unanswered = await OpenEscalations.ReadAsync(database, cancellationToken);
            Gauge(text, "tickettriage_escalations_open", unanswered.Count);
            Gauge(text, "tickettriage_escalations_unanswered_seconds", unanswered.Longest.TotalSeconds);
        }
        catch (Exception e) when (DatabaseAway.IsCause(e))
        {
            Gauge(text, "tickettriage_database_up", 0);
        }
    }

    private static void Gauge(StringBuilder text, string name, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} gauge\n{name} {value}\n");

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        if (instrument is ObservableGauge<double>)
        {
            levels[(instrument.Name, labels)] = value;
            return;
        }

        if (instrument is Histogram<double>)
        {
            spreads.GetOrAdd((instrument.Name, labels), static _ => new Spread()).Add(value);
            return;
        }

        sums.AddOrUpdate((instrument.Name + "_total", labels), value, (_, sum) => sum + value);
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var labels = new StringBuilder("{");
        foreach (var (name, value) in tags)
        {
            var escaped = (value?.ToString() ?? "").Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            labels.Append(labels.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture, $"{name}=\"{escaped}\"");
        }

        return labels.Append('}').ToString();
    }

    private static string WithLabel(string labels, string name, string value) =>
        labels.Length == 0 ? $"{{{name}=\"{value}\"}}" : $"{labels[..^1]},{name}=\"{value}\"}}";

    /// <summary>How many measurements fell into each bucket, the last one for those above all.</summary>
    private sealed class Spread
    {
        private readonly Lock door = new();
        private readonly long[] counts = new long[Buckets.Length + 1];
        private double sum;

        public void Add(double value)
        {
            var place = Array.BinarySearch(Buckets, value);
            lock (door)
            {
                counts[place < 0 ? ~place : place]++;
                sum += value;
            }
        }

        /// <returns>Counts up to each bucket's end, and the sum of all.</returns>
        public (long[] UpTo, double Sum) Read()
        {
            lock (door)
            {
                var upTo = (long[])counts.Clone();
                for (var place = 1; place < upTo.Length; place++)
                {
                    upTo[place] += upTo[place - 1];
                }

                return (upTo, sum);
            }
        }
    }
}
