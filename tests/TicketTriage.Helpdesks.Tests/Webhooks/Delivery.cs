using System.Text;
using TicketTriage.Helpdesks.Webhooks;
using TicketTriage.Helpdesks.Zendesk;
using TicketTriage.Testing;

namespace TicketTriage.Helpdesks.Tests.Webhooks;

/// <summary>A delivery as it reaches the service: two headers and raw bytes, genuine until a test changes something.</summary>
internal sealed record Delivery
{
    public const string Secret = "the webhook's own secret";

    /// <summary>The clock's present in these tests.</summary>
    public const string Now = "2026-11-25T10:00:00Z";

    public const string TriggerBody = """{"ticket_id":"5158","updated_at":"2026-11-25T09:59:58Z","actor_id":"77"}""";

    public required byte[] Body { get; init; }

    public IReadOnlyList<string?> Signatures { get; init; } = [];

    public IReadOnlyList<string?> Timestamps { get; init; } = [];

    public static Delivery Signed(string body, string secret = Secret, string timestamp = Now) =>
        Signed(Encoding.UTF8.GetBytes(body), secret, timestamp);

    public static Delivery Signed(byte[] body, string secret = Secret, string timestamp = Now) => new()
    {
        Body = body,
        Signatures = [ZendeskSignature.Sign(secret, timestamp, body)],
        Timestamps = [timestamp],
    };

    public DeliveryVerdict Read(string? previousSecret = null, TimeSpan? freshness = null)
    {
        var reader = new ZendeskWebhookReader(Secret, previousSecret, freshness ?? TimeSpan.FromMinutes(15), new ManualClock());
        return reader.Read(Header, Body);
    }

    private IReadOnlyList<string?> Header(string name) => name switch
    {
        "X-Zendesk-Webhook-Signature" => Signatures,
        "X-Zendesk-Webhook-Signature-Timestamp" => Timestamps,
        _ => [],
    };
}
