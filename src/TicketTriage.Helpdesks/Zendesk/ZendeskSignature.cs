using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TicketTriage.Helpdesks.Zendesk;

/// <summary>
/// How Zendesk signs its webhooks: base64 of HMAC-SHA256, keyed with the secret's own letters, over the timestamp header and the raw body.
/// See https://developer.zendesk.com/documentation/webhooks/verifying/ (November 2026).
/// </summary>
public static class ZendeskSignature
{
    public const string Header = "X-Zendesk-Webhook-Signature";

    public const string TimestampHeader = "X-Zendesk-Webhook-Signature-Timestamp";

    /// <summary>Signs the requests that test a webhook before it is saved. Everybody knows it, so nobody may configure it.</summary>
    public const string PublicTestSecret = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==";

    /// <summary>A signature's letters: 32 bytes in base64.</summary>
    internal const int Length = 44;

    /// <summary>Signs a delivery the way Zendesk does.</summary>
    /// <param name="timestamp">The header's value, to the letter.</param>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        ArgumentNullException.ThrowIfNull(timestamp);

        byte[] message = [.. Encoding.UTF8.GetBytes(timestamp), .. body];
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message));
    }

    /// <summary>
    /// Compares letters, not the bytes behind them: base64 has more than one spelling of the same bytes, Zendesk sends one.
    /// </summary>
    /// <param name="given">What the request carries, <see cref="Length"/> letters.</param>
    /// <param name="message">Timestamp and body.</param>
    internal static bool IsGood(ReadOnlySpan<byte> given, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> expected = stackalloc byte[Length];
        HMACSHA256.HashData(key, message, hash);
        return Base64.EncodeToUtf8(hash, expected, out _, out _) == OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
