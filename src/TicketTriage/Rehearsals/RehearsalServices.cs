using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.Rehearsals;

public static class RehearsalServices
{
    /// <summary>Registers <see cref="PastDecisions"/>.</summary>
    public static void AddRehearsals(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<PastDecisions>();
}
