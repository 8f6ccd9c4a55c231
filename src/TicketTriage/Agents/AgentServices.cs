using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.Agents;

public static class AgentServices
{
    /// <summary>Registers <see cref="AgentBook"/>, <see cref="RosterDesk"/>, <see cref="CapacityLedger"/> and <see cref="ChoiceLedger"/>.</summary>
    public static void AddAgents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AgentBook>();
        builder.Services.AddSingleton<RosterDesk>();
        builder.Services.AddSingleton<CapacityLedger>();
        builder.Services.AddSingleton<ChoiceLedger>();
    }
}
