using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TicketTriage.Helpdesks.Tests.Zendesk;

/// <summary>
/// A Zendesk over real HTTP that knows nothing: it gives the planned answers, each once and in their order, and remembers what it
/// was asked. Tokens it gives to everybody. A call that nobody planned fails the test when the endpoint is disposed of.
/// </summary>
internal sealed class ScriptedZendesk : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<RequestDelegate>> plan = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ReceivedCall> calls = [];
    private readonly ConcurrentQueue<string> unplanned = [];
    private readonly WebApplication app;
    private readonly SemaphoreSlim arrivals = new(0);
    private int tokens;

    private ScriptedZendesk(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>What came in, in its order, requests for tokens left out.</summary>
    public IReadOnlyList<ReceivedCall> Calls => [.. calls.Where(call => call.Path != "/oauth/tokens")];

    public IReadOnlyList<ReceivedCall> TokenRequests => [.. calls.Where(call => call.Path == "/oauth/tokens")];

    public static async Task<ScriptedZendesk> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var built = builder.Build();
        var zendesk = new ScriptedZendesk(built);
        built.Run(zendesk.AnswerAsync);
        await built.StartAsync();
        return zendesk;
    }

    /// <param name="call">Method and path: <c>GET /api/v2/tickets/42</c>.</param>
    public void Plan(string call, params RequestDelegate[] answers)
    {
        var queue = plan.GetOrAdd(call, _ => []);
        foreach (var answer in answers)
        {
            queue.Enqueue(answer);
        }
    }

    /// <summary>Waits until one more call has come in than was waited for before.</summary>
    public Task UntilNextCallAsync(CancellationToken cancellationToken) => arrivals.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var noPatience = new CancellationTokenSource();
        await noPatience.CancelAsync();
        await app.StopAsync(noPatience.Token);
        await app.DisposeAsync();
        arrivals.Dispose();
        Assert.That(unplanned, Is.Empty, "Calls that nobody planned.");
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var received = new ReceivedCall(
            context.Request.Method,
            context.Request.Path,
            context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            context.Request.Headers.Authorization.ToString(),
            await reader.ReadToEndAsync(context.RequestAborted));
        calls.Enqueue(received);

        if (plan.TryGetValue($"{received.Method} {received.Path}", out var answers) && answers.TryDequeue(out var answer))
        {
            arrivals.Release();
            await answer(context);
        }
        else if (received.Path == "/oauth/tokens")
        {
            var number = Interlocked.Increment(ref tokens).ToString(CultureInfo.InvariantCulture);
            await Reply.Json($$"""{"access_token":"token-{{number}}","token_type":"bearer","expires_in":3600}""")(context);
        }
        else
        {
            unplanned.Enqueue($"{received.Method} {received.Path}");
            await Reply.Json("""{"error":"Unplanned"}""", 418)(context);
        }
    }
}

internal sealed record ReceivedCall(
    string Method, string Path, IReadOnlyDictionary<string, string> Query, string Authorization, string Body);
