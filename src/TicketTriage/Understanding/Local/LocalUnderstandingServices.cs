using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.Understanding.Local;

public static class LocalUnderstandingServices
{
    /// <summary>Registers <see cref="LocalUnderstanding"/> under the key <see cref="Understander.Local"/>, and trains it while the host starts.</summary>
    public static void AddLocalUnderstanding(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LocalUnderstanding>();
        builder.Services.AddKeyedSingleton<IUnderstandingProvider>(Understander.Local, (services, _) => services.GetRequiredService<LocalUnderstanding>());
        builder.Services.AddHostedService<LocalTraining>();
    }
}
