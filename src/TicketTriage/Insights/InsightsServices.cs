using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Triages;

namespace TicketTriage.Insights;

public static class InsightsServices
{
    /// <summary>Registers what pages are filled from.</summary>
    public static void AddInsights(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Judgements>();
        services.AddSingleton<TicketList>();
        services.AddSingleton<TodayFigures>();
        services.AddSingleton<WeekFigures>();
        services.AddSingleton<DaySums>();
        services.AddSingleton<QualityFigures>();
        services.AddSingleton<BlindSample>();
        services.AddSingleton<Reports>();
        services.AddSingleton<ConnectionStates>();
        services.AddSingleton<HelpdeskFailures>();
    }
}
