using System.Text.Json;

namespace TicketTriage.Helpdesks.Zendesk;

// Zendesk's answers, each with the parts that are used here. All of it may be null: recorded answers hold nulls where the
// vendor's description has none, and moments are text because a change must give them back to the letter.

internal sealed record ZendeskTicket
{
    public long? Id { get; init; }

    public string? Subject { get; init; }

    public string? Status { get; init; }

    public string? Priority { get; init; }

    public IReadOnlyList<string?>? Tags { get; init; }

    public long? GroupId { get; init; }

    public long? AssigneeId { get; init; }

    public long? RequesterId { get; init; }

    public long? ProblemId { get; init; }

    public IReadOnlyList<ZendeskFieldValue?>? CustomFields { get; init; }

    public ZendeskVia? Via { get; init; }

    /// <summary>With its score, or null; some accounts send a word alone.</summary>
    public JsonElement? SatisfactionRating { get; init; }

    /// <summary>Only where it was asked for, and the account has policies.</summary>
    public ZendeskSlas? Slas { get; init; }

    /// <summary>Only where it was asked for.</summary>
    public ZendeskMetricSet? MetricSet { get; init; }

    public string? CreatedAt { get; init; }

    public string? UpdatedAt { get; init; }
}

internal sealed record ZendeskTicketAnswer(ZendeskTicket? Ticket);

internal sealed record ZendeskTicketsPage(IReadOnlyList<ZendeskTicket?>? Tickets, ZendeskPageMeta? Meta) : IZendeskPage;

/// <param name="SolvedAt">The last time.</param>
internal sealed record ZendeskMetricSet(string? SolvedAt);

/// <param name="Channel">A word, or in older tickets a number.</param>
internal sealed record ZendeskVia(JsonElement? Channel);

internal sealed record ZendeskCommentsPage(
    IReadOnlyList<ZendeskComment?>? Comments, IReadOnlyList<ZendeskUser?>? Users, ZendeskPageMeta? Meta) : IZendeskPage;

internal sealed record ZendeskComment
{
    public long? Id { get; init; }

    public long? AuthorId { get; init; }

    public bool? Public { get; init; }

    public string? Body { get; init; }

    public string? HtmlBody { get; init; }

    public string? PlainBody { get; init; }

    public string? CreatedAt { get; init; }

    public IReadOnlyList<ZendeskAttachment>? Attachments { get; init; }
}

internal sealed record ZendeskAttachment(string? FileName, string? ContentType, long? Size, string? ContentUrl);

internal sealed record ZendeskGroupsPage(IReadOnlyList<ZendeskGroup?>? Groups, ZendeskPageMeta? Meta) : IZendeskPage;

internal sealed record ZendeskGroup(long? Id, string? Name, bool? Deleted);

internal sealed record ZendeskAuditsPage(IReadOnlyList<ZendeskAudit>? Audits, ZendeskPageMeta? Meta) : IZendeskPage;

/// <param name="Metadata">What a change carried stands under <c>custom</c>, in whatever shape its sender gave it.</param>
/// <param name="Events">One shape for each kind of event.</param>
internal sealed record ZendeskAudit(long? Id, string? CreatedAt, JsonElement? Metadata, JsonElement? Events);

internal sealed record ZendeskExportPage(IReadOnlyList<ZendeskTicket?>? Tickets, string? AfterCursor, bool? EndOfStream);
