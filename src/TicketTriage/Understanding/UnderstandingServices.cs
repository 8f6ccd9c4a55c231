using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TicketTriage.Models;

namespace TicketTriage.Understanding;

public static class UnderstandingServices
{
    /// <summary>The understander and its model; the local provider comes as a keyed service, <see cref="Understander.Local"/>.</summary>
    public static void AddUnderstanding(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ModelUnderstanding>();
        builder.Services.AddSingleton(services => new Understander(
            services.GetRequiredKeyedService<IUnderstandingProvider>(Understander.Local),
            FindModel(services),
            services.GetRequiredService<ILogger<Understander>>()));
    }

    private static ModelUnderstanding? FindModel(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ModelOptions>>().Value.Provider == ModelProvider.Local
            ? null
            : services.GetRequiredService<ModelUnderstanding>();
}
