namespace TicketTriage.Knowledge;

/// <summary>What a search compares of a passage. Another wording has another id, so it never changes.</summary>
/// <param name="Words">Stems of its words, each once.</param>
/// <param name="HeadWords">Those of them that its title or heading has.</param>
/// <param name="IsForCustomers">False for what only agents may read.</param>
internal sealed record ShelvedPassage(
    long Id, string[] Words, string[] HeadWords, bool IsForCustomers, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil)
{
    public bool MayBeRead(KnowledgeWish wish, DateTimeOffset now) =>
        (IsForCustomers || !wish.ForCustomers) && !(ValidFrom > now) && !(ValidUntil <= now);
}
