using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Zendesk;

/// <summary>The API's calls about articles and macros.</summary>
internal sealed class KnowledgeCalls(DeskKnowledge knowledge, DeskPeople people, string address, DateTimeOffset accountSince)
{
    private const long PermissionGroupId = 8_447_460_000_001;

    public Answer ListArticles(ApiRequest request) => List(request, knowledge.Articles);

    public Answer ListArticlesOfLocale(ApiRequest request) =>
        List(request, [.. knowledge.Articles.Select(article => InLocale(article, request.Route.Values[0])).OfType<SandboxArticle>()]);

    public Answer ShowArticle(ApiRequest request) => knowledge.Articles.FirstOrDefault(article => article.Id == request.Id) is { } found
        ? ZendeskList.Answer(new JsonObject { ["article"] = Writer(request)(found) })
        : ZendeskRefusal.NotFound();

    /// <summary>What has changed since a second, in the order of the changes.</summary>
    public Answer ExportArticles(ApiRequest request)
    {
        if (request.AskNumber("start_time") is not { } start)
        {
            return ZendeskRefusal.Because(StatusCodes.Status400BadRequest, "InvalidValue", "start_time must be a Unix time in seconds.");
        }

        JsonNode[] articles = [.. knowledge.Articles.Where(article => article.UpdatedAt.ToUnixTimeSeconds() >= start).Select(Writer(request))];
        var end = knowledge.Articles.Count == 0 ? start : knowledge.Articles[^1].UpdatedAt.ToUnixTimeSeconds();
        return ZendeskList.Answer(new JsonObject
        {
            ["articles"] = new JsonArray(articles),
            ["count"] = articles.Length,
            ["end_time"] = Math.Max(start, end),
            ["next_page"] = articles.Length == 0
                ? null
                : $"{address}/api/v2/help_center/incremental/articles.json?start_time={Math.Max(start, end)}",
        });
    }

    /// <summary>Finds published articles that have one of the words.</summary>
    public Answer SearchArticles(ApiRequest request)
    {
        var words = (request.Ask("query") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        IReadOnlyList<SandboxArticle> found =
        [
            .. knowledge.Articles.Where(article => article.IsPublished
                && (request.Ask("locale") is not { } locale || locale == article.Locale)
                && words.Any(word => $"{article.Title} {article.Html}".Contains(word, StringComparison.OrdinalIgnoreCase))),
        ];
        return ZendeskList.Answer(request, address, "results", found, Write);
    }

    public Answer ListMacros(ApiRequest request) => ZendeskList.Answer(
        request, address, "macros", knowledge.Macros,
        macro => new JsonObject
        {
            ["url"] = $"{address}/api/v2/macros/{macro.Id}.json",
            ["id"] = macro.Id,
            ["title"] = macro.Title,
            ["raw_title"] = macro.Title,
            ["active"] = true,
            ["default"] = false,
            ["position"] = 1,
            ["description"] = null,
            ["restriction"] = null,
            ["actions"] = new JsonArray(new JsonObject { ["field"] = "comment_value", ["value"] = macro.Text }),
            ["created_at"] = ZendeskList.Time(accountSince),
            ["updated_at"] = ZendeskList.Time(accountSince),
        });

    private Answer List(ApiRequest request, IReadOnlyList<SandboxArticle> articles) =>
        ZendeskList.Answer(request, address, "articles", articles, Writer(request));

    private static SandboxArticle? InLocale(SandboxArticle article, string locale) => article.Locale == locale ? article
        : article.Translations.FirstOrDefault(translation => translation.Locale == locale) is { } found
            ? article with { Locale = locale, Title = found.Title, Html = found.Html, IsPublished = found.IsPublished }
            : null;

    private Func<SandboxArticle, JsonNode> Writer(ApiRequest request) =>
        (request.Ask("include") ?? "").Split(',').Contains("translations") ? WriteWithTranslations : Write;

    private JsonObject WriteWithTranslations(SandboxArticle article)
    {
        var written = Write(article);
        var original = new SandboxTranslation(article.Locale, article.Title, article.Html) { IsPublished = article.IsPublished };
        written["translations"] = new JsonArray([.. article.Translations.Prepend(original).Select(JsonNode (translation) => new JsonObject
        {
            ["url"] = $"{address}/api/v2/help_center/articles/{article.Id}/translations/{translation.Locale}.json",
            ["html_url"] = $"{address}/hc/{translation.Locale}/articles/{article.Id}",
            ["id"] = article.Id,
            ["source_id"] = article.Id,
            ["source_type"] = "Article",
            ["locale"] = translation.Locale,
            ["title"] = translation.Title,
            ["body"] = translation.Html,
            ["outdated"] = false,
            ["draft"] = !translation.IsPublished,
            ["created_at"] = ZendeskList.Time(article.CreatedAt),
            ["updated_at"] = ZendeskList.Time(article.UpdatedAt),
        })]);
        return written;
    }

    private JsonObject Write(SandboxArticle article) => new()
    {
        ["url"] = $"{address}/api/v2/help_center/{article.Locale}/articles/{article.Id}.json",
        ["html_url"] = $"{address}/hc/{article.Locale}/articles/{article.Id}",
        ["id"] = article.Id,
        ["author_id"] = people.TeamLead.Id,
        ["comments_disabled"] = true,
        ["draft"] = !article.IsPublished,
        ["promoted"] = false,
        ["position"] = 0,
        ["vote_sum"] = 0,
        ["vote_count"] = 0,
        ["section_id"] = article.SectionId,
        ["name"] = article.Title,
        ["title"] = article.Title,
        ["source_locale"] = article.Locale,
        ["locale"] = article.Locale,
        ["outdated"] = false,
        ["outdated_locales"] = new JsonArray(),
        ["user_segment_id"] = article.Segments is [var only] ? only : null,
        ["user_segment_ids"] = new JsonArray([.. article.Segments.Select(segment => (JsonNode)segment)]),
        ["permission_group_id"] = PermissionGroupId,
        ["content_tag_ids"] = new JsonArray(),
        ["label_names"] = new JsonArray(),
        ["body"] = article.Html,
        ["created_at"] = ZendeskList.Time(article.CreatedAt),
        ["updated_at"] = ZendeskList.Time(article.UpdatedAt),
        ["edited_at"] = ZendeskList.Time(article.UpdatedAt),
    };
}
