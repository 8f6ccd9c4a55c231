using TicketTriage.Host.Access;

namespace TicketTriage.Host.Metrics;

internal static class MetricsDoor
{
    public static void AddMetrics(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PrometheusPage>();
        builder.Services.AddHostedService<StepClock>();
        builder.Services.AddHostedService<RequestTraces>();
        builder.AddTelemetryExport();
    }

    public static void MapMetrics(this WebApplication app)
    {
        // Made at the start: what happens before the first look counts too.
        var page = app.Services.GetRequiredService<PrometheusPage>();
        app.MapGet("/metrics", page.GetAsync).RequireAuthorization(Roles.Ops);
    }
}
