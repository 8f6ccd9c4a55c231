using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Policies;

namespace TicketTriage.Understanding.Local;

public static class LocalUnderstandingServices
{
    /// <summary>Registers <see cref="LocalUnderstanding"/> under the key <see cref="Understander.Local"/>, and trains it while the host starts.</summary>
    public static void AddLocalUnderstanding(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new LocalUnderstanding(
            services.GetRequiredService<ILogger<LocalUnderstanding>>(),
            services.GetRequiredService<IOptions<UnderstandingOptions>>().Value.IntentModel is { Length: > 0 } folder
                ? LearntIntents.Load(folder, services.GetRequiredService<PolicyDocument<Taxonomy>>().Content)
                : null));
        builder.Services.AddKeyedSingleton<IUnderstandingProvider>(Understander.Local, (services, _) => services.GetRequiredService<LocalUnderstanding>());
        builder.Services.AddHostedService<LocalTraining>();
    }
}
