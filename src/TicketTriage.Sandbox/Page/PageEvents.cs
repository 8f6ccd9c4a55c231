using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace TicketTriage.Sandbox.Page;

/// <summary>Tells open pages which tickets have changed, as server-sent events.</summary>
internal sealed class PageEvents(TimeProvider clock)
{
    /// <summary>Many changes in this time reach a page as one event: it redraws once.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(120);

    private readonly ConcurrentDictionary<Channel<long>, bool> pages = new();

    public void Publish(long number)
    {
        foreach (var page in pages.Keys)
        {
            page.Writer.TryWrite(number);
        }
    }

    public async Task StreamAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        var page = Channel.CreateBounded<long>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });
        pages[page] = true;
        try
        {
            await response.WriteAsync("retry: 1000\n\n", cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            while (await page.Reader.WaitToReadAsync(cancellationToken))
            {
                await Task.Delay(Gathering, clock, cancellationToken);
                var numbers = new HashSet<long>();
                while (page.Reader.TryRead(out var number))
                {
                    numbers.Add(number);
                }

                var listed = string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
                await response.WriteAsync($"data: [{listed}]\n\n", cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page was closed.
        }
        finally
        {
            pages.TryRemove(page, out var _);
        }
    }

    /// <summary>Ends every stream, so that a stop doesn't wait for open pages.</summary>
    public void Close()
    {
        foreach (var page in pages.Keys)
        {
            page.Writer.TryComplete();
        }
    }
}
