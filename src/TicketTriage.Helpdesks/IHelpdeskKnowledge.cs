namespace TicketTriage.Helpdesks;

/// <summary>What the helpdesk keeps to answer from. Throws as <see cref="IHelpdesk"/> does.</summary>
public interface IHelpdeskKnowledge
{
    /// <summary>
    /// Reads one page of the articles that have changed since a moment, drafts and internal ones included and marked; one for each language
    /// in which the helpdesk gives it.
    /// </summary>
    /// <param name="cursor">Where the last page ended; <see langword="null"/> to begin.</param>
    Task<ArticlePage> ListArticlesAsync(string? cursor, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The ready-made replies that all agents may use.</summary>
    Task<IReadOnlyList<HelpdeskMacro>> ListMacrosAsync(CancellationToken cancellationToken);
}

/// <param name="Cursor">Where to go on; <see langword="null"/> at the end.</param>
public sealed record ArticlePage(IReadOnlyList<HelpdeskArticle> Articles, string? Cursor)
{
    /// <summary>All pages together hold all that is there, whatever has changed: what is on none of them is gone.</summary>
    public bool IsOfAll { get; init; }
}

/// <param name="Id">The same for all languages of an article.</param>
/// <param name="Locale">The vendor's code, such as <c>de</c> or <c>en-us</c>.</param>
/// <param name="IsDraft">Not published: never quoted.</param>
/// <param name="IsInternal">For agents: never quoted to customers.</param>
public sealed record HelpdeskArticle(
    string Id, string Title, string Html, string? Locale, bool IsDraft, bool IsInternal, DateTimeOffset UpdatedAt, Uri? Address);

/// <param name="Html">The reply, with the vendor's placeholders as they stand.</param>
public sealed record HelpdeskMacro(string Id, string Title, string Html);
