using TicketTriage.Helpdesks;

namespace TicketTriage.Knowledge;

/// <summary>The articles of a helpdesk's help center, each in each of its languages.</summary>
/// <param name="languages">Those that are read; empty for all.</param>
/// <param name="reviewAfterDays">So long after its last change an article is to be looked at again; 0 for never.</param>
internal sealed class HelpdeskArticles(
    string helpdesk, IHelpdeskKnowledge knowledge, IReadOnlyList<string> languages, int reviewAfterDays, TimeProvider clock) : IKnowledgeSource
{
    /// <summary>
    /// So often everything is read where a helpdesk tells what has changed: a deleted article is missing from that. A thousand articles are
    /// one or a few calls.
    /// </summary>
    private static readonly TimeSpan Whole = TimeSpan.FromHours(1);

    /// <summary>So long a help center without any article is taken for one that is out of order.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromHours(1);

    private DateTimeOffset? wholeAt;
    private DateTimeOffset? emptySince;

    private const string End = "/articles";

    public string Name => $"{helpdesk}{End}";

    /// <summary>Whether a passage is of an article that may have other languages beside its own.</summary>
    internal static bool IsTranslated(Passage passage) =>
        passage.Source.EndsWith(End, StringComparison.Ordinal) && passage.Article.Contains(':', StringComparison.Ordinal);

    /// <summary>The same for all languages of an article.</summary>
    internal static string IdOf(Passage passage) => passage.Article.Split(':')[0];

    public async Task<KnowledgeReading> ReadAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isWhole = since is null || wholeAt is null || now - wholeAt >= Whole || emptySince is not null;
        var isOfAll = true;
        var articles = new List<KnowledgeArticle>();
        try
        {
            string? cursor = null;
            do
            {
                var page = await knowledge.ListArticlesAsync(
                    cursor, isWhole ? DateTimeOffset.UnixEpoch : since.GetValueOrDefault(), cancellationToken);
                articles.AddRange(page.Articles.Select(Article));
                isOfAll &= page.IsOfAll;
                cursor = page.Cursor;
            }
            while (cursor is not null);
        }
        catch (Exception exception) when (exception is HelpdeskAwayException or HelpdeskRefusedException)
        {
            throw new KnowledgeAwayException($"The articles of helpdesk {helpdesk} were not read: {exception.Message}", exception);
        }

        isWhole |= isOfAll;
        wholeAt = isWhole ? now : wholeAt;
        emptySince = isWhole && articles.Count == 0 ? emptySince ?? now : null;
        return new KnowledgeReading(articles, isWhole, []) { MayLackAll = now - emptySince < Doubt };
    }

    private KnowledgeArticle Article(HelpdeskArticle article) => new()
    {
        Source = Name,
        Key = article.Locale is { Length: > 0 } locale ? $"{article.Id}:{locale}" : article.Id,
        Title = article.Title,
        Sections = ArticleMarkup.ReadHtml(article.Html),
        Language = LanguageOf(article.Locale),
        Audience = article switch
        {
            _ when !IsRead(article) => KnowledgeAudience.Nobody,
            { IsDraft: true } => KnowledgeAudience.Nobody,
            { IsInternal: true } => KnowledgeAudience.Agents,
            _ => KnowledgeAudience.Customers,
        },
        Address = article.Address,
        ReviewAt = reviewAfterDays > 0 && article.UpdatedAt > DateTimeOffset.UnixEpoch ? article.UpdatedAt.AddDays(reviewAfterDays) : null,
        UpdatedAt = article.UpdatedAt,
    };

    // One whose language nobody says is read: its text tells it.
    private bool IsRead(HelpdeskArticle article) =>
        languages.Count == 0 || LanguageOf(article.Locale) is not { } language || languages.Contains(language, StringComparer.Ordinal);

    // de, de-at, en_US: the first part is the language.
    private static string? LanguageOf(string? locale) =>
        locale?.Split('-', '_')[0].ToLowerInvariant() is { Length: 2 } language ? language : null;
}
