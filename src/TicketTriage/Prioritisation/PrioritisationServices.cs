using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.Prioritisation;

public static class PrioritisationServices
{
    /// <summary>Offers the shipped policy as <c>PolicyDocument&lt;PriorityPolicy&gt;</c>.</summary>
    public static void AddPrioritisation(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton(_ => PriorityPolicy.LoadShipped());
}
