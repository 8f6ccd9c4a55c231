using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Npgsql;
using TicketTriage.Host.Access;
using TicketTriage.Storage;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Metrics;

/// <summary>
/// <c>/metrics</c>: the service's own measurements in Prometheus' text format
/// (https://prometheus.io/docs/instrumenting/exposition_formats). The packages that would write it are not on every feed.
/// </summary>
internal sealed class PrometheusPage : IDisposable
{
    private const string MeterPrefix = "TicketTriage";

    private readonly ConcurrentDictionary<(string Name, string Labels), double> sums = new();
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
            sums.AddOrUpdate((instrument.Name + "_sum", labels), value, (_, sum) => sum + value);
            sums.AddOrUpdate((instrument.Name + "_count", labels), 1, (_, count) => count + 1);
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
}

internal static class MetricsDoor
{
    public static void AddMetrics(this WebApplicationBuilder builder) => builder.Services.AddSingleton<PrometheusPage>();

    public static void MapMetrics(this WebApplication app)
    {
        // Made at the start: what happens before the first look counts too.
        var page = app.Services.GetRequiredService<PrometheusPage>();
        app.MapGet("/metrics", page.GetAsync).RequireAuthorization(Roles.Ops);
    }
}
