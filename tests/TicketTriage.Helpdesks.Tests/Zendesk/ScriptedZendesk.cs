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
    private readonly ConcurrentDictionary<string, ConcurrentQueue<RequestDelegate>> _plan = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ReceivedCall> _calls = [];
    private readonly ConcurrentQueue<string> _unplanned = [];
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _arrivals = new(0);
    private int _tokens;

    private ScriptedZendesk(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>What came in, in its order, requests for tokens left out.</summary>
    public IReadOnlyList<ReceivedCall> Calls => [.. _calls.Where(call => call.Path != "/oauth/tokens")];

    public IReadOnlyList<ReceivedCall> TokenRequests => [.. _calls.Where(call => call.Path == "/oauth/tokens")];

    public static async Task<ScriptedZendesk> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var zendesk = new ScriptedZendesk(app);
        app.Run(zendesk.AnswerAsync);
        await app.StartAsync();
        return zendesk;
    }

    /// <param name="call">Method and path: <c>GET /api/v2/tickets/42</c>.</param>
    public void Plan(string call, params RequestDelegate[] answers)
    {
        var queue = _plan.GetOrAdd(call, _ => []);
        foreach (var answer in answers)
        {
            queue.Enqueue(answer);
        }
    }

    /// <summary>Waits until one more call has come in than was waited for before.</summary>
    public Task UntilNextCallAsync(CancellationToken cancellationToken) => _arrivals.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var noPatience = new CancellationTokenSource();
        await noPatience.CancelAsync();
        await _app.StopAsync(noPatience.Token);
        await _app.DisposeAsync();
        _arrivals.Dispose();
        Assert.That(_unplanned, Is.Empty, "Calls that nobody planned.");
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
        _calls.Enqueue(received);

        if (_plan.TryGetValue($"{received.Method} {received.Path}", out var answers) && answers.TryDequeue(out var answer))
        {
            _arrivals.Release();
            await answer(context);
        }
        else if (received.Path == "/oauth/tokens")
        {
            var number = Interlocked.Increment(ref _tokens).ToString(CultureInfo.InvariantCulture);
            await Reply.Json($$"""{"access_token":"token-{{number}}","token_type":"bearer","expires_in":3600}""")(context);
        }
        else
        {
            _unplanned.Enqueue($"{received.Method} {received.Path}");
            await Reply.Json("""{"error":"Unplanned"}""", 418)(context);
        }
    }
}

internal sealed record ReceivedCall(
    string Method, string Path, IReadOnlyDictionary<string, string> Query, string Authorization, string Body);
