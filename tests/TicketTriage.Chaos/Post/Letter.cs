using System.Text.Json;

namespace TicketTriage.Chaos.Post;

/// <summary>A webhook as the helpdesk has signed it; it is passed on to the letter.</summary>
/// <param name="EventId">What makes it one delivery, however often it comes.</param>
/// <param name="IsEcho">True where it tells of the product's own doing.</param>
internal sealed record Letter(string EventId, bool IsEcho, byte[] Body, string Signature, string SignedAt)
{
    public const string SignatureHeader = "X-Zendesk-Webhook-Signature";
    public const string TimestampHeader = "X-Zendesk-Webhook-Signature-Timestamp";

    /// <param name="own">The user that the product is in the helpdesk.</param>
    public static Letter Read(byte[] body, string signature, string signedAt, string own)
    {
        using var json = JsonDocument.Parse(body);
        var envelope = json.RootElement;
        return new Letter(
            Text(envelope, "id"), Text(envelope.GetProperty("detail"), "actor_id") == own, body, signature, signedAt);
    }

    private static string Text(JsonElement holder, string name) =>
        holder.GetProperty(name).GetString() ?? throw new InvalidOperationException($"The sandbox sent a webhook without {name}.");
}
