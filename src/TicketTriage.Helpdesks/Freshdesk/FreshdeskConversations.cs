using System.Runtime.CompilerServices;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// One ticket's conversations. Freshdesk lists them oldest first, thirty to a page, and tells only whether another page follows: the
/// last page is looked for by doubling, so that the newest of five thousand messages cost twenty calls and not 170.
/// </summary>
internal sealed class FreshdeskConversations(FreshdeskApi api, long id, bool archived)
{
    private readonly Dictionary<int, HelpdeskReply<IReadOnlyList<FreshdeskConversation>>> pages = [];

    public async IAsyncEnumerable<FreshdeskConversation> NewestFirstAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = await FindLastPageAsync(cancellationToken); number >= 1; number--)
        {
            var page = await PageAsync(number, cancellationToken);
            for (var at = page.Content.Count - 1; at >= 0; at--)
            {
                if (page.Content[at] is { } conversation)
                {
                    yield return conversation;
                }
            }
        }
    }

    private async Task<int> FindLastPageAsync(CancellationToken cancellationToken)
    {
        var (before, last) = (0, 1);
        while ((await PageAsync(last, cancellationToken)).HasNextPage)
        {
            (before, last) = (last, last * 2);
        }

        while (last - before > 1)
        {
            var middle = before + ((last - before) / 2);
            (before, last) = (await PageAsync(middle, cancellationToken)).HasNextPage ? (middle, last) : (before, middle);
        }

        return last;
    }

    private async Task<HelpdeskReply<IReadOnlyList<FreshdeskConversation>>> PageAsync(int number, CancellationToken cancellationToken)
    {
        if (!pages.TryGetValue(number, out var page))
        {
            pages[number] = page = await api.ListConversationsAsync(id, archived, number, cancellationToken);
        }

        return page;
    }
}
