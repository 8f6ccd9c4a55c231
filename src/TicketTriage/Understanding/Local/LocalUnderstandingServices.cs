using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.Understanding.Local;

public static class LocalUnderstandingServices
{
    /// <summary>The key of the local provider among the <see cref="IUnderstandingProvider"/>s.</summary>
    public const string Key = "local";

    /// <summary>Registers <see cref="LocalUnderstanding"/> under the key <c>local</c>, and trains it while the host starts.</summary>
    public static void AddLocalUnderstanding(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LocalUnderstanding>();
        builder.Services.AddKeyedSingleton<IUnderstandingProvider>(Key, (services, _) => services.GetRequiredService<LocalUnderstanding>());
        builder.Services.AddHostedService<LocalTraining>();
    }
}
