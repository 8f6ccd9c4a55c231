using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.Intake;

public static class IntakeServices
{
    public static void AddIntake(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<IntakeOptions, IntakeOptionsValidator>()
            .BindConfiguration(IntakeOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.AddSingleton<IntakeLedger>();
        builder.Services.AddSingleton<IntakeDesk>();
        builder.Services.AddHostedService(services => services.GetRequiredService<IntakeDesk>());
    }
}
