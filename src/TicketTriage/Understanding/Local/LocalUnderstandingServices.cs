using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Policies;

namespace TicketTriage.Understanding.Local;

public static class LocalUnderstandingServices
{
    /// <summary>Registers <see cref="LocalUnderstanding"/> under the key <see cref="Understander.Local"/>.</summary>
    /// <param name="modelFolder">Where starter models are kept between starts.</param>
    /// <param name="prepares">Whether it is made ready while the host starts; otherwise at its first ticket.</param>
    public static void AddLocalUnderstanding(this IHostApplicationBuilder builder, string modelFolder, bool prepares)
    {
        builder.Services.AddSingleton(services => new StarterModels(modelFolder, services.GetRequiredService<ILogger<StarterModels>>()));
        builder.Services.AddSingleton(services => new LocalUnderstanding(
            services.GetRequiredService<ILogger<LocalUnderstanding>>(),
            services.GetRequiredService<IOptions<UnderstandingOptions>>().Value.IntentModel is { Length: > 0 } folder
                ? LearntIntents.Load(folder, services.GetRequiredService<PolicyDocument<Taxonomy>>().Content)
                : null,
            services.GetRequiredService<StarterModels>()));
        builder.Services.AddKeyedSingleton<IUnderstandingProvider>(Understander.Local, (services, _) => services.GetRequiredService<LocalUnderstanding>());
        if (prepares)
        {
            builder.Services.AddHostedService<LocalTraining>();
        }
    }
}
