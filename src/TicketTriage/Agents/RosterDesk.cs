using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using TicketTriage.Audits;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Agents;

/// <summary>
/// Puts rosters in force, and keeps the last ones, so that somebody can return to one. Guarantee: every roster that is replaced is kept as it
/// was, in the transaction that replaces it, with its rows locked; and whoever says which roster they have seen replaces no other.
/// </summary>
public sealed class RosterDesk(NpgsqlDataSource database)
{
    /// <summary>A roster says who works when: no more of that is kept than somebody returns to.</summary>
    public const int MostKept = 10;

    private const string InForceStatement =
        "select id, name, roster::text from agents where helpdesk = $1 and roster is not null order by id";

    private const string KeepStatement =
        """
        insert into policies (kind, version, body, author, note, valid_from)
        select $1, $2 || to_char(clock_timestamp() at time zone 'utc', '-YYYYMMDDHH24MISSUS'), $3, $4, $5, clock_timestamp()
        """;

    private const string ForgetStatement =
        """
        delete from policies where kind = $1 and version not in (
            select version from policies where kind = $1 order by valid_from desc limit $2)
        """;

    private const string ImportStatement =
        $"""
        with gone as (
            update agents set roster = null, most_units = {AgentBook.WithoutOwnCapacity}, held_units = active_units
            where helpdesk = $1 and roster is not null and not id = any($2)), noted as (
            insert into audit_entries (helpdesk, action, person, subject, details)
            values ($1, '{AuditActions.RosterImported}', audit_person($5), 'roster', json_build_object('agents', cardinality($2))::text))
        insert into agents (helpdesk, id, name, roster, most_units)
        select $1, id, name, roster::jsonb, coalesce((roster::jsonb ->> 'capacity')::int, 1)
        from unnest($2, $3, $4) as line (id, name, roster)
        on conflict (helpdesk, id) do update
        set name = excluded.name, roster = excluded.roster,
            most_units = coalesce((excluded.roster ->> 'capacity')::int, {AgentBook.WithoutOwnCapacity}), held_units = agents.active_units
        """;

    /// <summary>The roster that counts, with what was changed of single agents since it came.</summary>
    public async Task<RosterInForce> FindAsync(string helpdesk, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(InForceStatement);
        command.Parameters.Add(Text(helpdesk));
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Puts a roster in the place of the last one. Agents who aren't on it are known by the helpdesk's word alone.</summary>
    /// <param name="seen">The mark of the roster that it shall replace; <see langword="null"/> for whichever there is.</param>
    /// <param name="by">Who imports it, for the audit.</param>
    /// <returns>False where the roster is another than the one that was seen: nothing was changed.</returns>
    public async Task<bool> ReplaceAsync(
        string helpdesk, IReadOnlyList<RosterLine> roster, string? seen, string by, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Rows that are not there yet can't be locked, and of two imports into an empty book one has to see the other.
        await using (var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('tickettriage.roster.' || $1, 0))", connection))
        {
            wait.Parameters.Add(Text(helpdesk));
            await wait.ExecuteNonQueryAsync(cancellationToken);
        }

        RosterInForce last;
        await using (var look = new NpgsqlCommand($"{InForceStatement} for no key update", connection))
        {
            look.Parameters.Add(Text(helpdesk));
            last = await ReadAsync(look, cancellationToken);
        }

        if (seen is not null && seen != last.Mark)
        {
            return false;
        }

        await KeepAsync(connection, helpdesk, last, by, cancellationToken);
        await using (var import = new NpgsqlCommand(ImportStatement, connection))
        {
            import.Parameters.Add(Text(helpdesk));
            import.Parameters.Add(Column(roster.Select(line => line.Id)));
            import.Parameters.Add(Column(roster.Select(line => line.Name)));
            import.Parameters.Add(Column(roster.Select(line => JsonSerializer.Serialize(line.Entry, AgentJson.Default.AgentEntry))));
            import.Parameters.Add(Text(by));
            await import.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The rosters that were replaced, the latest first.</summary>
    public async Task<IReadOnlyList<KeptRoster>> ListKeptAsync(string helpdesk, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select version, author, valid_from, jsonb_array_length(body) from policies where kind = $1 order by valid_from desc");
        command.Parameters.Add(Text(KindOf(helpdesk)));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var kept = new List<KeptRoster>();
        while (await reader.ReadAsync(cancellationToken))
        {
            kept.Add(new KeptRoster(
                reader.GetString(0), reader.GetString(1), await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken),
                reader.GetInt32(3)));
        }

        return kept;
    }

    /// <returns>The agents of a roster that was replaced; <see langword="null"/> where it isn't kept any more.</returns>
    public async Task<IReadOnlyList<RosterLine>?> FindKeptAsync(string helpdesk, string version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select body::text from policies where kind = $1 and version = $2");
        command.Parameters.Add(Text(KindOf(helpdesk)));
        command.Parameters.Add(Text(version));
        return await command.ExecuteScalarAsync(cancellationToken) is string body
            ? JsonSerializer.Deserialize(body, AgentJson.Default.IReadOnlyListRosterLine)
            : null;
    }

    private static string KindOf(string helpdesk) => $"roster {helpdesk}";

    private static async Task KeepAsync(
        NpgsqlConnection connection, string helpdesk, RosterInForce last, string by, CancellationToken cancellationToken)
    {
        await using (var keep = new NpgsqlCommand(KeepStatement, connection))
        {
            keep.Parameters.Add(Text(KindOf(helpdesk)));
            keep.Parameters.Add(Text(last.Mark));
            keep.Parameters.Add(new NpgsqlParameter
            {
                Value = JsonSerializer.Serialize(last.Agents, AgentJson.Default.IReadOnlyListRosterLine), NpgsqlDbType = NpgsqlDbType.Jsonb,
            });
            keep.Parameters.Add(Text(by));
            keep.Parameters.Add(Text(""));
            await keep.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var forget = new NpgsqlCommand(ForgetStatement, connection);
        forget.Parameters.Add(Text(KindOf(helpdesk)));
        forget.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostKept });
        await forget.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<RosterInForce> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var (lines, text) = (new List<RosterLine>(), new StringBuilder());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (id, name, json) = (reader.GetString(0), reader.GetString(1), reader.GetString(2));
            text.Append(id).Append('\n').Append(name).Append('\n').Append(json).Append('\n');
            lines.Add(new RosterLine(
                lines.Count + 1, id, name, JsonSerializer.Deserialize(json, AgentJson.Default.AgentEntry) ?? new AgentEntry()));
        }

        return new RosterInForce(lines, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12]);
    }

    private static NpgsqlParameter<string[]> Column(IEnumerable<string> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}

