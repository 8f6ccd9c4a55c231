using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.Agents;

public static class AgentServices
{
    /// <summary>Registers <see cref="AgentBook"/> and <see cref="CapacityLedger"/>.</summary>
    public static void AddAgents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AgentBook>();
        builder.Services.AddSingleton<CapacityLedger>();
    }
}
