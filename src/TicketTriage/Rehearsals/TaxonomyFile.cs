using TicketTriage.Policies;

namespace TicketTriage.Rehearsals;

/// <summary>A taxonomy to try, as a file has it.</summary>
public static class TaxonomyFile
{
    /// <param name="json">UTF-8.</param>
    /// <exception cref="PolicyFaultyException">It is no taxonomy, or has faults.</exception>
    public static PolicyDocument<Taxonomy> Read(ReadOnlySpan<byte> json) =>
        PolicyDocuments.Parse("taxonomy", json, TaxonomyJson.Default.Taxonomy, TaxonomyLint.FindFaults);
}
