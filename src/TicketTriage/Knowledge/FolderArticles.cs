namespace TicketTriage.Knowledge;

/// <summary>
/// A folder of Markdown (<c>.md</c>), HTML (<c>.html</c>), text (<c>.txt</c>) and tables of questions and answers (<c>.csv</c>), read with
/// its folders. Links that lead out of it are not followed.
/// </summary>
internal sealed class FolderArticles(string name, FolderOptions folder, TimeProvider clock) : IKnowledgeSource
{
    private const long MostBytes = 4 * 1024 * 1024;

    /// <summary>So long a folder without any article is taken for one that is not mounted, or is being written anew.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromHours(1);

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
    };

    private DateTimeOffset? emptySince;

    public string Name => $"folder:{name}";

    public async Task<KnowledgeReading> ReadAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var articles = new List<KnowledgeArticle>();
        var faults = new List<string>();
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder.Path, "*", Everything).Order(StringComparer.Ordinal))
            {
                await ReadAsync(new FileInfo(file), articles, faults, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KnowledgeAwayException($"The folder {folder.Path} can't be read ({exception.Message}): is Knowledge:Folders:{name}:Path right?", exception);
        }

        var now = clock.GetUtcNow();
        emptySince = articles.Count == 0 ? emptySince ?? now : null;
        return new KnowledgeReading(articles, IsWhole: true, faults) { MayLackAll = now - emptySince < Doubt };
    }

    private async Task ReadAsync(FileInfo file, List<KnowledgeArticle> articles, List<string> faults, CancellationToken cancellationToken)
    {
        var kind = file.Extension.ToLowerInvariant();
        if (kind is not (".md" or ".html" or ".htm" or ".txt" or ".csv"))
        {
            return;
        }

        var key = Path.GetRelativePath(folder.Path, file.FullName).Replace('\\', '/');
        if (file.Length > MostBytes)
        {
            faults.Add($"{key} in folder {name} has more than 4 MiB and was left out; cut it into articles.");
            return;
        }

        var text = await File.ReadAllTextAsync(file.FullName, cancellationToken);
        var (head, body) = ArticleHead.Read(text);
        if (kind == ".csv")
        {
            articles.AddRange(QuestionTable.Read(text, key, faults).Select(row => Article($"{key}:{row.Key}", row.Head, row.Sections, row.Head.Title ?? "", file)));
            return;
        }

        var sections = kind switch
        {
            ".md" => ArticleMarkup.ReadMarkdown(body),
            ".txt" => ArticleMarkup.ReadText(body),
            _ => ArticleMarkup.ReadHtml(body),
        };
        faults.AddRange(head.Faults.Select(fault => $"{key} in folder {name}: {fault}"));
        var title = head.Title ?? sections.FirstOrDefault(section => section.Heading.Length > 0)?.Heading ?? Path.GetFileNameWithoutExtension(key);
        articles.Add(Article(key, head, sections, title, file));
    }

    private KnowledgeArticle Article(string key, ArticleHead head, IReadOnlyList<ArticleSection> sections, string title, FileInfo file) => new()
    {
        Source = Name,
        Key = key,
        Title = title,
        Sections = sections,
        Language = head.Language ?? folder.Language,
        // What can't be understood must not be quoted by mistake.
        Audience = head.Faults.Count > 0 ? KnowledgeAudience.Nobody : head.Audience ?? folder.Audience,
        Product = head.Product,
        Owner = head.Owner,
        Address = head.Address ?? Join(folder.Address, Path.GetRelativePath(folder.Path, file.FullName)),
        ValidFrom = head.ValidFrom,
        ValidUntil = head.ValidUntil,
        ReviewAt = head.ReviewAt,
        UpdatedAt = new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero),
    };

    // A name may have marks that mean something else in an address.
    private static Uri? Join(Uri? root, string path) => root is null
        ? null
        : new Uri(root, "./" + string.Join('/', Path.ChangeExtension(path, null).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)));
}
