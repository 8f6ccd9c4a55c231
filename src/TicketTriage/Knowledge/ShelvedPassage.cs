namespace TicketTriage.Knowledge;

/// <summary>What a search compares of a passage. Another wording has another id, so it never changes.</summary>
/// <param name="Words">Stems of its words, each once.</param>
/// <param name="HeadWords">Those of them that its title or heading has.</param>
/// <param name="IsForCustomers">False for what only agents may read.</param>
/// <param name="Product">What it is about; <see langword="null"/> for all products.</param>
internal sealed record ShelvedPassage(
    long Id, string[] Words, string[] HeadWords, bool IsForCustomers, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil,
    string? Product)
{
    public bool MayBeRead(KnowledgeWish wish, DateTimeOffset now) =>
        (IsForCustomers || !wish.ForCustomers) && !(ValidFrom > now) && !(ValidUntil <= now) && !wish.IsOfAnother(Product);
}
