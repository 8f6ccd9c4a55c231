using System.Security.Cryptography;
using System.Text;
using TicketTriage.Helpdesks.Webhooks;

namespace TicketTriage.Helpdesks.Freshdesk;

/// <summary>
/// Checks the secret that stands in a header, since Freshdesk signs nothing, then reads what an administrator made of the body.
/// </summary>
/// <param name="previousSecret">Counts beside <paramref name="secret"/> while that is being rolled out.</param>
internal sealed class FreshdeskWebhookReader(string secret, string? previousSecret, TimeProvider clock) : IWebhookReader
{
    public const string Header = "X-TicketTriage-Token";

    private const int LongestToken = 1024;

    private readonly byte[] hash = Hash(secret);
    private readonly byte[]? previousHash = previousSecret is null ? null : Hash(previousSecret);

    public DeliveryVerdict Read(Func<string, IReadOnlyList<string?>> header, ReadOnlySpan<byte> body)
    {
        if (header(Header) is not [{ Length: > 0 and <= LongestToken } token])
        {
            return DeliveryVerdict.NotGenuine($"it needs exactly one header {Header}");
        }

        if (!IsGood(token))
        {
            return DeliveryVerdict.NotGenuine($"its {Header} isn't the secret");
        }

        if (body.IsEmpty)
        {
            return DeliveryVerdict.Unreadable("the body is empty");
        }

        return FreshdeskPayload.TryRead(body, out var payload, out var fault) && payload is not null
            ? DeliveryVerdict.Genuine(Delivery(payload, body))
            : DeliveryVerdict.Unreadable(fault);
    }

    /// <summary>
    /// Freshdesk names its deliveries in no way. A repeat has the same bytes; but so may the next event have, where the body says no more
    /// than which ticket. So the bytes name a delivery only if a time is among them, to the second. Any other is taken for a new one:
    /// a repeat costs one look at the ticket, an event taken for a repeat would cost the event.
    /// </summary>
    private IncomingDelivery Delivery(FreshdeskPayload payload, ReadOnlySpan<byte> body)
    {
        var key = payload.HasTime
            ? $"body:{Convert.ToHexStringLower(SHA256.HashData(body))}"
            : $"once:{Guid.CreateVersion7(clock.GetUtcNow()):N}";
        return new IncomingDelivery(key, payload.TicketNumber, payload.Event ?? "automation", ActorId: null);
    }

    // Hashes have one length, so that not even the secret's shows in the time that comparing takes.
    private bool IsGood(string token)
    {
        var given = Hash(token);
        var isSecret = CryptographicOperations.FixedTimeEquals(given, hash);
        var isPrevious = previousHash is not null && CryptographicOperations.FixedTimeEquals(given, previousHash);
        return isSecret || isPrevious;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
