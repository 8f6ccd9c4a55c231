namespace TicketTriage.Helpdesks.Freshdesk;

internal sealed record FreshdeskCategory(long? Id, string? Name);

/// <param name="Visibility">1 everybody, 2 who is logged in, 3 agents; higher ones some customers.</param>
internal sealed record FreshdeskFolder(
    long? Id, string? Name, int? Visibility, int? SubFoldersCount, IReadOnlyList<FreshdeskLevel?>? Hierarchy);

/// <summary>A step on the way to a folder or an article.</summary>
internal sealed record FreshdeskLevel(FreshdeskLevelName? Data);

internal sealed record FreshdeskLevelName(string? Language);

/// <param name="Status">1 draft, 2 published.</param>
internal sealed record FreshdeskArticle(
    long? Id, string? Title, string? Description, int? Status, string? UpdatedAt, IReadOnlyList<FreshdeskLevel?>? Hierarchy);

/// <param name="Rating">In accounts whose survey has one question only.</param>
internal sealed record FreshdeskRating(long? TicketId, int? Rating, FreshdeskAnswers? Ratings, string? CreatedAt);

internal sealed record FreshdeskAnswers(int? DefaultQuestion);

internal sealed record FreshdeskResponseFolder(long? Id, bool? Personal);

internal sealed record FreshdeskResponse(long? Id, string? Title, string? ContentHtml);
