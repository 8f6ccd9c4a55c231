using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TicketTriage.Storage;

namespace TicketTriage.WriteBack;

/// <summary>
/// The links of a note by which an agent says whether it was useful. Signed with a key that all processes share: nobody who has not seen a
/// note can say anything of it, and nobody can turn one word into the other.
/// </summary>
public sealed class FeedbackLinks(SigningKeys keys, IOptions<WriteBackOptions> options)
{
    public const string Path = "feedback";

    private const string Key = "feedback";
    private const int ClaimBytes = 16 + 1;
    private const int TokenBytes = ClaimBytes + 32;

    /// <returns><see langword="null"/> where the service's own address isn't configured.</returns>
    public async Task<NoteLinks?> CreateAsync(Guid triage, CancellationToken cancellationToken)
    {
        if (options.Value.PublicUrl is not { } address)
        {
            return null;
        }

        var root = new Uri($"{address}".TrimEnd('/') + "/");
        return new NoteLinks(
            new Uri(root, $"{Path}/{await TokenOfAsync(triage, isUseful: true, cancellationToken)}"),
            new Uri(root, $"{Path}/{await TokenOfAsync(triage, isUseful: false, cancellationToken)}"));
    }

    public async Task<string> TokenOfAsync(Guid triage, bool isUseful, CancellationToken cancellationToken)
    {
        byte[] claim = [.. triage.ToByteArray(bigEndian: true), isUseful ? (byte)1 : (byte)0];
        return Base64Url.EncodeToString([.. claim, .. HMACSHA256.HashData(await keys.FindAsync(Key, cancellationToken), claim)]);
    }

    /// <returns>What is said of which note; <see langword="null"/> for a token that was not made here.</returns>
    public async Task<(Guid Triage, bool IsUseful)?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (!Base64Url.IsValid(token, out var length) || length != TokenBytes)
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        var mac = HMACSHA256.HashData(await keys.FindAsync(Key, cancellationToken), bytes.AsSpan(0, ClaimBytes));
        return CryptographicOperations.FixedTimeEquals(mac, bytes.AsSpan(ClaimBytes))
            ? (new Guid(bytes.AsSpan(0, 16), bigEndian: true), bytes[16] == 1)
            : null;
    }
}

/// <summary>Where an agent says what a note was worth.</summary>
public sealed record NoteLinks(Uri Useful, Uri NotUseful);
