using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace TicketTriage.Audits;

/// <summary>Finds whatever in the audit was changed, removed, swapped or cut off, and names it.</summary>
public sealed class AuditCheck(NpgsqlDataSource database, AuditSeal seal)
{
    /// <param name="helpdesk">Only this one's chain; <see langword="null"/> for all.</param>
    /// <param name="exported">Heads that were exported earlier: what tells that a chain's end is missing.</param>
    public async Task<AuditReport> RunAsync(
        string? helpdesk, IReadOnlyList<ExportedHead> exported, CancellationToken cancellationToken)
    {
        await seal.RunAsync(everything: true, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var chains = (await AuditSeal.ReadHeadsAsync(connection, cancellationToken)).Select(head => head.Helpdesk)
            .Union(exported.Select(head => head.Helpdesk)).Where(chain => helpdesk is null || chain == helpdesk)
            .Order(StringComparer.Ordinal).ToList();
        var (faults, entries) = (new List<AuditFault>(), 0L);
        var oldBefore = await FindOldAsync(connection, cancellationToken);
        foreach (var chain in chains)
        {
            var heads = exported.Where(head => head.Helpdesk == chain).ToList();
            var walk = new ChainWalk(chain, await FindBeginningsAsync(connection, chain, cancellationToken), heads, oldBefore);
            await WalkAsync(connection, chain, walk, heads.ToLookup(head => head.Position), faults, cancellationToken);
            entries += walk.Lines;
        }

        await FindNamesAsync(connection, faults, cancellationToken);
        return new AuditReport(chains.Count, entries, faults);
    }

    private static async Task WalkAsync(
        NpgsqlConnection connection,
        string chain,
        ChainWalk walk,
        ILookup<long, ExportedHead> heads,
        List<AuditFault> faults,
        CancellationToken cancellationToken)
    {
        var rewritten = new List<AuditFault>();
        await using var command = new NpgsqlCommand(
            $"""
            select l.position, l.entry, l.hash, {AuditRows.Columns}
            from audit_links l left join audit_entries e on e.id = l.entry
            where l.helpdesk = $1 order by l.position
            """, connection)
        {
            CommandTimeout = 0,
        };
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = chain });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var position = reader.GetInt64(0);
            var hash = await reader.GetFieldValueAsync<byte[]>(2, cancellationToken);
            var isThere = !await reader.IsDBNullAsync(3, cancellationToken);
            walk.Step(position, reader.GetInt64(1), hash, isThere ? AuditRows.Read(reader, first: 3) : null);
            rewritten.AddRange(heads[position].Where(head => !head.Hash.AsSpan().SequenceEqual(hash)).Select(head => new AuditFault(
                chain, position, AuditFaultKind.Rewritten, $"Position {position} is not what was exported on {head.At:yyyy-MM-dd}.")));
        }

        var found = walk.End();
        faults.AddRange(found);
        faults.AddRange(rewritten.Where(fault => found.All(other => other.Position != fault.Position)));
        if (heads.Where(at => at.Key > walk.Length).SelectMany(at => at).MaxBy(head => head.Position) is { } cut)
        {
            faults.Add(new AuditFault(
                chain,
                walk.Length + 1,
                AuditFaultKind.Truncated,
                $"Positions {walk.Length + 1} to {cut.Position} are gone: the head of {cut.At:yyyy-MM-dd} was at {cut.Position}."));
        }
    }

    /// <summary>By the clock that the database itself lets lines go by.</summary>
    private static async Task<DateTimeOffset> FindOldAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select now() - interval '1 year'", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken);
    }

    /// <summary>The places where a chain was said to begin when its oldest lines were removed.</summary>
    private static async Task<ILookup<long, ChainBeginning>> FindBeginningsAsync(
        NpgsqlConnection connection, string chain, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select details from audit_entries where action = '{AuditActions.Pruned}' and helpdesk = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = chain });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var beginnings = new List<ChainBeginning>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (ChainBeginning.Find(chain, reader.GetString(0)) is { } beginning)
            {
                beginnings.Add(beginning);
            }
        }

        return beginnings.ToLookup(beginning => beginning.Position);
    }

    private static async Task FindNamesAsync(NpgsqlConnection connection, List<AuditFault> faults, CancellationToken cancellationToken)
    {
        await using (var people = new NpgsqlCommand("select id, salt, name from audit_people", connection))
        await using (var reader = await people.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var id = await reader.GetFieldValueAsync<byte[]>(0, cancellationToken);
                var salt = await reader.GetFieldValueAsync<byte[]>(1, cancellationToken);
                if (!SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(reader.GetString(2))]).AsSpan().SequenceEqual(id))
                {
                    faults.Add(new AuditFault(
                        "",
                        null,
                        AuditFaultKind.NameChanged,
                        $"The name of person {Short(id)} in audit_people is not the one they acted under."));
                }
            }
        }

        await using var nameless = new NpgsqlCommand(
            $"""
            select e.person, min(e.id) from audit_entries e
            where e.person is not null and not exists (select from audit_people p where p.id = e.person)
              and not exists (
                  select from audit_entries o where o.action = '{AuditActions.PersonErased}'
                  and strpos(o.details, encode(e.person, 'hex')) > 0)
            group by e.person
            """, connection);
        await using var gone = await nameless.ExecuteReaderAsync(cancellationToken);
        while (await gone.ReadAsync(cancellationToken))
        {
            var id = await gone.GetFieldValueAsync<byte[]>(0, cancellationToken);
            faults.Add(new AuditFault(
                "",
                null,
                AuditFaultKind.NameRemoved,
                $"Person {Short(id)} of entry {gone.GetInt64(1)} has no name in audit_people, and no erasure says why."));
        }
    }

    // Whoever changes a key may also shorten it.
    private static string Short(byte[] id) => id.Length == 0 ? "(none)" : Convert.ToHexStringLower(id.AsSpan(0, Math.Min(6, id.Length)));
}

/// <summary>What a check found.</summary>
/// <param name="Chains">How many chains were walked.</param>
/// <param name="Entries">How many positions they have.</param>
/// <param name="Faults">Empty where everything is as it was written.</param>
public sealed record AuditReport(int Chains, long Entries, IReadOnlyList<AuditFault> Faults);
