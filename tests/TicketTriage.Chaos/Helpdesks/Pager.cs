using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Chaos.Helpdesks;

/// <summary>Whoever is told of escalations by webhook: keeps what was heard, and when.</summary>
internal sealed class Pager : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly TimeProvider clock;
    private readonly ConcurrentQueue<Page> pages = new();

    private Pager(TimeProvider clock)
    {
        this.clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapPost("/", (Delegate)HearAsync);
    }

    public Uri Address => new(server.Urls.Single());

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<Page> Pages => [.. pages];

    /// <param name="clock">The one by which moments are noted.</param>
    public static async Task<Pager> StartAsync(TimeProvider clock)
    {
        var pager = new Pager(clock);
        await pager.server.StartAsync();
        return pager;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<IResult> HearAsync(HttpContext context)
    {
        var at = clock.GetUtcNow();
        using var message = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        foreach (var ticket in message.RootElement.GetProperty("tickets").EnumerateArray())
        {
            pages.Enqueue(new Page(
                at,
                long.Parse(ticket.GetProperty("number").GetString() ?? "", CultureInfo.InvariantCulture),
                ticket.GetProperty("cause").GetString() ?? "",
                ticket.GetProperty("level").GetInt32()));
        }

        return Results.Ok();
    }
}

/// <summary>A ticket in a message.</summary>
internal sealed record Page(DateTimeOffset At, long Ticket, string Cause, int Level);
