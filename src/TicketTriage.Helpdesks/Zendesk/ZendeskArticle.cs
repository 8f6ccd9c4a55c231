using System.Text.Json;

namespace TicketTriage.Helpdesks.Zendesk;

internal sealed record ZendeskArticle
{
    public long? Id { get; init; }

    public string? Title { get; init; }

    public string? Body { get; init; }

    public string? Locale { get; init; }

    public bool? Draft { get; init; }

    /// <summary>Who may read it; <see langword="null"/> for everybody, unless <see cref="UserSegmentIds"/> names somebody.</summary>
    public long? UserSegmentId { get; init; }

    /// <summary>Who may read it, where that may be several; empty for everybody, unless <see cref="UserSegmentId"/> names somebody.</summary>
    public IReadOnlyList<long?>? UserSegmentIds { get; init; }

    public string? UpdatedAt { get; init; }

    public string? HtmlUrl { get; init; }

    /// <summary>In all its languages, the one that it was written in too; absent where a Help Center doesn't bring them along.</summary>
    public IReadOnlyList<ZendeskTranslation?>? Translations { get; init; }
}

internal sealed record ZendeskTranslation
{
    public string? Locale { get; init; }

    public string? Title { get; init; }

    public string? Body { get; init; }

    public bool? Draft { get; init; }

    /// <summary>Its author says that the original has moved on.</summary>
    public bool? Outdated { get; init; }

    public string? UpdatedAt { get; init; }

    public string? HtmlUrl { get; init; }
}

/// <param name="EndTime">Unix seconds: where the next page begins.</param>
internal sealed record ZendeskArticlesPage(IReadOnlyList<ZendeskArticle?>? Articles, long? EndTime, string? NextPage);

internal sealed record ZendeskMacrosPage(IReadOnlyList<ZendeskMacro?>? Macros, ZendeskPageMeta? Meta) : IZendeskPage;

internal sealed record ZendeskMacro(long? Id, string? Title, bool? Active, IReadOnlyList<ZendeskMacroAction?>? Actions);

/// <param name="Value">A text; for some actions a list of texts, or a number.</param>
internal sealed record ZendeskMacroAction(string? Field, JsonElement? Value);
