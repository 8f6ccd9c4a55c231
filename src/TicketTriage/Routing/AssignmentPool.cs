using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;
using TicketTriage.Helpdesks;
using TicketTriage.Routing.Matching;
using static TicketTriage.Storage.SqlValues;

namespace TicketTriage.Routing;

/// <summary>
/// The tickets of a helpdesk that wait for an agent: late binding means that they are bound when somebody is free, not before.
/// </summary>
public sealed class AssignmentPool(NpgsqlDataSource database)
{
    /// <summary>Puts a ticket into the pool, or changes what is known of it there. Whoever has it keeps it.</summary>
    /// <param name="requesterId">The helpdesk's id of who asked; <see langword="null"/> where it doesn't say.</param>
    /// <param name="dueAt">When it is due; <see langword="null"/> where nothing is promised.</param>
    public async Task PutAsync(
        string helpdesk, string number, PoolTicket ticket, string? requesterId, DateTimeOffset? dueAt, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into assignments (helpdesk, number, units, group_name, priority, demand, expected_minutes, requester_id, due_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (helpdesk, number) do update
            set group_name = excluded.group_name, priority = excluded.priority, demand = excluded.demand,
                expected_minutes = excluded.expected_minutes, due_at = excluded.due_at
            """);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(Text(number));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ticket.Units });
        command.Parameters.Add(Text(ticket.Demand.Group ?? ""));
        command.Parameters.Add(Text(ticket.Priority.ToString().ToLowerInvariant()));
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = JsonSerializer.Serialize(ticket.Demand, PoolJson.Default.TicketDemand),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        command.Parameters.Add(new NpgsqlParameter<float> { TypedValue = (float)ticket.ExpectedMinutes });
        command.Parameters.Add(Text(requesterId));
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = (object?)dueAt?.ToUniversalTime() ?? DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.TimestampTz,
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What waits, the most pressing first where there is more than <paramref name="most"/>.</summary>
    /// <param name="now">From which the time left is counted.</param>
    public async Task<IReadOnlyList<PoolTicket>> ListWaitingAsync(
        string helpdesk, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select a.number, a.demand::text, a.priority, a.due_at, a.waiting_since, a.expected_minutes, a.units,
                   (select b.agent_id from assignments b
                    where b.helpdesk = a.helpdesk and b.requester_id = a.requester_id and b.assigned_at is not null and b.number <> a.number
                    order by b.assigned_at desc limit 1)
            from assignments a where a.helpdesk = $1 and a.agent_id is null
            order by a.due_at nulls last, a.number limit $2
            """);
        command.Parameters.Add(Text(helpdesk));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var waiting = new List<PoolTicket>();
        while (await reader.ReadAsync(cancellationToken))
        {
            DateTimeOffset? due = await reader.IsDBNullAsync(3, cancellationToken)
                ? null
                : await reader.GetFieldValueAsync<DateTimeOffset>(3, cancellationToken);
            var since = await reader.GetFieldValueAsync<DateTimeOffset>(4, cancellationToken);
            waiting.Add(new PoolTicket
            {
                Id = reader.GetString(0),
                Demand = JsonSerializer.Deserialize(reader.GetString(1), PoolJson.Default.TicketDemand) ?? new TicketDemand(),
                Priority = Enum.Parse<TicketPriority>(reader.GetString(2), ignoreCase: true),
                MinutesLeft = (due - now)?.TotalMinutes,
                TargetMinutes = (due - since)?.TotalMinutes is { } target and > 0 ? target : null,
                ExpectedMinutes = reader.GetFloat(5),
                Units = reader.GetInt32(6),
                LastAgent = reader[7] as string,
            });
        }

        return waiting;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TicketDemand))]
internal sealed partial class PoolJson : JsonSerializerContext;
