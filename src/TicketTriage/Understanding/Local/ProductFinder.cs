using TicketTriage.Policies;
using TicketTriage.Tickets;

namespace TicketTriage.Understanding.Local;

/// <summary>Finds the product that a ticket names, by the taxonomy's words.</summary>
internal sealed class ProductFinder(IReadOnlyList<Product> products)
{
    private const double ChanceOfOnlyOne = 0.8;

    private readonly PhraseList<string> words =
        new(products.SelectMany(product => product.Words.Select(word => KeyValuePair.Create(word, product.Name))));

    /// <param name="text">What the customer wrote, folded, with breaks.</param>
    public Finding Find(IReadOnlyList<string> text)
    {
        var found = words.FindIn(text);
        if (found.Count == 0)
        {
            return Finding.Nothing("No product is named.");
        }

        var ranked = found.CountBy(hit => hit.Meaning).OrderByDescending(product => product.Value).ToArray();
        if (ranked.Length > 1 && ranked[0].Value == ranked[1].Value)
        {
            return Finding.Nothing($"Products {ranked[0].Key} and {ranked[1].Key} are named alike.");
        }

        var named = found.Where(hit => hit.Meaning == ranked[0].Key).Select(hit => hit.Phrase.Trim('*')).Distinct().Take(3);
        return new Finding(
            ranked[0].Key, ChanceOfOnlyOne * ranked[0].Value / found.Count, [$"The ticket names: {string.Join(", ", named)}."]);
    }
}
