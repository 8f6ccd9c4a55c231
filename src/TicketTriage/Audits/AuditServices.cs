using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TicketTriage.Audits;

public static class AuditServices
{
    /// <param name="heads">The directory for the exported heads.</param>
    /// <param name="seals">False in a process that only takes in and shows.</param>
    public static void AddAudits(this IHostApplicationBuilder builder, string heads, bool seals)
    {
        builder.Services.AddSingleton<AuditLedger>();
        builder.Services.AddSingleton<AuditSeal>();
        builder.Services.AddSingleton<AuditCheck>();
        builder.Services.AddSingleton(services => new AuditHeads(
            heads,
            services.GetRequiredService<NpgsqlDataSource>(),
            services.GetRequiredService<AuditSeal>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<AuditHeads>>()));
        if (seals)
        {
            builder.Services.AddHostedService<SealWatch>();
        }
    }
}