/// <summary>What the roster says of each agent of whom it says something, in the order of their ids.</summary>
/// <param name="Mark">Another one once it says something else.</param>
public sealed record RosterInForce(IReadOnlyList<RosterLine> Agents, string Mark)
{
    /// <summary>What would change if that roster took its place.</summary>
    public RosterChanges Against(IReadOnlyList<RosterLine> next)
    {
        var was = Agents.ToDictionary(line => line.Id);
        var stays = next.Select(line => line.Id).ToHashSet(StringComparer.Ordinal);
        var both = next.Where(line => was.ContainsKey(line.Id)).Select(line => (Before: was[line.Id], After: line)).ToList();
        return new RosterChanges(
            [.. next.Where(line => !was.ContainsKey(line.Id))],
            [.. Agents.Where(line => !stays.Contains(line.Id))],
            [.. both.Where(pair => !IsSame(pair.Before, pair.After))],
            both.Count(pair => IsSame(pair.Before, pair.After)));
    }

    private static bool IsSame(RosterLine one, RosterLine other) => one.Name == other.Name && TextOf(one.Entry) == TextOf(other.Entry);

    // Levels come in another order from the database than from a file.
    private static string TextOf(AgentEntry entry) => JsonSerializer.Serialize(
        entry with { Skills = InOrder(entry.Skills), Channels = InOrder(entry.Channels) }, AgentJson.Default.AgentEntry);

    private static SortedDictionary<string, int>? InOrder(IReadOnlyDictionary<string, int>? pairs) =>
        pairs is null ? null : new SortedDictionary<string, int>(pairs.ToDictionary(), StringComparer.Ordinal);
}

/// <summary>Who comes onto a roster, who goes from it, of whom it says something else, and of how many the same.</summary>
public sealed record RosterChanges(
    IReadOnlyList<RosterLine> Comes,
    IReadOnlyList<RosterLine> Goes,
    IReadOnlyList<(RosterLine Before, RosterLine After)> Changes,
    int Unchanged);

/// <summary>A roster that was replaced.</summary>
/// <param name="By">Who replaced it.</param>
/// <param name="At">When it was replaced.</param>
public sealed record KeptRoster(string Version, string By, DateTimeOffset At, int Agents);
