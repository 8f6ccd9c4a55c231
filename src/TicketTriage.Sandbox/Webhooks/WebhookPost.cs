using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using TicketTriage.Sandbox.Desk;

namespace TicketTriage.Sandbox.Webhooks;

/// <summary>Writes the request of a delivery: Zendesk signs it, Freshdesk sends a header that its administrator made up.</summary>
internal static class WebhookPost
{
    private const string TokenHeader = "X-TicketTriage-Token";

    /// <param name="at">When it happened.</param>
    /// <param name="now">When it is sent.</param>
    public static HttpRequestMessage Write(
        SandboxKind vendor, SandboxWebhook webhook, TicketEvent ticketEvent, string eventId, DateTimeOffset at, DateTimeOffset now,
        DeskPeople people)
    {
        var cause = ticketEvent.Cause;
        var usual = vendor == SandboxKind.Zendesk ? WebhookKind.EventSubscription : WebhookKind.AdvancedRule;
        var body = (webhook.Kind ?? usual) switch
        {
            WebhookKind.EventSubscription => WebhookBody.Envelope(ticketEvent, eventId, at, people),
            WebhookKind.Trigger => WebhookBody.Trigger(cause),
            WebhookKind.SimpleRule => RuleBody.Simple(cause, people),
            WebhookKind.AdvancedRule => RuleBody.Advanced(cause),
            WebhookKind.BrokenRule => RuleBody.Broken(cause),
            WebhookKind.Template => RuleBody.Fill(webhook.Template, cause, people),
        };
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in webhook.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (vendor == SandboxKind.Zendesk)
        {
            Sign(request, webhook.Secret, body, eventId, now);
        }
        else if (webhook.Secret.Length > 0)
        {
            request.Headers.TryAddWithoutValidation(TokenHeader, webhook.Secret);
        }

        return request;
    }

    private static void Sign(HttpRequestMessage request, string secret, byte[] body, string invocationId, DateTimeOffset now)
    {
        var timestamp = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("User-Agent", "Zendesk Webhook");
        request.Headers.TryAddWithoutValidation("X-Zendesk-Account-Id", WebhookBody.AccountId.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("X-Zendesk-Webhook-Id", "01KSANDBOX0000000000000000");
        request.Headers.TryAddWithoutValidation("X-Zendesk-Webhook-Invocation-Id", invocationId);
        request.Headers.TryAddWithoutValidation("X-Zendesk-Webhook-Signature", Sign(secret, timestamp, body));
        request.Headers.TryAddWithoutValidation("X-Zendesk-Webhook-Signature-Timestamp", timestamp);
    }

    private static string Sign(string secret, string timestamp, byte[] body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        hash.AppendData(body);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
