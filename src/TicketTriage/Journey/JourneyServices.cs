using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;

namespace TicketTriage.Journey;

public static class JourneyServices
{
    /// <param name="works">False in a process that only takes in and shows.</param>
    public static void AddJourney(this IHostApplicationBuilder builder, bool works)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<JourneyOptions, JourneyOptionsCheck>()
            .BindConfiguration(JourneyOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.AddSingleton<TicketQueue>();
        builder.Services.AddSingleton<TicketRecords>();
        builder.Services.AddSingleton<PoliciesInForce>();
        builder.Services.AddSingleton<JourneyMeter>();
        builder.Services.AddSingleton<ICountedFromZero>(services => services.GetRequiredService<JourneyMeter>());
        builder.Services.AddSingleton<Reconciler>();
        builder.Services.AddSingleton<LoopGuard>();
        builder.Services.AddSingleton<TicketReader>();
        builder.Services.AddSingleton<CircumstanceReader>();
        builder.Services.AddSingleton<TicketJourney>();
        builder.Services.AddSingleton<AgentRefresh>();
        builder.Services.AddSingleton<AgentDispatch>();
        if (works)
        {
            builder.Services.AddSingleton<WorkBell>();
            builder.Services.AddHostedService<JourneyWorker>();
            builder.Services.AddHostedService<AbsenceWatch>();
        }
    }
}
