using System.Runtime.CompilerServices;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>Reads a list from its first page to its last.</summary>
internal static class FreshdeskPages
{
    /// <summary>Freshdesk asks nobody to go further.</summary>
    private const int Last = 500;

    /// <param name="list">Reads a page by its number, from 1.</param>
    public static async IAsyncEnumerable<T> AllAsync<T>(
        Func<int, Task<HelpdeskReply<IReadOnlyList<T>>>> list, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        for (var page = 1; page <= Last; page++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reply = await list(page);
            foreach (var item in reply.Content.OfType<T>())
            {
                yield return item;
            }

            if (!reply.HasNextPage)
            {
                yield break;
            }
        }
    }
}
