namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>A page of a list that is read by cursor.</summary>
internal interface IZendeskPage
{
    ZendeskPageMeta? Meta { get; }
}

internal sealed record ZendeskPageMeta(bool? HasMore, string? AfterCursor);
