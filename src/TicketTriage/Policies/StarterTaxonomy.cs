namespace TicketTriage.Policies;

/// <summary>The taxonomies that are shipped, each for a kind of business.</summary>
public enum StarterTaxonomy
{
    /// <summary>What most desks hear, whatever they sell.</summary>
    General,

    /// <summary>A shop that sends goods.</summary>
    Shop,

    /// <summary>A hotel or another house with guests.</summary>
    Hotel,

    /// <summary>A vendor of software or a service on the net.</summary>
    Software,
}

/// <summary>What a starter takes from all that is shipped.</summary>
/// <param name="Intents">Names, or branches as <c>billing/*</c>.</param>
/// <param name="Products">Names.</param>
internal sealed record TaxonomySelection(IReadOnlyList<string> Intents, IReadOnlyList<string> Products)
{
    /// <returns>The chosen intents and products, and those fields that the intents need.</returns>
    public Taxonomy From(Taxonomy all)
    {
        var intents = all.Intents.Where(intent => Intents.Any(pattern => IntentPattern.Fits(pattern, intent.Name))).ToList();
        return new Taxonomy
        {
            Intents = intents,
            Products = [.. all.Products.Where(product => Products.Contains(product.Name))],
            Fields = [.. all.Fields.Where(field => intents.Exists(intent => intent.Needs.Contains(field.Name)))],
        };
    }
}
