using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketTriage.Helpdesks.Quotas;

namespace TicketTriage.Quotas;

public static class QuotaServices
{
    /// <summary>Has all processes count their calls to helpdesks together. To be added before the helpdesks.</summary>
    /// <param name="alone">True for a command that has to leave the database as it is: its few calls it counts for itself.</param>
    public static void AddQuotas(this IHostApplicationBuilder builder, bool alone = false)
    {
        if (alone)
        {
            builder.Services.AddSingleton<IQuotaLedger, QuotaNotebook>();
        }
        else
        {
            builder.Services.AddSingleton<IQuotaLedger, QuotaLedger>();
        }
    }
}
