using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TicketTriage.Helpdesks.Tests.Zendesk;

namespace TicketTriage.Helpdesks.Tests.Freshdesk;

/// <summary>
/// A Freshdesk over real HTTP that knows nothing: it gives the planned answers, each once and in their order, and remembers what it
/// was asked. A call that nobody planned fails the test when the endpoint is disposed of.
/// </summary>
internal sealed class ScriptedFreshdesk : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<RequestDelegate>> plan = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ReceivedCall> calls = [];
    private readonly ConcurrentQueue<string> unplanned = [];
    private readonly WebApplication app;
    private readonly SemaphoreSlim arrivals = new(0);

    private ScriptedFreshdesk(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>What came in, in its order.</summary>
    public IReadOnlyList<ReceivedCall> Calls => [.. calls];

    /// <summary>Method and path of what came in, in its order, without the part that all paths share.</summary>
    public IReadOnlyList<string> Asked => [.. calls.Select(call => $"{call.Method} {call.Path["/api/v2/".Length..]}")];

    public static async Task<ScriptedFreshdesk> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var built = builder.Build();
        var freshdesk = new ScriptedFreshdesk(built);
        built.Run(freshdesk.AnswerAsync);
        await built.StartAsync();
        return freshdesk;
    }

    /// <param name="call">Method and path behind <c>/api/v2/</c>: <c>GET tickets/42</c>.</param>
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

        var call = $"{received.Method} {received.Path.Replace("/api/v2/", "", StringComparison.Ordinal)}";
        if (plan.TryGetValue(call, out var answers) && answers.TryDequeue(out var answer))
        {
            arrivals.Release();
            await answer(context);
        }
        else
        {
            unplanned.Enqueue(call);
            await Reply.Json("""{"code":"unplanned"}""", 418)(context);
        }
    }
}
