using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Metrics;

/// <summary>
/// Sends spans and measurements by OTLP where OpenTelemetry's own setting <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector
/// (https://opentelemetry.io/docs/specs/otel/protocol/exporter); the other <c>OTEL_</c> settings hold too. Spans carry numbers of
/// tickets and addresses of helpdesks, no text of anybody.
/// </summary>
internal sealed class TelemetryExport(IConfiguration configuration, DatabaseGauges gauges, TimeProvider clock) : BackgroundService
{
    private const string ServiceName = "tickettriage";

    /// <summary>OpenTelemetry's own.</summary>
    private static readonly TimeSpan UsualInterval = TimeSpan.FromMinutes(1);

    private TracerProvider? traces;
    private MeterProvider? measurements;

    private bool IsWanted => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };

    /// <summary>Begins to listen. Called before anything works that could be listened to.</summary>
    public void Listen()
    {
        if (!IsWanted)
        {
            return;
        }

        // Without the configuration the exporters would read the environment alone.
        traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(Describe)
            .AddSource(TicketSteps.SourceName, "Microsoft.AspNetCore", "System.Net.Http", "Npgsql")
            .AddOtlpExporter()
            .Build();
        measurements = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(Describe)
            .AddMeter("TicketTriage.*", "Npgsql", "Microsoft.AspNetCore.Hosting", "System.Runtime")
            .AddOtlpExporter()
            .Build();
    }

    /// <summary>Sends what is left.</summary>
    public override void Dispose()
    {
        traces?.Dispose();
        measurements?.Dispose();
        base.Dispose();
    }

    /// <summary>The exporter reads gauges where it can't wait for a database, so that is looked into beside it.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsWanted)
        {
            return;
        }

        var milliseconds = int.TryParse(configuration["OTEL_METRIC_EXPORT_INTERVAL"], CultureInfo.InvariantCulture, out var asked) ? asked : 0;
        using var timer = new PeriodicTimer(milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds) : UsualInterval, clock);
        try
        {
            do
            {
                await gauges.RefreshAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private static void Describe(ResourceBuilder resource) => resource.AddService(ServiceName).AddEnvironmentVariableDetector();
}
