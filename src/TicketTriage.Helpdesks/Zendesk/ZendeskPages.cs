using System.Net;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>Reads lists to their end.</summary>
internal static class ZendeskPages
{
    /// <param name="about">What is listed, for messages.</param>
    /// <param name="askAsync">Asks for the page after a cursor; for the first with <see langword="null"/>.</param>
    /// <param name="items">What is on a page; <see langword="null"/> where the answer holds no list.</param>
    public static async Task<List<TItem>> ReadAllAsync<TPage, TItem>(
        string helpdesk, string about, Func<string?, Task<TPage>> askAsync, Func<TPage, IReadOnlyList<TItem?>?> items)
        where TPage : IZendeskPage
        where TItem : class
    {
        var all = new List<TItem>();
        string? after = null;
        do
        {
            var page = await askAsync(after);
            all.AddRange((items(page) ?? throw Incomplete(helpdesk, about)).OfType<TItem>());
            after = Next(helpdesk, page.Meta, after);
        }
        while (after is not null);

        return all;
    }

    /// <param name="read">The cursor of the page just read; an answer leading back to it would never end.</param>
    /// <returns>The next page's cursor; <see langword="null"/> at the end.</returns>
    public static string? Next(string helpdesk, ZendeskPageMeta? meta, string? read)
    {
        if (meta is not { HasMore: true })
        {
            return null;
        }

        return meta.AfterCursor is { Length: > 0 } after && after != read ? after : throw Incomplete(helpdesk, "the next page");
    }

    /// <summary>A success that lacks what it is about.</summary>
    public static HelpdeskAwayException Incomplete(string helpdesk, string about, bool mayHaveArrived = false) =>
        new($"Helpdesk {helpdesk} answered without {about}.", retryAfter: null, mayHaveArrived) { Status = HttpStatusCode.OK };
}
