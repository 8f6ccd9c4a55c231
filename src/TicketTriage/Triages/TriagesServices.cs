using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.Triages;

public static class TriagesServices
{
    public static void AddTriages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KnowledgeGaps>();
        builder.Services.AddSingleton<RecentTickets>();
    }
}
