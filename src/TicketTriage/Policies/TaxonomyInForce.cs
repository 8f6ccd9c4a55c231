using System.Text;

namespace TicketTriage.Policies;

/// <summary>The taxonomy by which tickets are understood now: what a lead has published last, else what is configured.</summary>
public sealed class TaxonomyInForce(PolicyDocument<Taxonomy> configured) : IPublishedPolicy
{
    private volatile PolicyDocument<Taxonomy> current = configured;

    public string Kind => ShippedPolicies.Taxonomy;

    /// <summary>To be asked once for each decision: it may be another at the next look.</summary>
    public PolicyDocument<Taxonomy> Current => current;

    public void Take(PolicyPublication publication) =>
        // The version is that of the text that was published, and the database writes it in another order.
        current = Read(Encoding.UTF8.GetBytes(publication.Json)) with { Version = publication.Version };

    /// <param name="json">UTF-8.</param>
    /// <exception cref="PolicyFaultyException">It is no taxonomy, or has faults.</exception>
    public static PolicyDocument<Taxonomy> Read(ReadOnlySpan<byte> json) =>
        PolicyDocuments.Parse(ShippedPolicies.Taxonomy, json, TaxonomyJson.Default.Taxonomy, TaxonomyLint.FindFaults);
}
