using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace TicketTriage.Policies;

public static class PolicyServices
{
    /// <summary>
    /// Offers the configured taxonomy as <c>PolicyDocument&lt;Taxonomy&gt;</c>, the one in force as <see cref="TaxonomyInForce"/>, and what
    /// leads publish.
    /// </summary>
    /// <param name="keeps">False for a command that has to leave the database as it is.</param>
    public static void AddPolicies(this IHostApplicationBuilder builder, bool keeps = true)
    {
        builder.Services.AddSingleton(services => new PolicyBook(services.GetRequiredService<NpgsqlDataSource>(), isForReading: !keeps));
        builder.Services.AddSingleton<IValidateOptions<PolicyOptions>, PolicyOptionsCheck>();
        builder.Services
            .AddOptionsWithValidateOnStart<PolicyOptions>()
            .BindConfiguration(PolicyOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        builder.Services.AddSingleton(services => Load(services.GetRequiredService<IOptions<PolicyOptions>>().Value));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<PolicyDesk>();
        builder.Services.AddSingleton<TaxonomyInForce>();
        builder.Services.AddSingleton<IPublishedPolicy>(services => services.GetRequiredService<TaxonomyInForce>());
        builder.Services.AddSingleton<PublicationWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PublicationWatch>());
    }

    /// <exception cref="PolicyFaultyException">It is no taxonomy, or has faults.</exception>
    internal static PolicyDocument<Taxonomy> ReadTaxonomy(string file) =>
        PolicyDocuments.Parse(ShippedPolicies.Taxonomy, File.ReadAllBytes(file), TaxonomyJson.Default.Taxonomy, TaxonomyLint.FindFaults);

    private static PolicyDocument<Taxonomy> Load(PolicyOptions options) =>
        string.IsNullOrWhiteSpace(options.TaxonomyFile) ? ShippedPolicies.LoadTaxonomy(options.Taxonomy) : ReadTaxonomy(options.TaxonomyFile);
}
