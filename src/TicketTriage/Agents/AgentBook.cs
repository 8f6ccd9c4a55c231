using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using TicketTriage.Audits;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Agents;

/// <summary>Keeps who the agents are: what the helpdesk says of each, and over it what a roster says.</summary>
public sealed class AgentBook(NpgsqlDataSource database)
{
    private const string Mark = "md5(coalesce(roster::text, ''))";

    /// <summary>
    /// How much an agent may have once the roster says nothing of it: the helpdesk's number is not the roster's old one, and is asked
    /// within a minute.
    /// </summary>
    internal const string WithoutOwnCapacity = "case when agents.roster ? 'capacity' then 1 else agents.most_units end";

    /// <summary>
    /// Keeps what the helpdesk says of its agents. Who isn't among them any more was deleted there, and is given nothing.
    /// </summary>
    /// <param name="known">All agents who are active there.</param>
    /// <returns>The ids of those who are gone since the last time.</returns>
    public async Task<IReadOnlyList<string>> KeepKnownAsync(
        string helpdesk, IReadOnlyList<(string Id, string Name, AgentEntry Entry)> known, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into agents (helpdesk, id, name, known)
            select $1, id, name, known::jsonb from unnest($2, $3, $4) as line (id, name, known)
            on conflict (helpdesk, id) do update
            set name = case when agents.roster is null then excluded.name else agents.name end, known = excluded.known, is_active = true
            """);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(Column(known.Select(agent => agent.Id)));
        command.Parameters.Add(Column(known.Select(agent => agent.Name)));
        command.Parameters.Add(Column(known.Select(agent => JsonSerializer.Serialize(agent.Entry, AgentJson.Default.AgentEntry))));
        await command.ExecuteNonQueryAsync(cancellationToken);

        await using var remove = database.CreateCommand(
            "update agents set is_active = false, is_available = false where helpdesk = $1 and is_active and not id = any($2) returning id");
        remove.Parameters.Add(Text(helpdesk));
        remove.Parameters.Add(Column(known.Select(agent => agent.Id)));
        await using var reader = await remove.ExecuteReaderAsync(cancellationToken);
        var gone = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            gone.Add(reader.GetString(0));
        }

        return gone;
    }

    /// <summary>The ids of those of whom the roster says something.</summary>
    public async Task<IReadOnlySet<string>> ListOnRosterAsync(string helpdesk, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select id from agents where helpdesk = $1 and roster is not null");
        command.Parameters.Add(Text(helpdesk));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    /// <summary>All agents who are active, in the order of their ids.</summary>
    /// <exception cref="FormatException">What is kept of one can't be read.</exception>
    public async Task<IReadOnlyList<AgentAtWork>> ListAsync(string helpdesk, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select id, name, known::text, roster::text, is_available, active_units, most_units
            from agents where helpdesk = $1 and is_active order by id
            """);
        command.Parameters.Add(Text(helpdesk));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var agents = new List<AgentAtWork>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var entry = (Entry(reader[3] as string) ?? new AgentEntry()).Over(Entry(reader[2] as string));
            var mostUnits = reader.GetInt32(6);
            var agent = entry.ToAgent(reader.GetString(0), reader.GetString(1)) with { MostUnits = mostUnits };
            agents.Add(new AgentAtWork(agent, reader.GetBoolean(4), reader.GetInt32(5), entry.Capacity is not null));
        }

        return agents;
    }

    /// <summary>Changes whenever the list does, to tell pages that there is something to see.</summary>
    public async Task<string> MarkAsync(string helpdesk, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select md5(string_agg(concat_ws('|', id, name, known, roster, is_available, active_units, most_units), ';' order by id))
            from agents where helpdesk = $1 and is_active
            """);
        command.Parameters.Add(Text(helpdesk));
        return await command.ExecuteScalarAsync(cancellationToken) as string ?? "";
    }

    /// <returns>What roster and helpdesk say of one agent; <see langword="null"/> where nobody active has this id.</returns>
    public async Task<AgentSheet?> FindAsync(string helpdesk, string id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select name, roster::text, known::text, {Mark} from agents where helpdesk = $1 and id = $2 and is_active");
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(Text(id));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new AgentSheet(
                id, reader.GetString(0), Entry(reader[1] as string) ?? new AgentEntry(), Entry(reader[2] as string) ?? new AgentEntry(),
                reader.GetString(3))
            : null;
    }

    /// <summary>Changes what the roster says of one agent.</summary>
    /// <param name="mark">Of the sheet that the change was made to.</param>
    /// <param name="by">Who changes it, for the audit.</param>
    /// <returns>False where the roster says something else by now, or the agent is gone: nothing was changed.</returns>
    public async Task<bool> ChangeAsync(
        string helpdesk, string id, AgentEntry roster, string mark, string by, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            with changed as (
                update agents
                set roster = $3, most_units = coalesce(($3 ->> 'capacity')::int, {WithoutOwnCapacity}), held_units = active_units
                where helpdesk = $1 and id = $2 and is_active and {Mark} = $4
                returning id), noted as (
                insert into audit_entries (helpdesk, action, person, subject, details)
                select $1, '{AuditActions.AgentChanged}', audit_person($5), 'agent ' || id, json_build_object()::text from changed)
            select count(*) from changed
            """);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(Text(id));
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = JsonSerializer.Serialize(roster, AgentJson.Default.AgentEntry), NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        command.Parameters.Add(Text(mark));
        command.Parameters.Add(Text(by));
        return await command.ExecuteScalarAsync(cancellationToken) is > 0L;
    }

    private static AgentEntry? Entry(string? json) => json is null ? null : JsonSerializer.Deserialize(json, AgentJson.Default.AgentEntry);

    private static NpgsqlParameter<string[]> Column(IEnumerable<string> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}

/// <summary>An agent as the book has him now.</summary>
/// <param name="IsAvailable">At work and accepting, as of the last refresh.</param>
/// <param name="ActiveUnits">What the agent has.</param>
/// <param name="HasOwnCapacity">The roster says how much the agent may have; the helpdesk's word doesn't count then.</param>
public sealed record AgentAtWork(Agent Agent, bool IsAvailable, int ActiveUnits, bool HasOwnCapacity);

/// <summary>What is said of one agent, each source by itself.</summary>
/// <param name="Roster">Comes before what the helpdesk knows.</param>
/// <param name="Mark">Another one once the roster says something else.</param>
public sealed record AgentSheet(string Id, string Name, AgentEntry Roster, AgentEntry Known, string Mark);
