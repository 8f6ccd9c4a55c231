using TicketTriage.Host.Access;

namespace TicketTriage.Host.Metrics;

internal static class MetricsDoor
{
    public static void AddMetrics(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DatabaseGauges>();
        builder.Services.AddSingleton<PrometheusPage>();
        builder.Services.AddSingleton<ProcessGauges>();
        builder.Services.AddSingleton<StepClock>();
        builder.Services.AddSingleton<RequestTraces>();
        builder.Services.AddSingleton<TelemetryExport>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TelemetryExport>());
        builder.Services.AddHostedService<Instruments>();
    }

    public static void MapMetrics(this WebApplication app)
    {
        // Made at the start: what happens before the first look counts too.
        var page = app.Services.GetRequiredService<PrometheusPage>();
        _ = app.Services.GetRequiredService<ProcessGauges>();
        app.MapGet("/metrics", page.GetAsync).RequireAuthorization(Roles.Ops);
    }
}
