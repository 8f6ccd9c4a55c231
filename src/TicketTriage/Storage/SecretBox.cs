using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace TicketTriage.Storage;

/// <summary>
/// Encrypts the secrets that the service keeps for itself, with the key of <see cref="SecretsOptions.KeyFile"/> (AES-256-GCM). Without such
/// a file nothing is encrypted.
/// </summary>
public sealed class SecretBox(IOptions<SecretsOptions> options)
{
    private const int KeyBytes = 32;

    // No secret of ours begins like this: they are random, and the chance is one in 2^64.
    private static readonly byte[] Sign = "tt-box1:"u8.ToArray();

    // A box is the sign, the nonce, the tag, and the text as it was encrypted.
    private static readonly int NonceAt = Sign.Length;
    private static readonly int TagAt = NonceAt + AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TextAt = TagAt + AesGcm.TagByteSizes.MaxSize;

    private readonly Lazy<byte[]?> key = new(() => options.Value.KeyFile is { Length: > 0 } file ? ReadKey(file) : null);

    public bool IsUsed => key.Value is not null;

    /// <returns>The secret itself where there is no key.</returns>
    /// <param name="purpose">What it is: a box of one purpose can't be taken for another.</param>
    public byte[] Seal(byte[] secret, string purpose)
    {
        if (key.Value is not { } known)
        {
            return secret;
        }

        var box = new byte[TextAt + secret.Length];
        Sign.CopyTo(box, 0);
        var nonce = box.AsSpan(NonceAt..TagAt);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(known, TextAt - TagAt);
        cipher.Encrypt(nonce, secret, box.AsSpan(TextAt..), box.AsSpan(TagAt..TextAt), Encoding.UTF8.GetBytes(purpose));
        return box;
    }

    /// <returns>What was sealed, or was never.</returns>
    /// <exception cref="InvalidOperationException">It was sealed with a key that isn't the one at hand.</exception>
    public byte[] Open(byte[] box, string purpose)
    {
        if (!IsSealed(box))
        {
            return box;
        }

        if (key.Value is not { } known)
        {
            throw new InvalidOperationException($"The secret of {purpose} is encrypted: name the file of its key in Secrets:KeyFile.");
        }

        var secret = new byte[box.Length - TextAt];
        try
        {
            using var cipher = new AesGcm(known, TextAt - TagAt);
            cipher.Decrypt(
                box.AsSpan(NonceAt..TagAt), box.AsSpan(TextAt..), box.AsSpan(TagAt..TextAt), secret, Encoding.UTF8.GetBytes(purpose));
            return secret;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new InvalidOperationException(
                $"The secret of {purpose} was encrypted with another key than that of Secrets:KeyFile: bring the right file back.", e);
        }
    }

    public static bool IsSealed(byte[] box) => box.Length > TextAt && box.AsSpan().StartsWith(Sign);

    /// <exception cref="FormatException">The file holds something else.</exception>
    internal static byte[] ReadKey(string file)
    {
        var key = Convert.FromBase64String(File.ReadAllText(file).Trim());
        return key.Length == KeyBytes ? key : throw new FormatException($"it holds {key.Length} bytes and {KeyBytes} are needed");
    }
}
