using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Helpdesks;
using TicketTriage.Tickets;

namespace TicketTriage.Intake;

public static class IntakeServices
{
    /// <param name="takesIn">False in a process that has no webhooks.</param>
    public static void AddIntake(this IHostApplicationBuilder builder, bool takesIn)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<IntakeOptions, IntakeOptionsCheck>()
            .BindConfiguration(IntakeOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.AddSingleton<IntakeLedger>();
        builder.Services.AddSingleton<ReconciliationLedger>();
        builder.Services.AddSingleton<OwnUsers>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OwnUsers>());
        if (takesIn)
        {
            builder.Services.AddSingleton<IntakeMeter>();
            builder.Services.AddSingleton<ICountedFromZero>(services => services.GetRequiredService<IntakeMeter>());
            builder.Services.AddSingleton<BellRinger>();
            builder.Services.AddHostedService(services => services.GetRequiredService<BellRinger>());
            builder.Services.AddSingleton<IntakeWatch>();
            builder.Services.AddSingleton<IntakeDesk>();
            builder.Services.AddHostedService(services => services.GetRequiredService<IntakeDesk>());
        }
    }
}
