using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;
using TicketTriage.Agents;
using TicketTriage.Insights;
using TicketTriage.Tickets;

namespace TicketTriage.Host.Live;

/// <summary>
/// Tells open pages that there is something new, by server-sent events; what it is they fetch themselves, with the rights that they have by
/// then. A feed ends after some minutes and the browser opens another, so that nobody listens on with a role that is gone.
/// </summary>
internal sealed class LiveFeed(TicketList tickets, AgentBook agents, TimeProvider clock) : IDisposable
{
    /// <summary>For what somebody sits and waits for.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    /// <summary>For what changes by itself.</summary>
    public static readonly TimeSpan Often = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // However many pages are open, the database is asked once in a while.
    private readonly MemoryCache marks = new(new MemoryCacheOptions());

    public static IResult Tickets(LiveFeed feed, HttpContext context) =>
        TypedResults.ServerSentEvents(feed.ListenAsync(feed.TicketMarkAsync, Often, context.RequestAborted));

    /// <summary>Of one ticket, for its page.</summary>
    public static IResult Ticket(string helpdesk, string number, LiveFeed feed, HttpContext context) =>
        TypedResults.ServerSentEvents(feed.ListenAsync(
            token => feed.MarkOfAsync(new TicketId(helpdesk, number), token), Often, context.RequestAborted));

    /// <summary>Of the agents of a helpdesk: who is there, and how much each has.</summary>
    public static IResult Skills(string? helpdesk, LiveFeed feed, HttpContext context) =>
        TypedResults.ServerSentEvents(feed.ListenAsync(
            token => feed.MarkOfAgentsAsync(helpdesk ?? "", token), Often, context.RequestAborted));

    /// <summary>A word for each change of a mark.</summary>
    public async IAsyncEnumerable<SseItem<string>> ListenAsync(
        Func<CancellationToken, Task<string>> readMarkAsync,
        TimeSpan lookEvery,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Longest;
        var known = await readMarkAsync(cancellationToken);
        // Said at once, so that browsers and proxies see that the line stands.
        yield return new SseItem<string>("", "hello");
        while (clock.GetUtcNow() < until)
        {
            await Task.Delay(lookEvery, clock, cancellationToken);
            var mark = await readMarkAsync(cancellationToken);
            if (mark != known)
            {
                known = mark;
                yield return new SseItem<string>("", "change");
            }
        }
    }

    public void Dispose() => marks.Dispose();

    private Task<string> MarkOfAsync(TicketId ticket, CancellationToken cancellationToken) => tickets.MarkAsync(ticket, cancellationToken);

    private Task<string> MarkOfAgentsAsync(string helpdesk, CancellationToken cancellationToken) => agents.MarkAsync(helpdesk, cancellationToken);

    private async Task<string> TicketMarkAsync(CancellationToken cancellationToken)
    {
        if (marks.Get<string>(nameof(Tickets)) is { } fresh)
        {
            return fresh;
        }

        var mark = await tickets.MarkAsync(cancellationToken);
        return marks.Set(nameof(Tickets), mark, Often / 2);
    }
}
