using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TicketTriage.Storage;

namespace TicketTriage.Escalations;

/// <summary>
/// Links by which somebody says that they have what a message told of. Signed with a key that all processes share; whoever has the message
/// has the link, and needs no other key.
/// </summary>
public sealed class AcknowledgeLinks(SigningKeys keys, IOptions<EscalationOptions> options)
{
    public const string Path = "acknowledge";

    private const int TokenBytes = 16 + 32;

    /// <returns><see langword="null"/> where the service's own address isn't configured.</returns>
    public async Task<Uri?> CreateAsync(Guid message, CancellationToken cancellationToken) =>
        options.Value.PublicUrl is { } address
            ? new Uri(new Uri($"{address}".TrimEnd('/') + "/"), $"{Path}/{await TokenOfAsync(message, cancellationToken)}")
            : null;

    public async Task<string> TokenOfAsync(Guid message, CancellationToken cancellationToken)
    {
        var id = message.ToByteArray(bigEndian: true);
        return Base64Url.EncodeToString([.. id, .. HMACSHA256.HashData(await KeyAsync(cancellationToken), id)]);
    }

    /// <returns>The message; <see langword="null"/> for a token that was not made here.</returns>
    public async Task<Guid?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (!Base64Url.IsValid(token, out var length) || length != TokenBytes)
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        var mac = HMACSHA256.HashData(await KeyAsync(cancellationToken), bytes.AsSpan(0, 16));
        return CryptographicOperations.FixedTimeEquals(mac, bytes.AsSpan(16)) ? new Guid(bytes.AsSpan(0, 16), bigEndian: true) : null;
    }

    private Task<byte[]> KeyAsync(CancellationToken cancellationToken) => keys.FindAsync("acknowledge", cancellationToken);
}
