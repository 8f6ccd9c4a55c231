using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TicketTriage.Policies;

public static class PolicyServices
{
    /// <summary>Offers the taxonomy in force as <c>PolicyDocument&lt;Taxonomy&gt;</c>.</summary>
    public static void AddPolicies(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<PolicyOptions>, PolicyOptionsCheck>();
        builder.Services
            .AddOptionsWithValidateOnStart<PolicyOptions>()
            .BindConfiguration(PolicyOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.AddSingleton(services => Load(services.GetRequiredService<IOptions<PolicyOptions>>().Value));
    }

    /// <exception cref="PolicyFaultyException">It is no taxonomy, or has faults.</exception>
    internal static PolicyDocument<Taxonomy> ReadTaxonomy(string file) =>
        PolicyDocuments.Parse(ShippedPolicies.Taxonomy, File.ReadAllBytes(file), TaxonomyJson.Default.Taxonomy, TaxonomyLint.FindFaults);

    private static PolicyDocument<Taxonomy> Load(PolicyOptions options) =>
        string.IsNullOrWhiteSpace(options.TaxonomyFile) ? ShippedPolicies.LoadTaxonomy(options.Taxonomy) : ReadTaxonomy(options.TaxonomyFile);
}
