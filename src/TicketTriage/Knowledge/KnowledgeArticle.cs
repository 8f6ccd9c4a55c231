namespace TicketTriage.Knowledge;

/// <summary>An article of the team's own knowledge, as its source has it now.</summary>
public sealed record KnowledgeArticle
{
    /// <summary>Where it comes from: <c>acme/articles</c>, <c>acme/macros</c>, <c>folder:faq</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What names it within its source, and stays when it is edited.</summary>
    public required string Key { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<ArticleSection> Sections { get; init; }

    /// <summary>ISO 639-1; <see langword="null"/> where the source doesn't say: it is told from the text.</summary>
    public string? Language { get; init; }

    public KnowledgeAudience Audience { get; init; }

    /// <summary>The name of a product of the taxonomy; <see langword="null"/> where it is about all of them.</summary>
    public string? Product { get; init; }

    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>Where customers and agents read it.</summary>
    public Uri? Address { get; init; }

    /// <summary>From then on it is true.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>From then on it is no longer true.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>When its owner wanted to look at it again.</summary>
    public DateTimeOffset? ReviewAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Who may read it.</summary>
public enum KnowledgeAudience
{
    /// <summary>Everybody: it may be quoted to customers.</summary>
    Customers = 0,

    /// <summary>The team alone: shown to agents, never quoted.</summary>
    Agents,

    /// <summary>Not published: kept out of every search.</summary>
    Nobody,
}

/// <summary>A part of an article under one heading.</summary>
/// <param name="Heading">Plain text; empty for what stands before the first heading.</param>
/// <param name="Text">Plain text, a line for each paragraph, list item or row of a table.</param>
public sealed record ArticleSection(string Heading, string Text);

/// <summary>A piece of an article, small enough to be quoted.</summary>
/// <param name="Id">Of this wording of the piece: another wording has another.</param>
/// <param name="Text">Plain text.</param>
public sealed record Passage(
    long Id, string Source, string Article, string Title, string Heading, string Text, string Language, KnowledgeAudience Audience,
    Uri? Address)
{
    /// <summary>What the article is about; <see langword="null"/> for all products.</summary>
    public string? Product { get; init; }
}
