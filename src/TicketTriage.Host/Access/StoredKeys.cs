using System.Security.Cryptography;
using Npgsql;
using TicketTriage.Audits;

namespace TicketTriage.Host.Access;

/// <summary>
/// Keys that an admin has made on a page: shown once, kept as a hash. All processes know a new one within seconds. One that was withdrawn,
/// or has another role, opens nothing from the next request on, in whichever process: what seems to fit is asked for anew.
/// </summary>
/// <param name="database"><see langword="null"/> where there is none, and no stored keys.</param>
internal sealed class StoredKeys(NpgsqlDataSource? database, TimeProvider clock) : IDisposable
{
    private const int KeyBytes = 32;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim oneAtATime = new(1);
    private IReadOnlyList<StoredKey> known = [];
    private DateTimeOffset lookedAt = DateTimeOffset.MinValue;

    /// <summary>Those that count, by name.</summary>
    public async Task<IReadOnlyList<StoredKey>> ListAsync(CancellationToken cancellationToken)
    {
        if (database is null || clock.GetUtcNow() - lookedAt < LookEvery)
        {
            return known;
        }

        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (clock.GetUtcNow() - lookedAt >= LookEvery)
            {
                known = await ReadAsync(database, cancellationToken);
                lookedAt = clock.GetUtcNow();
            }

            return known;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public async Task<KeyHolder?> FindAsync(string presented, CancellationToken cancellationToken)
    {
        var hash = KeyRing.Hash(presented);
        KeyHolder? found = null;
        foreach (var key in await ListAsync(cancellationToken))
        {
            if (CryptographicOperations.FixedTimeEquals(key.Hash, hash))
            {
                found = key.Holder;
            }
        }

        return found is not null && await KnowsAsync(found, cancellationToken) ? found : null;
    }

    /// <summary>Asks the database each time: what is remembered here may be withdrawn elsewhere.</summary>
    public async Task<bool> KnowsAsync(KeyHolder holder, CancellationToken cancellationToken)
    {
        if (database is null)
        {
            return false;
        }

        await using var command = database.CreateCommand("select hash from api_keys where name = $1 and role = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = holder.Name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = holder.Role });
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] hash && KeyRing.PrintOf(hash) == holder.Print;
    }

    /// <returns>The key itself, this once; <see langword="null"/> where the name is taken.</returns>
    public async Task<string?> MakeAsync(string name, string role, string by, CancellationToken cancellationToken)
    {
        if (database is null)
        {
            return null;
        }

        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        await using var command = database.CreateCommand(
            "insert into api_keys (name, role, hash, made_by) values ($1, $2, $3, $4) on conflict do nothing");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = role });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = KeyRing.Hash(key) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        var isNew = await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        lookedAt = DateTimeOffset.MinValue;
        return isNew ? key : null;
    }

    /// <param name="by">Who withdraws it, for the audit.</param>
    public async Task WithdrawAsync(string name, string by, CancellationToken cancellationToken)
    {
        if (database is null)
        {
            return;
        }

        await using var command = database.CreateCommand($"delete from api_keys where name = $1 and {AuditLedger.By("$2")}");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        await command.ExecuteNonQueryAsync(cancellationToken);
        lookedAt = DateTimeOffset.MinValue;
    }

    public void Dispose() => oneAtATime.Dispose();

    private static async Task<IReadOnlyList<StoredKey>> ReadAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select name, role, hash, made_by, made_at from api_keys order by name");
        var keys = new List<StoredKey>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var hash = await reader.GetFieldValueAsync<byte[]>(2, cancellationToken);
            keys.Add(new StoredKey(
                new KeyHolder(reader.GetString(0), reader.GetString(1), KeyRing.PrintOf(hash)),
                hash,
                reader.GetString(3),
                await reader.GetFieldValueAsync<DateTimeOffset>(4, cancellationToken)));
        }

        return keys;
    }
}

internal sealed record StoredKey(KeyHolder Holder, byte[] Hash, string MadeBy, DateTimeOffset MadeAt);
