using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.Forgetting;

public static class ForgettingServices
{
    public static void AddForgetting(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddOptionsWithValidateOnStart<RetentionOptions, RetentionOptionsCheck>()
            .BindConfiguration(RetentionOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.AddSingleton<RetentionSweep>();
        builder.Services.AddSingleton<Erasure>();
        builder.Services.AddSingleton<CertificateCheck>();
    }
}
