using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using TicketTriage.Helpdesks;

namespace TicketTriage.Host.Metrics;

/// <summary>
/// <c>/metrics</c>: the service's own measurements in Prometheus' text format
/// (https://prometheus.io/docs/instrumenting/exposition_formats). The packages that would write it are not on every feed.
/// </summary>
internal sealed class PrometheusPage : IDisposable
{
    private const string MeterPrefix = "TicketTriage";

    private readonly ConcurrentDictionary<(string Name, string Labels), double> sums = new();
    private readonly ConcurrentDictionary<(string Name, string Labels), Spread> spreads = new();
    private readonly ConcurrentDictionary<(string Name, string Labels), double> levels = new();
    private readonly MeterListener listener = new();
    private readonly DatabaseGauges gauges;

    public PrometheusPage(DatabaseGauges gauges)
    {
        this.gauges = gauges;
        listener.InstrumentPublished = (instrument, listening) =>
        {
            // What stands in the database is read afresh for the page.
            if (instrument.Meter.Name.StartsWith(MeterPrefix, StringComparison.Ordinal) && instrument.Meter.Name != DatabaseGauges.MeterName)
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
        await gauges.RefreshAsync(cancellationToken);
        var text = new StringBuilder();
        listener.RecordObservableInstruments();
        AppendFamilies(text, sums, "counter");
        AppendFamilies(text, levels, "gauge");
        AppendSpreads(text);
        AppendDatabase(text);
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
                    var end = bucket < spread.Ends.Length ? spread.Ends[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    text.Append(CultureInfo.InvariantCulture, $"{key.Name}_bucket{WithLabel(key.Labels, "le", end)} {upTo[bucket]}\n");
                }

                text.Append(CultureInfo.InvariantCulture, $"{key.Name}_sum{key.Labels} {sum}\n{key.Name}_count{key.Labels} {upTo[^1]}\n");
            }
        }
    }

    private void AppendDatabase(StringBuilder text)
    {
        foreach (var (name, value) in gauges.List())
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} gauge\n{name} {value}\n");
        }
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        if (instrument is ObservableGauge<double>)
        {
            levels[(instrument.Name, labels)] = value;
            return;
        }

        if (instrument is Histogram<double> histogram)
        {
            spreads.GetOrAdd((instrument.Name, labels), _ => new Spread(EndsOf(histogram))).Add(value);
            return;
        }

        sums.AddOrUpdate((instrument.Name + "_total", labels), value, (_, sum) => sum + value);
    }

    private static double[] EndsOf(Histogram<double> histogram) =>
        [.. histogram.Advice?.HistogramBucketBoundaries ?? DurationAdvice.FromMillisecondsToMinutes.HistogramBucketBoundaries ?? []];

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
    private sealed class Spread(double[] ends)
    {
        private readonly Lock door = new();
        private readonly long[] counts = new long[ends.Length + 1];
        private double sum;

        /// <summary>The upper end of each bucket, inclusive.</summary>
        public double[] Ends => ends;

        public void Add(double value)
        {
            var place = Array.BinarySearch(ends, value);
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
