using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Npgsql;

namespace TicketTriage.Escalations;

/// <summary>
/// Links by which somebody says that they have what a message told of. Signed with a key that all processes share; whoever has the message
/// has the link, and needs no other key.
/// </summary>
public sealed class AcknowledgeLinks(NpgsqlDataSource database, IOptions<EscalationOptions> options)
{
    public const string Path = "acknowledge";

    private const int TokenBytes = 16 + 32;

    private byte[]? key;

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

    private async Task<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        if (key is null)
        {
            // Whoever comes first makes it; the others find it.
            await using var make = database.CreateCommand(
                "insert into signing_keys (name, key) values ('acknowledge', $1) on conflict do nothing");
            make.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = RandomNumberGenerator.GetBytes(32) });
            await make.ExecuteNonQueryAsync(cancellationToken);
            await using var find = database.CreateCommand("select key from signing_keys where name = 'acknowledge'");
            key = await find.ExecuteScalarAsync(cancellationToken) as byte[]
                ?? throw new InvalidOperationException("The key for acknowledge links is missing from the table signing_keys.");
        }

        return key;
    }
}
