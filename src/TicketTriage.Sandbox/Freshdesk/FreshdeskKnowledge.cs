using TicketTriage.Sandbox.Desk;
using TicketTriage.Sandbox.Doors;

namespace TicketTriage.Sandbox.Freshdesk;

/// <summary>
/// The API's calls about articles and canned responses: one category, in which the last folder lies in the one before it, and one folder of
/// responses.
/// </summary>
internal sealed class FreshdeskKnowledge(DeskKnowledge knowledge, DeskPeople people, string address, DateTimeOffset accountSince)
{
    private const long CategoryId = 8_447_600_000_001;
    private const long ResponseFolderId = 8_447_600_000_101;

    private readonly DateTime since = accountSince.UtcDateTime;

    public Answer ListCategories(ApiRequest request) => FreshdeskPage.Take(
        request, address, ["Help"], name => new CategoryWire(CategoryId, name, null, since, since),
        FreshdeskJson.Default.IReadOnlyListCategoryWire);

    public Answer ListFolders(ApiRequest request) => request.Id == CategoryId
        ? FreshdeskPage.Take(request, address, [.. knowledge.Sections.SkipLast(1)], Write, FreshdeskJson.Default.IReadOnlyListFolderWire)
        : FreshdeskRefusal.NotFound();

    public Answer ListSubfolders(ApiRequest request) => knowledge.Sections.Any(section => section.Id == request.Id)
        ? FreshdeskPage.Take(
            request, address, [.. knowledge.Sections.Where(section => ParentOf(section) == request.Id)], Write,
            FreshdeskJson.Default.IReadOnlyListFolderWire)
        : FreshdeskRefusal.NotFound();

    public Answer ListArticles(ApiRequest request) => knowledge.Sections.Any(section => section.Id == request.Id)
        ? FreshdeskPage.Take(
            request, address, [.. knowledge.Articles.Where(article => article.SectionId == request.Id)], Write,
            FreshdeskJson.Default.IReadOnlyListArticleWire)
        : FreshdeskRefusal.NotFound();

    public Answer ShowArticle(ApiRequest request) => knowledge.Articles.FirstOrDefault(article => article.Id == request.Id) is { } found
        ? Answer.Json(Write(found), FreshdeskJson.Default.ArticleWire)
        : FreshdeskRefusal.NotFound();

    public Answer ListResponseFolders(ApiRequest request) =>
        Answer.Json<IReadOnlyList<ResponseFolderWire>>([WriteFolder()], FreshdeskJson.Default.IReadOnlyListResponseFolderWire);

    public Answer ShowResponseFolder(ApiRequest request) => request.Id == ResponseFolderId
        ? Answer.Json(
            WriteFolder() with { CannedResponses = [.. knowledge.Macros.Select(macro => new ResponseNameWire(macro.Id, macro.Title))] },
            FreshdeskJson.Default.ResponseFolderWire)
        : FreshdeskRefusal.NotFound();

    public Answer ListResponses(ApiRequest request) => request.Id == ResponseFolderId
        ? FreshdeskPage.Take(request, address, knowledge.Macros, Write, FreshdeskJson.Default.IReadOnlyListResponseWire)
        : FreshdeskRefusal.NotFound();

    private ResponseFolderWire WriteFolder() => new(ResponseFolderId, "General", false, knowledge.Macros.Count, since, since);

    private FolderWire Write(SandboxSection section) => new(
        section.Id, section.Name, null, CategoryId, ParentOf(section),
        knowledge.Articles.Count(article => article.SectionId == section.Id),
        knowledge.Sections.Count(other => ParentOf(other) == section.Id), 1, since, since);

    private long? ParentOf(SandboxSection section) => section == knowledge.Sections[^1] ? knowledge.Sections[^2].Id : null;

    private ArticleWire Write(SandboxArticle article) => new()
    {
        Id = article.Id,
        CategoryId = CategoryId,
        FolderId = article.SectionId,
        AgentId = people.TeamLead.Id,
        Title = article.Title,
        Description = article.Html,
        DescriptionText = PlainText.FromHtml(article.Html),
        Status = article.IsPublished ? 2 : 1,
        CreatedAt = article.CreatedAt.UtcDateTime,
        UpdatedAt = article.UpdatedAt.UtcDateTime,
    };

    private ResponseWire Write(SandboxMacro macro) => new(
        macro.Id, macro.Title, ResponseFolderId, macro.Text, PlainText.ToHtml(macro.Text), [], since, since);
}
