using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TicketTriage.Helpdesks.Tests.Sandbox;

/// <summary>Receives webhooks over HTTP and keeps them in the order of arrival.</summary>
internal sealed class WebhookTarget : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly Channel<ReceivedWebhook> received = Channel.CreateUnbounded<ReceivedWebhook>();

    private WebhookTarget(WebApplication application) => this.application = application;

    public Uri Address => new(new Uri(application.Urls.First()), "/webhooks/acme");

    /// <summary>Statuses to answer with, one for each call, with an optional Retry-After; 202 when there are none left.</summary>
    public ConcurrentQueue<(int Status, string? RetryAfter)> Answers { get; } = [];

    public static async Task<WebhookTarget> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var target = new WebhookTarget(web);
        web.Run(target.ReceiveAsync);
        await web.StartAsync();
        return target;
    }

    public async Task<ReceivedWebhook> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await received.Reader.ReadAsync(patience.Token);
    }

    public async Task<IReadOnlyList<ReceivedWebhook>> NextAsync(int count)
    {
        var webhooks = new List<ReceivedWebhook>();
        while (webhooks.Count < count)
        {
            webhooks.Add(await NextAsync());
        }

        return webhooks;
    }

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var (status, retryAfter) = Answers.TryDequeue(out var answer) ? answer : (202, null);
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
        received.Writer.TryWrite(new(headers, body.ToArray()));
    }
}

internal sealed record ReceivedWebhook(Dictionary<string, string> Headers, byte[] Body)
{
    public string Timestamp => Headers["X-Zendesk-Webhook-Signature-Timestamp"];

    public JsonNode? Json => JsonNode.Parse(Body);

    public string? Type => (string?)Json?["type"];

    public bool IsSignedWith(string secret)
    {
        byte[] message = [.. Encoding.UTF8.GetBytes(Timestamp), .. Body];
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message));
        return Headers["X-Zendesk-Webhook-Signature"] == signature;
    }
}
