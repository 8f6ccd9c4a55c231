using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace TicketTriage.Escalations;

/// <summary>
/// Calls an address of one's own. Signed as the Standard Webhooks have it, with HMAC-SHA256 over <c>id.timestamp.body</c>; the id stays the
/// same for a message, so that a repeat is recognised.
/// </summary>
public sealed class SignedWebhookSender(HttpClient http, IOptions<EscalationOptions> options, TimeProvider clock) : INoticeSender
{
    public NoticeChannel Channel => NoticeChannel.Webhook;

    public async Task SendAsync(EscalationMessage message, MessageText text, CancellationToken cancellationToken)
    {
        if (options.Value is not { WebhookUrl: { } address, WebhookSecret: { } secret })
        {
            throw new NoticeFailedException("No address is configured under Escalations:WebhookUrl.", mayHaveArrived: false);
        }

        var now = clock.GetUtcNow();
        var id = MessageWriter.Reference(message.Id);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookPost(id, now, text.Subject, text.Link?.ToString(), [.. message.Lines.Select(Ticket)]), NoticeJson.Default.WebhookPost);
        var at = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.Add("webhook-id", id);
        content.Headers.Add("webhook-timestamp", at);
        content.Headers.Add("webhook-signature", $"v1,{Sign(secret, id, at, body)}");
        await NoticePost.SendAsync(http, address, content, "The webhook's receiver", cancellationToken);
    }

    /// <summary>What the receiver has to find, in Base64.</summary>
    internal static string Sign(string secret, string id, string at, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{at}."), .. body];
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    private static WebhookTicket Ticket(MessageLine line) => new(
        line.Ticket.Helpdesk, line.Ticket.Number, line.Escalation, line.Cause, line.Level, line.Priority.ToLowerInvariant(), line.Intent,
        line.Bundle, line.DueAt, line.Reasons, line.People, line.IsUnanswered);
}
