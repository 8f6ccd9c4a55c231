using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Understanding;

namespace TicketTriage.Triages;

public static class TriagesServices
{
    public static void AddTriages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ICorrectedTickets, CorrectedTickets>();
        builder.Services.AddSingleton<TaughtTickets>();
        builder.Services.AddSingleton<KnowledgeGaps>();
        builder.Services.AddSingleton<RecentTickets>();
        builder.Services.AddSingleton<DecisionMonths>();
        builder.Services.AddSingleton<SentTexts>();
    }
}
