using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using TicketTriage.Helpdesks.Zendesk;
using TicketTriage.Sandbox;

namespace TicketTriage.Host.Tests;

/// <summary>A webhook as Zendesk sends it, unless a test changes something.</summary>
/// <param name="Body">What is signed, to the letter.</param>
internal sealed record SignedDelivery(string Body)
{
    public const string EventType = "zen:event-type:ticket.comment_added";

    public string Secret { get; init; } = SandboxCredentials.WebhookSecret;

    public DateTimeOffset SignedAt { get; init; } = TimeProvider.System.GetUtcNow();

    /// <summary>How often the signature stands in the request.</summary>
    public int Signatures { get; init; } = 1;

    /// <summary>An event of a ticket.</summary>
    /// <param name="subject">The ticket that the envelope's subject names, where that is another.</param>
    public static SignedDelivery OfTicket(long number, long? subject = null) => new(
        $$"""
        {
          "type": "{{EventType}}",
          "id": "{{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}}",
          "subject": "zen:ticket:{{subject ?? number}}",
          "detail": { "id": "{{number}}", "actor_id": "77" },
          "event": {}
        }
        """);

    public HttpRequestMessage ToRequest(string helpdesk)
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var timestamp = SignedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, $"webhooks/{helpdesk}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(ZendeskSignature.TimestampHeader, timestamp);
        if (Signatures > 0)
        {
            request.Headers.Add(ZendeskSignature.Header, Enumerable.Repeat(ZendeskSignature.Sign(Secret, timestamp, body), Signatures));
        }

        return request;
    }
}
