using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.History;

public static class HistoryServices
{
    public static void AddHistory(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HistoryLedger>();
        builder.Services.AddSingleton<HistoryImport>();
    }
}
