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
internal sealed class TelemetryExport(IConfiguration configuration) : IHostedService, IDisposable
{
    private const string ServiceName = "tickettriage";

    private TracerProvider? traces;
    private MeterProvider? measurements;

    public Task StartAsync(CancellationToken cancellationToken)
    {
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
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        traces?.Dispose();
        measurements?.Dispose();
    }

    private static void Describe(ResourceBuilder resource) => resource.AddService(ServiceName).AddEnvironmentVariableDetector();
}

internal static class TelemetryServices
{
    public static void AddTelemetryExport(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            builder.Services.AddHostedService<TelemetryExport>();
        }
    }
}
