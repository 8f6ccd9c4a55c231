using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace TicketTriage.Host.Access;

/// <summary>The keys that the configuration knows.</summary>
internal sealed class KeyRing
{
    private readonly IReadOnlyList<(byte[] Hash, KeyHolder Holder)> keys;

    public KeyRing(IOptions<AccessOptions> options) =>
        keys = [.. options.Value.ApiKeys.Select(entry => Read(entry.Key, entry.Value))];

    /// <summary>Takes the same time for every wrong key: each is compared with all, as hashes of one length.</summary>
    public KeyHolder? Find(string presented)
    {
        var hash = Hash(presented);
        KeyHolder? found = null;
        foreach (var (known, holder) in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
            {
                found = holder;
            }
        }

        return found;
    }

    /// <summary>False once the key behind a sign-in is gone from the configuration, changed, or has another role.</summary>
    public bool Knows(KeyHolder holder) => keys.Any(key => key.Holder == holder);

    private static (byte[] Hash, KeyHolder Holder) Read(string name, ApiKeyOptions options)
    {
        var hash = Hash(options.Key ?? "");
        return (hash, new KeyHolder(name, options.Role ?? "", PrintOf(hash)));
    }

    /// <summary>What a sign-in keeps of a key: it tells keys apart, and doesn't give the hash away that opens the door.</summary>
    public static string PrintOf(byte[] hash) => Convert.ToHexString(SHA256.HashData(hash));

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
