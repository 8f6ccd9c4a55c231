using System.Globalization;
using System.Net;
using System.Text.Json;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>The Help Center's articles and the macros that agents share.</summary>
internal sealed class ZendeskKnowledge(string helpdesk, ZendeskApi api) : IHelpdeskKnowledge
{
    // How long a page is, the vendor doesn't say of these.
    private const int PageOfLists = 100;
    private const int PageOfExports = 1_000;

    public async Task<ArticlePage> ListArticlesAsync(string? cursor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var from = cursor is null ? Math.Max(0, since.ToUnixTimeSeconds()) : long.Parse(cursor, CultureInfo.InvariantCulture);
        var page = await AskAsync(from, cancellationToken);
        var articles = new List<HelpdeskArticle>();
        foreach (var article in page.Articles ?? throw ZendeskPages.Incomplete(helpdesk, "the Help Center's articles"))
        {
            if (article is { Id: { } id })
            {
                articles.AddRange(InItsLanguages(article, id));
            }
        }

        // A full page of one second leads back to itself: whoever took it for the end would forget all that comes after it.
        var leadsNowhere = page.NextPage is not null && page.EndTime <= from;
        if (leadsNowhere && page.Articles.Count is PageOfLists or PageOfExports)
        {
            throw ZendeskPages.Incomplete(helpdesk, "a way past the articles that were changed in one second");
        }

        // The record ends where a page leads no further; its last second is named again and again.
        var next = page.NextPage is not null && page.EndTime > from && articles.Count > 0 ? page.EndTime : null;
        return new ArticlePage(articles, next?.ToString(CultureInfo.InvariantCulture));
    }

    public async Task<IReadOnlyList<HelpdeskMacro>> ListMacrosAsync(CancellationToken cancellationToken)
    {
        var macros = await ZendeskPages.ReadAllAsync(
            helpdesk, "the macros", after => api.ListActiveMacrosAsync(after, cancellationToken), page => page.Macros);
        return
        [
            .. from macro in macros
               let html = Reply(macro)
               where macro.Id is not null && macro.Active != false && html is not null
               select new HelpdeskMacro(ZendeskWords.Text(macro.Id) ?? "", macro.Title ?? "", html),
        ];
    }

    private async Task<ZendeskArticlesPage> AskAsync(long from, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ListArticlesAsync(from, cancellationToken);
        }
        catch (HelpdeskRefusedException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            throw new HelpdeskRefusedException(
                $"Helpdesk {helpdesk} has no Help Center, or it is not switched on (404).", HttpStatusCode.NotFound);
        }
        catch (HelpdeskRefusedException refused) when (refused.Status == HttpStatusCode.UnsupportedMediaType)
        {
            throw new HelpdeskRefusedException(
                $"The Help Center of {helpdesk} wants its paths spelled the other way (415): "
                + $"turn Helpdesks:{helpdesk}:HelpCenterJsonSuffix round.",
                HttpStatusCode.UnsupportedMediaType);
        }
    }

    /// <summary>
    /// The article as it was written, and each of its translations, which come along within it: no call is needed for them. Whether it is
    /// internal, the article says for all of them; whether it is a draft, each for itself.
    /// </summary>
    private static IEnumerable<HelpdeskArticle> InItsLanguages(ZendeskArticle article, long id)
    {
        var original = Article(article, id);
        yield return original;
        foreach (var translation in article.Translations ?? [])
        {
            if (translation is { Locale: { Length: > 0 } locale } && !string.Equals(locale, article.Locale, StringComparison.OrdinalIgnoreCase))
            {
                yield return original with
                {
                    Title = translation.Title ?? "",
                    Html = translation.Body ?? "",
                    Locale = locale,
                    IsDraft = translation.Draft ?? false,
                    // What its author calls outdated agents may read, and customers are quoted it no more.
                    IsInternal = original.IsInternal || translation.Outdated == true,
                    UpdatedAt = ZendeskWords.Moment(translation.UpdatedAt),
                    Address = Uri.TryCreate(translation.HtmlUrl, UriKind.Absolute, out var address) ? address : null,
                };
            }
        }
    }

    private static HelpdeskArticle Article(ZendeskArticle article, long id) => new(
        ZendeskWords.Text(id),
        article.Title ?? "",
        article.Body ?? "",
        article.Locale,
        IsDraft: article.Draft ?? false,
        // Readable by segments of the users means: not by everybody. One or several are told apart by the vendor.
        IsInternal: article.UserSegmentId is not null || article.UserSegmentIds is { Count: > 0 },
        ZendeskWords.Moment(article.UpdatedAt),
        Uri.TryCreate(article.HtmlUrl, UriKind.Absolute, out var address) ? address : null);

    /// <returns><see langword="null"/> for a macro that only sets fields.</returns>
    private static string? Reply(ZendeskMacro macro)
    {
        string? html = null;
        foreach (var action in macro.Actions ?? [])
        {
            switch (action?.Field)
            {
                case "comment_value_html" when TextOf(action.Value) is { Length: > 0 } marked:
                    return marked;
                case "comment_value" when TextOf(action.Value) is { Length: > 0 } plain:
                    html = WebUtility.HtmlEncode(plain).ReplaceLineEndings("<br>");
                    break;
            }
        }

        return html;
    }

    // The reply is the last of a list that begins with the channel.
    private static string? TextOf(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } list => TextOf(list.EnumerateArray().LastOrDefault()),
        _ => null,
    };
}
