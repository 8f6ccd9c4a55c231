namespace TicketTriage.Knowledge;

/// <summary>Where the team's knowledge is: the keys under <c>Knowledge</c>.</summary>
public sealed record KnowledgeOptions
{
    public const string Section = "Knowledge";

    /// <summary>Whether the articles of the connected helpdesks' help centers are read. Default true.</summary>
    public bool Articles { get; set; } = true;

    /// <summary>
    /// ISO 639-1 of the languages in which those articles are read, such as <c>de</c> and <c>en</c>. Empty, as by default: each in which the
    /// help center gives them.
    /// </summary>
    public IList<string> Languages { get; init; } = [];

    /// <summary>Whether the helpdesks' macros and canned responses are read, for agents to see. Default true.</summary>
    public bool Macros { get; set; } = true;

    /// <summary>
    /// Whether answers of imported tickets that are solved are shown to agents, redacted; they are never quoted to customers. Default false:
    /// what agents wrote to one customer was not written for others.
    /// </summary>
    public bool SolvedTickets { get; set; }

    /// <summary>
    /// So many days after its last change somebody should look at an article of a help center again: neither vendor keeps a day for that.
    /// 0 to 3,650; 0 for never. Default 365.
    /// </summary>
    public int ReviewAfterDays { get; set; } = 365;

    /// <summary>Folders with Markdown, HTML, text and tables, by a name of your own.</summary>
    public IDictionary<string, FolderOptions> Folders { get; init; } = new Dictionary<string, FolderOptions>();

    /// <summary>
    /// How near a passage must be to a question before it is offered as an answer: its <see cref="FoundPassage.Support"/>, in [0, 1]. Lower
    /// offers more and fits worse. Default 0.05.
    /// </summary>
    public double LeastSupport { get; set; } = 0.05;

    /// <summary>
    /// Beside it, the share of the question's words, counted by their rarity, that the passage must have: its <see cref="FoundPassage.Cover"/>,
    /// in [0, 1]. A passage that is near, and knows nothing of what the question is about, does not answer it. Default 0.35, above which no
    /// question of either test set found an answer that isn't there.
    /// </summary>
    public double LeastCover { get; set; } = 0.35;
}

/// <summary>A folder of articles.</summary>
public sealed record FolderOptions
{
    public string Path { get; set; } = "";

    /// <summary>ISO 639-1 of files that don't say; absent: told from their text.</summary>
    public string? Language { get; set; }

    /// <summary>Of files that don't say. Default: customers.</summary>
    public KnowledgeAudience Audience { get; set; }

    /// <summary>Where the folder is on the web, ending in /: a file's address is this and its name.</summary>
    public Uri? Address { get; set; }
}
