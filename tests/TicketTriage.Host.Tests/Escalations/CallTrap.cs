using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Host.Tests.Escalations;

/// <summary>An address that keeps the calls it gets.</summary>
internal sealed class CallTrap : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(IReadOnlyDictionary<string, string> Headers, string Body)> calls = new();

    private CallTrap()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/{**path}", (Delegate)KeepAsync);
    }

    public Uri Address => new(app.Urls.First());

    /// <summary>What it answers; changed by a test for a receiver that fails.</summary>
    public int Status { get; set; } = 200;

    public IReadOnlyList<(IReadOnlyDictionary<string, string> Headers, string Body)> Calls => [.. calls];

    public static async Task<CallTrap> StartAsync(CancellationToken cancellationToken)
    {
        var trap = new CallTrap();
        await trap.app.StartAsync(cancellationToken);
        return trap;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> KeepAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        calls.Enqueue((context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        return Results.StatusCode(Status);
    }
}
