using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;

namespace TicketTriage.Storage;

/// <summary>Secrets that all processes share, each made by whoever needs it first.</summary>
public sealed class SigningKeys(NpgsqlDataSource database, SecretBox box)
{
    private const int Bytes = 32;

    private readonly ConcurrentDictionary<string, byte[]> known = new(StringComparer.Ordinal);

    /// <param name="name">What is signed with it: <c>acknowledge</c>. A link of one kind is worth nothing as another.</param>
    /// <exception cref="InvalidOperationException">It was encrypted with a key that isn't at hand.</exception>
    public async Task<byte[]> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(name, out var key))
        {
            return key;
        }

        // Whoever comes first makes it; the others find it.
        await using var make = database.CreateCommand("insert into signing_keys (name, key) values ($1, $2) on conflict do nothing");
        make.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        make.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = box.Seal(RandomNumberGenerator.GetBytes(Bytes), name) });
        await make.ExecuteNonQueryAsync(cancellationToken);
        await using var find = database.CreateCommand("select key from signing_keys where name = $1");
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        var stored = await find.ExecuteScalarAsync(cancellationToken) as byte[]
            ?? throw new InvalidOperationException($"The key {name} is missing from the table signing_keys.");
        if (box.IsUsed && !SecretBox.IsSealed(stored))
        {
            await SealAsync(name, stored, cancellationToken);
        }

        return known.GetOrAdd(name, box.Open(stored, name));
    }

    /// <summary>Looks whether all that were made can be opened, and changes nothing.</summary>
    /// <returns>A sentence for each that can't.</returns>
    public async Task<IReadOnlyList<string>> ListFaultsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select name, key from signing_keys order by name");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var faults = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            try
            {
                box.Open(await reader.GetFieldValueAsync<byte[]>(1, cancellationToken), reader.GetString(0));
            }
            catch (InvalidOperationException e)
            {
                faults.Add(e.Message);
            }
        }

        return faults;
    }

    // Made before there was a key to encrypt with. Links that were sent stay good.
    private async Task SealAsync(string name, byte[] plain, CancellationToken cancellationToken)
    {
        await using var seal = database.CreateCommand("update signing_keys set key = $2 where name = $1 and key = $3");
        seal.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        seal.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = box.Seal(plain, name) });
        seal.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = plain });
        await seal.ExecuteNonQueryAsync(cancellationToken);
    }
}
