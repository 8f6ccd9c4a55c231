using Npgsql;
using NpgsqlTypes;

namespace TicketTriage.Audits;

/// <summary>
/// Links what was written since the last time into the chain of its helpdesk. Entries are written in the transaction of what they tell of
/// and know no order among each other, so that no two writers wait for one another; the order is made here.
/// Guarantee: however many processes seal at once, each entry gets one place, and each chain has one place after another: sealing holds an
/// advisory lock until its links are committed, and the keys of the table refuse a second place for an entry and a second entry for a place.
/// </summary>
public sealed class AuditSeal(NpgsqlDataSource database)
{
    private const int Batch = 5_000;

    /// <summary>
    /// How far behind the newest link is looked for entries whose transaction ended late. What took longer is found by a whole look.
    /// </summary>
    private const int LateBy = 2_000;

    /// <summary>Any number that nobody else takes for a lock of this database.</summary>
    private const long Lock = 0x5449_434B_4155_4449;

    /// <summary>The last link of each chain: found by one step in the index for each, and not by reading the links.</summary>
    internal const string HeadsStatement =
        """
        with recursive chains as (
            (select helpdesk from audit_links order by helpdesk limit 1)
            union all
            select (select l.helpdesk from audit_links l where l.helpdesk > chains.helpdesk order by l.helpdesk limit 1)
            from chains where chains.helpdesk is not null
        )
        select chains.helpdesk, last.position, last.hash
        from chains cross join lateral (
            select position, hash from audit_links l where l.helpdesk = chains.helpdesk order by position desc limit 1) last
        """;

    private const string OpenStatement =
        $"""
        select {AuditRows.Columns} from audit_entries e
        where e.id > $1 and not exists (select from audit_links l where l.entry = e.id and l.entry > $1)
        order by e.id limit $2
        """;

    /// <summary>Links what is new.</summary>
    /// <param name="everything">Looks at all entries; otherwise only at those that came lately.</param>
    /// <returns>How many entries were linked.</returns>
    public async Task<int> RunAsync(bool everything, CancellationToken cancellationToken)
    {
        var sealedEntries = 0;
        while (await LinkAsync(everything, cancellationToken) is var linked and > 0)
        {
            sealedEntries += linked;
            if (linked < Batch)
            {
                break;
            }
        }

        return sealedEntries;
    }

    /// <param name="waits">False where somebody else is sealing: then what is new is linked by them, or the next time.</param>
    private static async Task<bool> LockAsync(NpgsqlConnection connection, bool waits, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            waits ? $"select true from pg_advisory_xact_lock({Lock})" : $"select pg_try_advisory_xact_lock({Lock})", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task<int> LinkAsync(bool everything, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await LockAsync(connection, waits: everything, cancellationToken))
        {
            return 0;
        }

        var open = await ReadOpenAsync(connection, everything, cancellationToken);
        if (open.Count == 0)
        {
            return 0;
        }

        var heads = (await ReadHeadsAsync(connection, cancellationToken)).ToDictionary(head => head.Helpdesk);
        var links = new List<(AuditEntry Entry, long Position, byte[] Hash)>(open.Count);
        foreach (var entry in open)
        {
            var head = heads.GetValueOrDefault(entry.Helpdesk) ?? new AuditHead(entry.Helpdesk, 0, AuditEntry.BeginningOf(entry.Helpdesk));
            var position = head.Position + 1;
            var hash = entry.Hash(head.Hash, position);
            links.Add((entry, position, hash));
            heads[entry.Helpdesk] = new AuditHead(entry.Helpdesk, position, hash);
        }

        await using var write = new NpgsqlCommand(
            "insert into audit_links (helpdesk, position, entry, hash) select * from unnest($1, $2, $3, $4)", connection);
        write.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. links.Select(link => link.Entry.Helpdesk)] });
        write.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. links.Select(link => link.Position)] });
        write.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. links.Select(link => link.Entry.Id)] });
        write.Parameters.Add(new NpgsqlParameter
        {
            Value = links.Select(link => link.Hash).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        await write.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return links.Count;
    }

    internal static async Task<IReadOnlyList<AuditHead>> ReadHeadsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(HeadsStatement, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var heads = new List<AuditHead>();
        while (await reader.ReadAsync(cancellationToken))
        {
            heads.Add(new AuditHead(
                reader.GetString(0), reader.GetInt64(1), await reader.GetFieldValueAsync<byte[]>(2, cancellationToken)));
        }

        return heads;
    }

    private static async Task<IReadOnlyList<AuditEntry>> ReadOpenAsync(
        NpgsqlConnection connection, bool everything, CancellationToken cancellationToken)
    {
        var from = 0L;
        if (!everything)
        {
            await using var newest = new NpgsqlCommand("select coalesce(max(entry), 0) from audit_links", connection);
            from = (await newest.ExecuteScalarAsync(cancellationToken) as long? ?? 0) - LateBy;
        }

        await using var command = new NpgsqlCommand(OpenStatement, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var open = new List<AuditEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            open.Add(AuditRows.Read(reader, first: 0));
        }

        return open;
    }
}

/// <summary>Where a chain ends.</summary>
/// <param name="Helpdesk">Empty for the chain of what concerns no single helpdesk.</param>
public sealed record AuditHead(string Helpdesk, long Position, byte[] Hash);
