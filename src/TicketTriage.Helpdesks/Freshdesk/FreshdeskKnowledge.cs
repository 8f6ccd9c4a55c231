using System.Globalization;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// Solutions and canned responses. Freshdesk lists articles by their folder only and not by their changes, so that each look goes
/// through all folders, and gives all that it meets: a deletion, or a folder that is internal now, moves no article's own time. The cursor
/// is the folder and the page.
/// </summary>
/// <param name="portal">The account's address, under which customers find the articles.</param>
internal sealed class FreshdeskKnowledge(FreshdeskApi api, Uri? portal, TimeProvider clock) : IHelpdeskKnowledge
{
    private const int Everybody = 1;
    private const int LoggedIn = 2;
    private const int DeepestFolder = 5;

    private static readonly TimeSpan FoldersLifetime = TimeSpan.FromMinutes(10);

    private FolderList? folders;

    public async Task<ArticlePage> ListArticlesAsync(string? cursor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (from, page) = Place(cursor);
        var all = await ListFoldersAsync(isStart: cursor is null, cancellationToken);
        var at = all.FindIndex(folder => folder.Id >= from);
        if (at < 0)
        {
            return new ArticlePage([], Cursor: null) { IsOfAll = true };
        }

        var folder = all[at];
        page = folder.Id == from ? page : 1;
        var reply = await api.ListArticlesAsync(folder.Id, page, cancellationToken);

        var articles = new List<HelpdeskArticle>();
        foreach (var article in reply.Content.OfType<FreshdeskArticle>())
        {
            if (article.Id is { } id)
            {
                articles.Add(Article(article, id, FreshdeskWords.Moment(article.UpdatedAt), folder));
            }
        }

        var next = reply.HasNextPage ? Cursor(folder.Id, page + 1)
            : at + 1 < all.Count ? Cursor(all[at + 1].Id, 1)
            : null;
        return new ArticlePage(articles, next) { IsOfAll = true };
    }

    public async Task<IReadOnlyList<HelpdeskMacro>> ListMacrosAsync(CancellationToken cancellationToken)
    {
        var macros = new List<HelpdeskMacro>();
        foreach (var folder in (await api.ListResponseFoldersAsync(cancellationToken)).OfType<FreshdeskResponseFolder>())
        {
            if (folder is not { Id: { } id, Personal: not true })
            {
                continue;
            }

            var responses = FreshdeskPages.AllAsync(page => api.ListResponsesAsync(id, page, cancellationToken), cancellationToken);
            await foreach (var response in responses)
            {
                macros.Add(new HelpdeskMacro(FreshdeskWords.Text(response.Id) ?? "", response.Title ?? "", response.ContentHtml ?? ""));
            }
        }

        return macros;
    }

    private HelpdeskArticle Article(FreshdeskArticle article, long id, DateTimeOffset updatedAt, Folder folder) => new(
        FreshdeskWords.Text(id),
        article.Title ?? "",
        article.Description ?? "",
        Language(article.Hierarchy) ?? folder.Language,
        IsDraft: article.Status != 2,
        folder.IsInternal,
        updatedAt,
        portal is null ? null : new Uri(portal, $"support/solutions/articles/{id}"));

    /// <returns>In the order of their ids, so that a folder made meanwhile moves none of the others.</returns>
    private async Task<List<Folder>> ListFoldersAsync(bool isStart, CancellationToken cancellationToken)
    {
        if (!isStart && Volatile.Read(ref folders) is { } known && clock.GetUtcNow() - known.At < FoldersLifetime)
        {
            return known.Folders;
        }

        var found = new List<Folder>();
        foreach (var category in (await api.ListCategoriesAsync(cancellationToken)).OfType<FreshdeskCategory>())
        {
            if (category.Id is { } id)
            {
                await AddAsync(found, await api.ListFoldersAsync(id, cancellationToken), isInternal: false, depth: 1, cancellationToken);
            }
        }

        found = [.. found.DistinctBy(folder => folder.Id).OrderBy(folder => folder.Id)];
        Volatile.Write(ref folders, new FolderList(found, clock.GetUtcNow()));
        return found;
    }

    private async Task AddAsync(List<Folder> found, IReadOnlyList<FreshdeskFolder> level, bool isInternal, int depth, CancellationToken cancellationToken)
    {
        foreach (var folder in level.OfType<FreshdeskFolder>())
        {
            if (folder.Id is not { } id)
            {
                continue;
            }

            // What only some customers may see must not reach others in a reply, nor what lies in such a folder.
            var isHidden = isInternal || folder.Visibility is not (Everybody or LoggedIn);
            found.Add(new Folder(id, isHidden, Language(folder.Hierarchy)));
            if (folder.SubFoldersCount > 0 && depth < DeepestFolder)
            {
                await AddAsync(found, await api.ListSubfoldersAsync(id, cancellationToken), isHidden, depth + 1, cancellationToken);
            }
        }
    }

    private static string? Language(IReadOnlyList<FreshdeskLevel?>? hierarchy) =>
        (hierarchy ?? []).LastOrDefault(level => level?.Data?.Language is not null)?.Data?.Language;

    private static string Cursor(long folder, int page) => string.Create(CultureInfo.InvariantCulture, $"{folder}/{page}");

    private static (long Folder, int Page) Place(string? cursor) =>
        cursor?.Split('/') is [var folder, var page]
        && FreshdeskWords.IsId(folder, out var id)
        && FreshdeskWords.IsId(page, out var number)
            ? (id, (int)Math.Min(number, int.MaxValue))
            : (0, 1);

    private sealed record Folder(long Id, bool IsInternal, string? Language);

    private sealed record FolderList(List<Folder> Folders, DateTimeOffset At);
}
