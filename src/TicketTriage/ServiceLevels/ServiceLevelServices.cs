using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.ServiceLevels;

public static class ServiceLevelServices
{
    /// <summary>Registers <see cref="ServiceLevelsInForce"/>.</summary>
    public static void AddServiceLevels(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ServiceLevelOptions>()
            .Configure<IConfiguration>((options, configuration) => options.File = configuration[ServiceLevelOptions.FileKey]);
        builder.Services.AddSingleton<ServiceLevelsInForce>();
    }
}
