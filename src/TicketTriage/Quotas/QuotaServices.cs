using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Helpdesks.Quotas;

namespace TicketTriage.Quotas;

public static class QuotaServices
{
    /// <summary>Has all processes count their calls to helpdesks together. To be added before the helpdesks.</summary>
    public static void AddQuotas(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<IQuotaLedger, QuotaLedger>();
}
