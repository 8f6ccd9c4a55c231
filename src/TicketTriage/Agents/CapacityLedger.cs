using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Agents;

/// <summary>
/// Keeps how much each agent has. Guarantees: an agent is never given more than allowed, however many claim at once, because the one
/// statement that takes units asks for room as it takes them, and a check of the table stands behind it; a ticket has one agent at most;
/// what an agent has is the sum of what was given and not given back, until the helpdesk's own count corrects it.
/// </summary>
public sealed class CapacityLedger(NpgsqlDataSource database)
{
    /// <summary>Gives a waiting ticket to an agent. It takes the units that its channel weighs with the agent at this moment.</summary>
    /// <param name="because">Why it is this agent, a sentence each; kept with the choice once it is confirmed.</param>
    /// <returns>False where the agent has no room (any more), is away, was refused for it, or the ticket doesn't wait (any more).</returns>
    public async Task<bool> ClaimAsync(
        string helpdesk, string number, string agentId, IReadOnlyList<string> because, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var take = new NpgsqlCommand(
            """
            update assignments s
            set agent_id = a.id, claimed_at = now(), assigned_at = null, chosen_because = $4,
                units = coalesce((coalesce(a.roster -> 'channels', a.known -> 'channels') ->> s.channel)::int, 1)
            from agents a
            where s.helpdesk = $1 and s.number = $2 and s.agent_id is null and not ($3 = any(s.not_again))
              and a.helpdesk = s.helpdesk and a.id = $3
            returning s.units
            """,
            connection,
            transaction)
        {
            Parameters =
            {
                Text(helpdesk), Text(number), Text(agentId),
                new NpgsqlParameter
                {
                    Value = JsonSerializer.Serialize(because, AgentJson.Default.IReadOnlyListString), NpgsqlDbType = NpgsqlDbType.Jsonb,
                },
            },
        };
        if (await take.ExecuteScalarAsync(cancellationToken) is not int units)
        {
            return false;
        }

        await using var claim = new NpgsqlCommand(
            """
            update agents set active_units = active_units + $3
            where helpdesk = $1 and id = $2 and is_active and is_available and active_units + $3 <= most_units
            """,
            connection,
            transaction)
        {
            Parameters = { Text(helpdesk), Text(agentId), Number(units) },
        };
        if (await claim.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>
    /// The helpdesk has it: from now on it is the agent's, whatever becomes of this process. That, and why, is kept in the same statement.
    /// </summary>
    public async Task ConfirmAsync(string helpdesk, string number, string agentId, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            with confirmed as (
                update assignments set assigned_at = now()
                where helpdesk = $1 and number = $2 and agent_id = $3 and assigned_at is null
                returning helpdesk, number, agent_id, requester_id, expected_minutes, chosen_because)
            insert into agent_choices (helpdesk, number, agent_id, requester_id, expected_minutes, reasons)
            select * from confirmed
            """,
            Text(helpdesk), Text(number), Text(agentId));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gives back what an agent had by a ticket, which waits again.</summary>
    /// <returns>False where nobody had it.</returns>
    public Task<bool> ReturnAsync(string helpdesk, string number, CancellationToken cancellationToken) =>
        ReturnOfAsync(helpdesk, number, agentId: null, cancellationToken);

    /// <summary>The same where this agent still has it: somebody else may have given it to another meanwhile.</summary>
    /// <param name="agentId"><see langword="null"/> for whoever has it.</param>
    public Task<bool> ReturnOfAsync(string helpdesk, string number, string? agentId, CancellationToken cancellationToken) => GiveBackAsync(
        """
        with held as (
            select agent_id, units from assignments
            where helpdesk = $1 and number = $2 and agent_id is not null and ($3::text is null or agent_id = $3) for update),
        returned as (
            update assignments
            set agent_id = null, claimed_at = null, assigned_at = null,
                last_agent_id = case when assignments.assigned_at is null then last_agent_id else assignments.agent_id end
            from held where assignments.helpdesk = $1 and assignments.number = $2
            returning held.agent_id, held.units)
        update agents set active_units = greatest(active_units - returned.units, 0)
        from returned where agents.helpdesk = $1 and agents.id = returned.agent_id
        """,
        cancellationToken,
        Text(helpdesk), Text(number), Text(agentId));

    /// <summary>
    /// Gives back what an agent had by a ticket that the helpdesk would not give them. It waits again, and not for them.
    /// </summary>
    /// <param name="reason">One sentence, for the next decision on it.</param>
    /// <returns>False where the agent doesn't have it.</returns>
    public Task<bool> RefuseAsync(
        string helpdesk, string number, string agentId, string reason, CancellationToken cancellationToken) => GiveBackAsync(
        """
        with returned as (
            update assignments
            set agent_id = null, claimed_at = null, assigned_at = null, not_again = array_append(not_again, $3),
                reasons = reasons || to_jsonb($4::text)
            where helpdesk = $1 and number = $2 and agent_id = $3
            returning units)
        update agents set active_units = greatest(active_units - returned.units, 0)
        from returned where agents.helpdesk = $1 and agents.id = $3
        """,
        cancellationToken,
        Text(helpdesk), Text(number), Text(agentId), Text(reason));

    /// <summary>Ends a ticket's stay: solved, given to somebody by hand, or gone.</summary>
    /// <returns>False where nobody had it.</returns>
    public Task<bool> EndAsync(string helpdesk, string number, CancellationToken cancellationToken) =>
        EndOfAsync(helpdesk, number, agentId: null, cancellationToken);

    /// <summary>The same where this agent still has it: somebody else may have given it to another meanwhile.</summary>
    /// <param name="agentId"><see langword="null"/> for whoever has it, or nobody.</param>
    public Task<bool> EndOfAsync(string helpdesk, string number, string? agentId, CancellationToken cancellationToken) => GiveBackAsync(
        """
        with ended as (
            delete from assignments where helpdesk = $1 and number = $2 and ($3::text is null or agent_id = $3)
            returning agent_id, units)
        update agents set active_units = greatest(active_units - ended.units, 0)
        from ended where agents.helpdesk = $1 and agents.id = ended.agent_id
        """,
        cancellationToken,
        Text(helpdesk), Text(number), Text(agentId));

    /// <summary>
    /// What was promised and never confirmed, each with the agent: a process died between the two, or an answer was lost.
    /// </summary>
    /// <param name="before">Claims from before this moment.</param>
    public Task<IReadOnlyList<(string Number, string AgentId)>> ListForgottenAsync(
        string helpdesk, DateTimeOffset before, CancellationToken cancellationToken) => ListHeldAsync(
        """
        select number, agent_id from assignments
        where helpdesk = $1 and agent_id is not null and assigned_at is null and claimed_at < $2
        order by number
        """,
        cancellationToken,
        Text(helpdesk), Moment(before));

    /// <summary>The tickets that agents have in the helpdesk who are away or gone, each with the agent.</summary>
    public Task<IReadOnlyList<(string Number, string AgentId)>> ListOfAbsentAsync(
        string helpdesk, CancellationToken cancellationToken) => ListHeldAsync(
        """
        select assignments.number, assignments.agent_id
        from assignments join agents on agents.helpdesk = assignments.helpdesk and agents.id = assignments.agent_id
        where assignments.helpdesk = $1 and assigned_at is not null and not (agents.is_active and agents.is_available)
        order by assignments.number
        """,
        cancellationToken,
        Text(helpdesk));

    /// <summary>The ids of those who are there as far as is known, and have tickets by this service's doing.</summary>
    public async Task<IReadOnlyList<string>> ListAtWorkAsync(string helpdesk, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            select id from agents
            where helpdesk = $1 and is_active and is_available and exists (
                select 1 from assignments
                where assignments.helpdesk = agents.helpdesk and agent_id = agents.id and assigned_at is not null)
            """,
            Text(helpdesk));
        return await ReadIdsAsync(command, cancellationToken);
    }

    /// <summary>Takes note that agents have gone away; from now on nothing is given to them.</summary>
    /// <returns>The ids of those who were there until now.</returns>
    public async Task<IReadOnlyList<string>> NoteAwayAsync(
        string helpdesk, IEnumerable<string> agentIds, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "update agents set is_available = false where helpdesk = $1 and id = any($2) and is_available returning id",
            Text(helpdesk), new NpgsqlParameter { Value = agentIds.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return await ReadIdsAsync(command, cancellationToken);
    }

    /// <summary>Begins a look for those who have gone away: in one of all processes, and not before the last look is old enough.</summary>
    /// <param name="now">By the clock of the caller. A look that seems to lie ahead was another clock's, and counts for none.</param>
    /// <returns>False where somebody else has looked, or looks now.</returns>
    public async Task<bool> BeginLookAsync(string helpdesk, DateTimeOffset now, TimeSpan apart, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            insert into absence_looks (helpdesk, began_at) values ($1, $2)
            on conflict (helpdesk) do update set began_at = excluded.began_at
            where absence_looks.began_at <= $2 - $3 or absence_looks.began_at > $2 + $3
            """,
            Text(helpdesk), Moment(now), new NpgsqlParameter { Value = apart, NpgsqlDbType = NpgsqlDbType.Interval });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>
    /// Who has a ticket, and whether the helpdesk knows; <see langword="null"/> where it neither waits nor is with anybody.
    /// </summary>
    public async Task<HeldTicket?> FindAsync(string helpdesk, string number, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            select agent_id, last_agent_id, assigned_at is not null, group_name, reasons::text
            from assignments where helpdesk = $1 and number = $2
            """,
            Text(helpdesk), Text(number));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new HeldTicket(reader[0] as string, reader[1] as string, reader.GetBoolean(2), reader.GetString(3))
            {
                Refusals = JsonSerializer.Deserialize(reader.GetString(4), AgentJson.Default.IReadOnlyListString) ?? [],
            }
            : null;
    }

    /// <summary>Changes how much an agent may have. What they have already stays theirs.</summary>
    public async Task SetLimitAsync(string helpdesk, string agentId, int mostUnits, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "update agents set most_units = $3, held_units = active_units where helpdesk = $1 and id = $2",
            Text(helpdesk), Text(agentId), Number(mostUnits));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Puts the helpdesk's count in the place of ours: people give and take tickets by hand. What was given after the count began is added,
    /// because the count can't have seen it. What was given shortly before may be in the count or not: it stays the agent's, and counts
    /// for no ticket that somebody gave by hand.
    /// </summary>
    /// <param name="openTickets">That the agent has in the helpdesk.</param>
    /// <param name="countBegan">By the database's clock: <see cref="AskTimeAsync"/>.</param>
    /// <param name="countLag">How much later than a ticket is given the count knows of it at the latest; zero where at once.</param>
    public async Task CorrectAsync(
        string helpdesk,
        string agentId,
        bool isAvailable,
        int openTickets,
        DateTimeOffset countBegan,
        TimeSpan countLag,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // A claim under way is either over once the row is ours, and seen below, or adds to what stands here afterwards. No stronger lock:
        // it would wait for claims that only point to the agent so far, and they for it.
        await using var hold = new NpgsqlCommand("select 1 from agents where helpdesk = $1 and id = $2 for no key update", connection, transaction)
        {
            Parameters = { Text(helpdesk), Text(agentId) },
        };
        await hold.ExecuteNonQueryAsync(cancellationToken);
        await using var correct = new NpgsqlCommand(
            """
            with own as (
                select coalesce(sum(units) filter (where assigned_at is null or assigned_at >= $6), 0)::int as later,
                       count(*) filter (where assigned_at >= $6 and assigned_at < $5)::int as perhaps_seen,
                       count(*) filter (where assigned_at < $6)::int as seen,
                       coalesce(sum(units) filter (where assigned_at < $6), 0)::int as seen_units
                from assignments where helpdesk = $1 and agent_id = $2),
            counted as (
                -- The helpdesk counts tickets. Ours weigh what they took; what people gave by hand weighs one each.
                select later + greatest($4 - seen - perhaps_seen, 0)
                    + case when seen = 0 then 0 else ceil(seen_units::numeric * least($4, seen) / seen)::int end as units
                from own)
            update agents
            set is_available = $3 and is_active, active_units = counted.units, held_units = counted.units, refreshed_at = now()
            from counted where helpdesk = $1 and id = $2
            """,
            connection,
            transaction)
        {
            Parameters =
            {
                Text(helpdesk), Text(agentId), new NpgsqlParameter<bool> { TypedValue = isAvailable }, Number(openTickets),
                Moment(countBegan), Moment(countBegan - countLag),
            },
        };
        await correct.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The database's clock, by which claims are dated.</summary>
    public async Task<DateTimeOffset> AskTimeAsync(CancellationToken cancellationToken)
    {
        await using var command = Command("select now()");
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime now
            ? new DateTimeOffset(now, TimeSpan.Zero)
            : throw new InvalidOperationException("The database did not say what time it is.");
    }

    private async Task<IReadOnlyList<(string Number, string AgentId)>> ListHeldAsync(
        string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var held = new List<(string, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            held.Add((reader.GetString(0), reader.GetString(1)));
        }

        return held;
    }

    private static async Task<IReadOnlyList<string>> ReadIdsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    private async Task<bool> GiveBackAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private NpgsqlCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static NpgsqlParameter<int> Number(int value) => new() { TypedValue = value };
}

/// <summary>A ticket that this service gives to agents.</summary>
/// <param name="AgentId">Who has it; <see langword="null"/> while it waits.</param>
/// <param name="LastAgentId">Who had it by this service's doing before it waited again.</param>
/// <param name="IsConfirmed">The helpdesk has it so.</param>
/// <param name="Group">The name of the group by which the agent is chosen.</param>
public sealed record HeldTicket(string? AgentId, string? LastAgentId, bool IsConfirmed, string Group)
{
    /// <summary>Why the helpdesk did not take agents for it, a sentence each, the oldest first.</summary>
    public IReadOnlyList<string> Refusals { get; init; } = [];
}
