using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.Rehearsals;

public static class RehearsalServices
{
    /// <summary>Registers <see cref="TrialReader"/>, <see cref="BacktestStage"/> and <see cref="TrialDesk"/>.</summary>
    /// <param name="tries">False for a process without pages.</param>
    public static void AddRehearsals(this IHostApplicationBuilder builder, bool tries)
    {
        builder.Services.AddSingleton<PastDecisions>();
        builder.Services.AddSingleton<TrialReader>();
        builder.Services.AddSingleton<BacktestStage>();
        builder.Services.AddSingleton<TrialDesk>();
        if (tries)
        {
            builder.Services.AddHostedService(services => services.GetRequiredService<TrialDesk>());
        }
    }
}
