using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Npgsql;
using TicketTriage.Storage;

namespace TicketTriage.Host.Access;

/// <summary>
/// Sees to it that processes which start at once agree on a key. Guarantee: while one looks and makes a key the others wait for its lock,
/// so that none goes on with a key of its own that the others learn of a day later.
/// </summary>
internal sealed partial class SignInKeysStart(
    IServiceProvider services, IConfiguration configuration, ILogger<SignInKeysStart> logger) : IHostedService
{
    /// <summary>Says that the folder's keys were taken over: what is deleted from the table later doesn't come back from there.</summary>
    private const string TakenOver = "taken-over";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<NpgsqlDataSource>() is not { } database)
        {
            return;
        }

        await using var alone = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await alone.BeginTransactionAsync(cancellationToken);
        await using (var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('tickettriage.sign_in_keys', 0))", alone))
        {
            await wait.ExecuteNonQueryAsync(cancellationToken);
        }

        await TakeOverAsync(new SignInKeys(database), Path.Combine(DataDirectory.Of(configuration), "sign-in"), cancellationToken);
        if (services.GetService<SecretBox>() is { IsUsed: true } box)
        {
            await SealAsync(database, new SealedXml(box), cancellationToken);
        }

        MakeFirst();
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Brings in, once, the keys that the version before kept in a folder: nobody has to sign in anew. The files stay, since processes of
    /// that version may run beside.
    /// </summary>
    private async Task TakeOverAsync(SignInKeys keys, string folder, CancellationToken cancellationToken)
    {
        var mark = Path.Combine(folder, TakenOver);
        if (!Directory.Exists(folder) || File.Exists(mark))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.xml"))
        {
            try
            {
                // Read as a file: it may begin with a mark of its encoding, which is no part of a text.
                await using var content = File.OpenRead(file);
                keys.StoreElement(
                    await XElement.LoadAsync(content, LoadOptions.None, cancellationToken), Path.GetFileNameWithoutExtension(file));
            }
            catch (XmlException e)
            {
                NoKey(file, e.Message);
            }
        }

        await File.WriteAllTextAsync(mark, "The keys are in the table sign_in_keys.\n", cancellationToken);
    }

    /// <summary>Encrypts what was made before there was a key to encrypt with.</summary>
    private static async Task SealAsync(NpgsqlDataSource database, SealedXml box, CancellationToken cancellationToken)
    {
        var plain = new List<(string Name, byte[] Sealed)>();
        await using (var find = database.CreateCommand("select name, key from sign_in_keys"))
        await using (var reader = await find.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var key = SignInKeys.Read(await reader.GetFieldValueAsync<byte[]>(1, cancellationToken));
                if (box.SealWhereOpen(key))
                {
                    plain.Add((reader.GetString(0), SignInKeys.Write(key)));
                }
            }
        }

        foreach (var (name, key) in plain)
        {
            await using var seal = database.CreateCommand("update sign_in_keys set key = $2 where name = $1");
            seal.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
            seal.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = key });
            await seal.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private void MakeFirst()
    {
        // Data Protection goes by the machine's clock, whatever else the service goes by.
        var now = TimeProvider.System.GetUtcNow();
        var manager = services.GetRequiredService<IKeyManager>();
        if (!manager.GetAllKeys().Any(key => !key.IsRevoked && key.ActivationDate <= now && key.ExpirationDate > now && CanBeUsed(key)))
        {
            manager.CreateNewKey(now, now + services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.NewKeyLifetime);
        }
    }

    /// <summary>False for one that was encrypted with a file that isn't at hand: people sign in anew then, with a new key.</summary>
    private static bool CanBeUsed(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (Exception e) when (e is InvalidOperationException or CryptographicException or XmlException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{File} is no key of sign-in cookies and was left where it is: {Reason}")]
    private partial void NoKey(string file, string reason);
}
