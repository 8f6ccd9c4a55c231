using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TicketTriage.Policies;

public static class PolicyServices
{
    /// <summary>Offers the shipped taxonomy as <c>PolicyDocument&lt;Taxonomy&gt;</c>.</summary>
    public static void AddPolicies(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton(_ => ShippedPolicies.LoadTaxonomy());
}
